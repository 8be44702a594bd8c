"""Every format both ways: what it can carry comes back the same, and what it cannot is said."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from feedforward.rubrics.formats.imported import About, weighted_by_points
from feedforward.rubrics.formats.registry import FORMATS, Format, read_any, read_pasted, written
from feedforward.rubrics.rules import Level, Rubric, problems_of
from tests.rubrics.made import ESSAY, rubrics

CARRY_ALL = (Format.JSON, Format.YAML, Format.MARKDOWN)
ADD_POINTS = (Format.CANVAS, Format.ORA)


def back(rubric: Rubric, kind: Format, about: About | None = None) -> Rubric:
    """The rubric written in this format and read again, which must see by itself what it is."""
    reading = read_any(written(rubric, kind, about).data, "it")
    assert reading.format is kind
    (imported,) = reading.rubrics
    return imported.rubric


def without_tabs(rubric: Rubric) -> Rubric:
    return replace(
        rubric,
        criteria=tuple(
            replace(
                each, description=each.description.replace("\t", " "),
                levels=tuple(replace(level, description=level.description.replace("\t", " ")) for level in each.levels),
            )
            for each in rubric.criteria
        ),
    )  # fmt: skip


def check_that_our_own_forms_and_markdown_carry_everything(kind: Format, rubric: Rubric) -> None:
    assert back(rubric, kind) == rubric
    assert written(rubric, kind).notes == ()


def check_that_a_table_for_a_word_processor_carries_everything_but_tabs(rubric: Rubric) -> None:
    assert back(rubric, Format.TABLE) == without_tabs(rubric)
    assert bool(written(rubric, Format.TABLE).notes) == (without_tabs(rubric) != rubric)
    assert read_pasted(written(rubric, Format.TABLE).data.decode()).rubrics[0].rubric == without_tabs(rubric)


def check_that_canvas_and_edx_carry_everything_but_weights_and_say_so(kind: Format, rubric: Rubric) -> None:
    assert back(rubric, kind) == replace(rubric, criteria=weighted_by_points(rubric.criteria))
    if not [note for note in written(rubric, kind).notes if "weights" in note]:
        again = back(rubric, kind)
        for one, other in zip(rubric.criteria, again.criteria, strict=True):
            assert rubric.share(one) == pytest.approx(again.share(other))


def check_that_moodle_carries_everything_but_weights_or_names_what_comes_back_in_another_form(rubric: Rubric) -> None:
    notes = [note for note in written(rubric, Format.MOODLE).notes if "weights" not in note]
    expected = replace(rubric, criteria=weighted_by_points(rubric.criteria))
    again = back(rubric, Format.MOODLE)
    assert (again == expected) or notes
    assert [[level.points for level in each.levels] for each in again.criteria] == [
        [level.points for level in each.levels] for each in rubric.criteria
    ]
    told = " ".join(notes)
    for one, other in zip(expected.criteria, again.criteria, strict=True):
        assert one == other or f"“{one.name}”" in told


def check_that_an_ffrubric_carries_names_descriptions_shares_and_the_assignment(rubric: Rubric) -> None:
    about = About("Essay 1", "Argue.", "2026-12-04T23:59", 3)
    reading = read_any(written(rubric, Format.FFRUBRIC, about).data, "it")
    (imported,) = reading.rubrics
    assert imported.about == about
    assert imported.rubric.name == rubric.name
    assert [(each.name, each.description, each.levels) for each in imported.rubric.criteria] == [
        (each.name, each.description, ()) for each in rubric.criteria
    ]
    for one, other in zip(rubric.criteria, imported.rubric.criteria, strict=True):
        assert imported.rubric.share(other) == pytest.approx(rubric.share(one), abs=1e-6)
    assert any("no levels" in note for note in imported.notes)
    assert any("no levels" in note for note in written(rubric, Format.FFRUBRIC).notes)


# One test for all, because drawing a rubric takes longer than writing and reading it eight times.
@settings(max_examples=50)
@given(rubric=rubrics())
def test_what_a_format_can_carry_comes_back_the_same_and_what_it_cannot_is_said(rubric: Rubric) -> None:
    for kind in CARRY_ALL:
        check_that_our_own_forms_and_markdown_carry_everything(kind, rubric)
    for kind in ADD_POINTS:
        check_that_canvas_and_edx_carry_everything_but_weights_and_say_so(kind, rubric)
    check_that_a_table_for_a_word_processor_carries_everything_but_tabs(rubric)
    check_that_moodle_carries_everything_but_weights_or_names_what_comes_back_in_another_form(rubric)
    check_that_an_ffrubric_carries_names_descriptions_shares_and_the_assignment(rubric)


@pytest.mark.parametrize("kind", Format)
def test_a_criterion_without_levels_survives_every_format_and_is_still_a_problem(kind: Format) -> None:
    bare = replace(ESSAY, criteria=(*ESSAY.criteria[:2], replace(ESSAY.criteria[2], levels=()), ESSAY.criteria[3]))
    again = back(bare, kind)
    assert [each.name for each in again.criteria] == [each.name for each in bare.criteria]
    assert again.criteria[2].levels == ()
    assert any("at least two levels" in problem for problem in problems_of(again))


def test_every_format_has_words_and_an_ending_and_no_two_end_alike() -> None:
    assert set(FORMATS) == set(Format)
    assert len({words.ending for words in FORMATS.values()}) == len(FORMATS)


def test_points_of_levels_stay_the_numbers_they_are() -> None:
    levels = (Level("Low", -2.5, "a"), Level("Mid", 0.1, "b"), Level("High", 10, "c"))
    odd = replace(ESSAY, criteria=(replace(ESSAY.criteria[0], levels=levels),))
    for kind in Format:
        if kind is not Format.FFRUBRIC:
            assert back(odd, kind).criteria[0].levels == levels, kind
    assert any("whole points" in note for note in written(odd, Format.ORA).notes)
