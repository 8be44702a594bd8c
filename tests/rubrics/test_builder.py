"""The builder's steps and its parsing: nothing typed is ever lost."""

import base64
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.rubrics.builder import (
    TypedCriterion,
    TypedLevel,
    TypedRubric,
    blank_rubric,
    parse_rubric,
    shares,
    typed_from,
    typed_in,
)
from feedforward.rubrics.kept_states import packed, unpacked
from feedforward.rubrics.rules import Rubric, problems_of, same_rubric
from feedforward.rubrics.steps import changed
from tests.rubrics.made import ESSAY
from tests.rubrics.test_files import rubrics

# What unfolds into far more than it is, and what is no rubric.
HOSTILE = [
    "1",
    "[1]",
    '[["n", [1]]]',
    "[[1, []]]",
    '[["n", [["a", "b", "c", [["x"]]]]]]',
    "[" * 9000,
    "[]" + " " * 9_000_000,
]


def pack_raw(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode())).decode()


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
levels = st.builds(TypedLevel, texts, texts, texts)
criteria = st.builds(TypedCriterion, texts, texts, texts, st.lists(levels, max_size=4).map(tuple))
typed_rubrics = st.builds(TypedRubric, texts, st.lists(criteria, max_size=4).map(tuple))


def sent(typed: TypedRubric) -> dict[str, str]:
    """The form's fields as a browser sends them."""
    fields = {"name": typed.name, "do": "save"}
    for number, criterion in enumerate(typed.criteria):
        start = f"criterion.{number}."
        fields |= {f"{start}name": criterion.name, f"{start}weight": criterion.weight}
        fields[f"{start}description"] = criterion.description
        for step, level in enumerate(criterion.levels):
            place = f"{start}level.{step}."
            fields |= {f"{place}label": level.label, f"{place}points": level.points}
            fields[f"{place}description"] = level.description
    return fields


@given(typed=typed_rubrics)
def test_what_a_form_sends_is_what_it_shows_again(typed: TypedRubric) -> None:
    assert typed_in(sent(typed)) == typed


@given(typed=typed_rubrics, at=st.integers(0, 5))
def test_each_step_has_one_that_takes_it_back(typed: TypedRubric, at: int) -> None:
    last = len(typed.criteria)
    assert changed(changed(typed, "add-criterion"), f"remove-criterion:{last}") == typed
    if at >= last:
        assert changed(typed, f"copy:{at}") == typed
        return
    assert changed(changed(typed, f"copy:{at}"), f"remove-criterion:{at + 1}") == typed
    for to in range(last):
        assert changed(changed(typed, f"move:{at}:{to}"), f"move:{to}:{at}") == typed
    if at + 1 < last:
        assert changed(changed(typed, f"down:{at}"), f"up:{at + 1}") == typed
    levels = len(typed.criteria[at].levels)
    assert changed(changed(typed, f"add-level:{at}"), f"remove-level:{at}:{levels}") == typed
    if levels > 1:
        assert changed(changed(typed, f"level-down:{at}:0"), f"level-up:{at}:1") == typed
        assert changed(changed(typed, f"copy-level:{at}:0"), f"remove-level:{at}:{levels}") == typed


STEPS = "up|down|copy|move|add-level|usual-levels|remove-criterion|remove-level|copy-level|level-up|level-down"


@given(typed=typed_rubrics, step=st.text(max_size=30) | st.from_regex(rf"({STEPS}|normalise):\d{{0,9}}(:-?\d+)*"))
def test_no_step_breaks_the_builder_or_touches_what_is_typed_elsewhere(typed: TypedRubric, step: str) -> None:
    after = changed(typed, step)
    assert after.name == typed.name
    assert abs(len(after.criteria) - len(typed.criteria)) <= 1


@given(weights=st.lists(st.floats(0, 9999) | st.integers(0, 100), min_size=1, max_size=12))
def test_weights_are_made_to_add_up_to_100_and_keep_their_shares(weights: list[float]) -> None:
    typed = TypedRubric("R", tuple(TypedCriterion(str(at), repr(each)) for at, each in enumerate(weights)))
    after = [float(each.weight) for each in changed(typed, "normalise").criteria]
    if not sum(weights):
        assert after == weights
        return
    assert sum(after) == pytest.approx(100, abs=0.1)
    for was, now in zip(weights, after, strict=True):
        assert now == pytest.approx(was / sum(weights) * 100, abs=1)
    assert changed(replace(typed, criteria=(TypedCriterion(weight="x"),)), "normalise").criteria[0].weight == "x"


@given(states=st.lists(typed_rubrics, max_size=4))
def test_states_travel_inside_a_page_and_come_back_the_same(states: list[TypedRubric]) -> None:
    assert unpacked(packed(states)) == tuple(states)
    assert unpacked(packed(states, most=1)) == tuple(states[-1:])


@pytest.mark.parametrize(
    "text", ["x", "äöü", "eJw=", "A" * 200_000, packed([blank_rubric()])[:-6], *map(pack_raw, HOSTILE)]
)
def test_a_state_somebody_made_up_is_none_at_all(text: str) -> None:
    assert unpacked(text) == ()


@given(rubric=rubrics())
def test_a_saved_rubric_comes_back_into_the_builder_and_out_again_unchanged(rubric: Rubric) -> None:
    parsed = parse_rubric(typed_from(rubric))
    assert isinstance(parsed, Rubric), parsed
    assert same_rubric(parsed, rubric)


@given(typed=typed_rubrics)
def test_parsing_gives_a_usable_rubric_or_says_what_to_change(typed: TypedRubric) -> None:
    parsed = parse_rubric(typed)
    if isinstance(parsed, Rubric):
        assert not problems_of(parsed)
    else:
        assert parsed
        assert all(parsed.values())


def test_each_error_stands_where_it_belongs() -> None:
    essay = typed_from(ESSAY)
    first, second, *rest = essay.criteria
    wrong = replace(
        essay,
        name=" ",
        criteria=(
            replace(first, weight="a lot", levels=(replace(first.levels[0], label=""), *first.levels[1:])),
            replace(second, name="thesis", levels=(second.levels[0], replace(second.levels[1], points="1"))),
            *rest,
        ),
    )
    assert parse_rubric(wrong) == {
        "name": "Give the rubric a name, so that you find it again.",
        "criterion.0.weight": "Enter a number of zero or more.",
        "criterion.0.level.0.label": "Give the level a label.",
        "criterion.1.name": "Another criterion is called “thesis”. Give each its own name.",
        "criterion.1.level.1.points": "Another level of this criterion has the same points.",
    }


def test_weights_are_told_as_shares_of_the_whole() -> None:
    assert shares(typed_from(ESSAY)) == ["30 %", "30 %", "25 %", "15 %"]
    assert shares(replace(blank_rubric(), criteria=(TypedCriterion(weight="x"), TypedCriterion(weight="2,5")))) == [
        "",
        "100 %",
    ]
