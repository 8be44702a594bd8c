"""The builder's steps and its parsing: nothing typed is ever lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedforward.rubrics.builder import (
    TypedCriterion,
    TypedLevel,
    TypedRubric,
    blank_rubric,
    changed,
    parse_rubric,
    shares,
    typed_from,
    typed_in,
)
from feedforward.rubrics.rules import Rubric, problems_of, same_rubric
from feedforward.rubrics.templates import ESSAY
from tests.rubrics.test_files import rubrics

texts = st.text(max_size=8)
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
def test_moving_down_and_up_again_and_adding_and_removing_change_nothing(typed: TypedRubric, at: int) -> None:
    if at + 1 < len(typed.criteria):
        assert changed(changed(typed, f"down:{at}"), f"up:{at + 1}") == typed
    assert changed(changed(typed, "add-criterion"), f"remove-criterion:{len(typed.criteria)}") == typed
    if at < len(typed.criteria):
        last = len(typed.criteria[at].levels)
        assert changed(changed(typed, f"add-level:{at}"), f"remove-level:{at}:{last}") == typed


@given(
    typed=typed_rubrics, step=st.text(max_size=30) | st.from_regex(r"(up|down|add-level|remove-level):\d{0,9}(:-?\d+)?")
)
def test_no_step_breaks_the_builder_or_touches_what_is_typed_elsewhere(typed: TypedRubric, step: str) -> None:
    after = changed(typed, step)
    assert after.name == typed.name
    assert abs(len(after.criteria) - len(typed.criteria)) <= 1


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
