"""The linter names what would make readers disagree, and is silent about a rubric that is well made."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.rubrics.linter import lint
from feedforward.rubrics.linter_rules import Finding, Kind, Severity
from feedforward.rubrics.rules import Criterion, Level, Rubric, key_from_position
from feedforward.rubrics.templates import ready_made

EVALUATION = Path(__file__).parents[2].parent / "shared" / "evaluation" / "rubrics.json"
PLAIN = (
    Level("Beginning", 1, "A reader cannot say what the essay claims."),
    Level("Developing", 2, "The claim repeats the task or is lost after the introduction."),
    Level("Proficient", 3, "One sentence states a claim that somebody could disagree with."),
)


def rubric(*criteria: tuple[str, float, str, tuple[Level, ...]]) -> Rubric:
    return Rubric(
        "Essay",
        tuple(
            Criterion(key_from_position(position), name, weight, description, levels)
            for position, (name, weight, description, levels) in enumerate(criteria)
        ),
    )


def levels(*texts: str) -> tuple[Level, ...]:
    return tuple(Level(f"Level {points}", points, text) for points, text in enumerate(texts, start=1))


def kinds(of: Rubric) -> list[Kind]:
    return [finding.kind for finding in lint(of)]


def the(kind: Kind, of: Rubric) -> Finding:
    found = [finding for finding in lint(of) if finding.kind is kind]
    assert len(found) == 1, lint(of)
    return found[0]


def test_a_well_made_rubric_has_no_finding() -> None:
    assert lint(rubric(("Thesis", 50, "What the essay claims.", PLAIN), ("Evidence", 50, "Its grounds.", levels(
        "Claims stand alone.", "Examples are general, or nobody says what they show.",
        "Each claim has one specific example, and a sentence on what it shows.")))) == ()  # fmt: skip


def test_what_cannot_be_used_comes_first() -> None:
    found = lint(rubric(("Thesis", 60, "", ()), ("Thesis", 50, "What is claimed.", PLAIN)))
    assert found[0].severity is Severity.MUST
    assert "called “Thesis”" in found[0].reason


@pytest.mark.parametrize(
    ("given_weights", "mended"), [((30, 30, 30, 20), (27, 27, 27, 19)), ((0.3, 0.3, 0.3), None), ((40, 25, 25), None)]
)
def test_weights_that_almost_add_up_are_named_and_can_be_mended(
    given_weights: tuple[float, ...], mended: tuple[float, ...] | None
) -> None:
    names = ("Thesis", "Use of sources", "Order of paragraphs", "Vocabulary")
    of = rubric(*((name, weight, "", PLAIN) for name, weight in zip(names, given_weights, strict=False)))
    finding = [each for each in lint(of) if each.kind is Kind.WEIGHTS and each.mended]
    if len(set(given_weights)) == 1:
        assert not finding
        return
    assert finding[0].mended is not None
    weights = [criterion.weight for criterion in finding[0].mended.criteria]
    assert sum(weights) == pytest.approx(100)
    assert Kind.WEIGHTS not in kinds(finding[0].mended)
    if mended:
        assert sorted(weights) == sorted(mended)


def test_thirds_points_and_equal_weights_are_no_mistake() -> None:
    for weights in ((33.3, 33.3, 33.4), (0.33, 0.33, 0.34), (1, 1, 1), (4, 4, 8), (20, 20, 20)):
        of = rubric(
            *((name, weight, "", PLAIN) for name, weight in zip(("Aim", "Thesis", "Order"), weights, strict=True))
        )
        assert Kind.WEIGHTS not in kinds(of), weights


def test_a_criterion_that_counts_nothing_and_one_that_decides_alone_are_named() -> None:
    of = rubric(("Aim", 0, "", PLAIN), ("Thesis", 80, "", PLAIN), ("Order", 20, "", PLAIN))
    assert [finding.criteria for finding in lint(of) if finding.kind is Kind.WEIGHTS] == [("c1",), ("c2",)]


def test_levels_without_a_description_are_named() -> None:
    some = rubric(("Thesis", 1, "", (*PLAIN, Level("Advanced", 4, ""))))
    assert the(Kind.MISSING_TEXT, some).levels == ("Advanced",)
    bare = rubric(("Thesis", 1, "", levels("", "")))
    assert "only a name" in the(Kind.MISSING_TEXT, bare).reason


def test_a_step_much_larger_than_the_others_is_named_and_can_be_evened_out() -> None:
    uneven = tuple(replace(level, points=points) for level, points in zip(PLAIN, (0, 1, 10), strict=True))
    # The usual step is the median: one of 1, one of 9.
    assert Kind.STEPS not in kinds(rubric(("Thesis", 1, "", uneven)))
    four = (*uneven, Level("Advanced", 11, "Every paragraph moves the claim forward."))
    finding = the(Kind.STEPS, rubric(("Thesis", 1, "", four)))
    assert finding.levels == ("Developing", "Proficient")
    assert finding.mended
    assert Kind.STEPS not in kinds(finding.mended)


def test_levels_that_say_the_same_are_named() -> None:
    of = rubric(("Thesis", 1, "", levels("States a claim.", "Has no claim.", "It states the claim")))
    assert the(Kind.LEVELS_ALIKE, of).levels == ("Level 1", "Level 3")


@pytest.mark.parametrize(
    ("low", "high"), [("Sources are not named", "Sources are named"), ("Names a source", "Names only a source"),
                      ("A reason is given", "A reason is given for each"), ("Either side", "Neither side")],
)  # fmt: skip
def test_levels_that_differ_in_one_little_word_that_tells_are_not(low: str, high: str) -> None:
    assert Kind.LEVELS_ALIKE not in kinds(rubric(("Thesis", 1, "", levels(low, high))))


def test_levels_that_differ_only_in_degree_are_named() -> None:
    of = rubric(
        ("Grammar", 1, "", levels("Many errors in sentences", "Some errors in sentences", "No sentence is unclear"))
    )
    finding = the(Kind.DEGREE_ONLY, of)
    assert finding.levels == ("Level 1", "Level 2")
    assert "slips a page" in finding.mend


@pytest.mark.parametrize(
    "text", ["Good", "Appropriate use of language", "Shows a sufficient understanding", "Weak thesis"]
)
def test_a_judgement_without_an_anchor_is_named(text: str) -> None:
    assert the(Kind.VAGUE, rubric(("Thesis", 1, "", (*PLAIN, Level("More", 4, text))))).levels == ("More",)


@pytest.mark.parametrize(
    "text",
    ["Good transitions between paragraphs", "Appropriate citations in APA style", "Sources are named in the text"],
)
def test_a_judgement_with_an_anchor_is_not(text: str) -> None:
    assert Kind.VAGUE not in kinds(rubric(("Thesis", 1, "", (*PLAIN, Level("More", 4, text)))))


def test_texts_that_many_criteria_share_are_told_once() -> None:
    same = levels("Not met", "Partly met", "Fully met")
    found = lint(rubric(*((name, 1, "", same) for name in ("Thesis", "Evidence", "Order", "Vocabulary"))))
    assert [finding.kind for finding in found] == [Kind.SHARED_TEXT]
    assert found[0].criteria == ("c1", "c2", "c3", "c4")


@pytest.mark.parametrize(
    ("one", "other"),
    [(("Organisation", ""), ("Structure", "")), (("Support", "How claims are supported by evidence from the texts"),
      ("Use of evidence", "Evidence that supports the claims")), (("Thesis", ""), ("Main claim", ""))],
)  # fmt: skip
def test_two_criteria_about_one_thing_are_named(one: tuple[str, str], other: tuple[str, str]) -> None:
    of = rubric((one[0], 1, one[1], PLAIN), (other[0], 1, other[1], PLAIN))
    assert the(Kind.OVERLAP, of).criteria == ("c1", "c2")


def test_one_criterion_about_two_things_is_named() -> None:
    assert the(Kind.TWO_IN_ONE, rubric(("Organisation and grammar", 1, "", PLAIN))).severity is Severity.CONSIDER
    for one_thing in ("Grammar and punctuation", "Sources and evidence", "Genre and disciplinary conventions"):
        assert Kind.TWO_IN_ONE not in kinds(rubric((one_thing, 1, "", PLAIN)))


@pytest.mark.parametrize(
    "name", ["Class participation", "Submitted on time", "Effort", "Eye contact and voice projection",
             "Works well in a group", "Handwriting", "Meets the deadline", "Oral delivery"],
)  # fmt: skip
def test_what_no_reader_can_see_in_a_text_is_named(name: str) -> None:
    assert the(Kind.UNSEEN, rubric((name, 1, "", PLAIN))).severity is Severity.SHOULD


@pytest.mark.parametrize(
    "name", ["Engages the reader", "Voice", "Presentation of data", "Timeline of events", "Group theory",
             "Delivery of the argument", "Effortless transitions"],
)  # fmt: skip
def test_what_only_sounds_unseen_is_not(name: str) -> None:
    assert Kind.UNSEEN not in kinds(rubric((name, 1, "", PLAIN)))


def test_a_rubric_in_another_language_is_checked_in_its_numbers_alone() -> None:
    german = levels(
        "Die These ist nicht zu erkennen und der Text hat keine Ordnung",
        "Die These ist da, aber sie wird nicht belegt",
        "Die These ist klar und wird mit Beispielen und Quellen belegt",
    )  # fmt: skip
    of = rubric(("These", 70, "Was der Text behauptet und wie er es belegt", german), ("Effort", 25, "", german))
    assert {*kinds(of)} == {Kind.WEIGHTS}


def test_the_templates_that_come_along_have_no_finding_that_matters() -> None:
    for template in ready_made().values():
        assert [finding.reason for finding in lint(template.rubric) if finding.severity is not Severity.CONSIDER] == []


def test_published_rubrics_get_few_findings_and_the_known_ones() -> None:
    if not EVALUATION.exists():
        pytest.skip(f"{EVALUATION} is not here")
    found: dict[str, list[Kind]] = {}
    for published in json.loads(EVALUATION.read_text(encoding="utf-8"))["rubrics"]:
        found[published["name"]] = kinds(rubric(*(
            (each["name"], each["weight"] or 1.0, each["description"], tuple(sorted(
                (Level(level["label"], float(level["points"]), level["description"]) for level in each["levels"]),
                key=lambda level: level.points)))
            for each in published["criteria"]
        )))  # fmt: skip
    assert len(found) >= 8
    assert max(map(len, found.values())) <= 4
    value = next(kinds for name, kinds in found.items() if "VALUE" in name)
    assert value == []
    grid = next(kinds for name, kinds in found.items() if "ArgRewrite" in name)
    assert grid == [Kind.SHARED_TEXT, Kind.TOO_MANY]


texts = st.text(max_size=40)
any_level = st.builds(Level, label=texts, points=st.floats(-5, 100, allow_nan=False), description=texts)
any_rubric = st.lists(
    st.tuples(texts, st.floats(0, 200, allow_nan=False), texts, st.lists(any_level, max_size=5).map(
        lambda found: tuple(sorted(found, key=lambda level: level.points)))), max_size=5,
).map(lambda criteria: rubric(*criteria))  # fmt: skip


@given(any_rubric)
def test_any_rubric_is_read_and_a_mend_never_loses_a_criterion_or_a_level(of: Rubric) -> None:
    for finding in lint(of):
        assert finding.reason
        assert finding.mend
        if finding.mended is not None:
            assert [
                (each.name, each.description, [level.label for level in each.levels])
                for each in finding.mended.criteria
            ] == [(each.name, each.description, [level.label for level in each.levels]) for each in of.criteria]
