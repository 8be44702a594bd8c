"""The steps that marks lie on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.calibration.scale import Scale, scale_of
from feedforward.errors import RuleBroken


def test_marks_that_are_all_the_same_are_refused() -> None:
    with pytest.raises(RuleBroken, match="“Ideas” are the same"):
        scale_of([3.0, 3.0], "Ideas")


def test_marks_on_thousands_of_steps_are_refused() -> None:
    with pytest.raises(RuleBroken, match="round them first"):
        scale_of([0.0, 0.001, 9.0], "Ideas")


def test_the_widest_steps_are_found() -> None:
    assert scale_of([1, 2.5, 4], "Ideas") == Scale(1, 4, 1.5)
    assert scale_of([1, 1.5, 4], "Ideas") == Scale(1, 4, 0.5)
    assert scale_of([0, 10, 25, 100], "Ideas") == Scale(0, 100, 5)


def test_halfway_between_two_steps_is_the_lower_one() -> None:
    scale = Scale(1, 5, 0.5)
    assert [scale.nearest(score) for score in (1.25, 1.26, 4.75, 7, -7)] == [1, 1.5, 4.5, 5, 1]


@given(st.lists(st.integers(-40, 40).map(lambda each: each / 4), min_size=2).filter(lambda each: len(set(each)) > 1))
def test_every_mark_lies_on_its_scale(marks: list[float]) -> None:
    scale = scale_of(marks, "Ideas")
    assert all(scale.nearest(mark) == pytest.approx(mark) for mark in marks)
    assert {scale.index(mark) for mark in marks} >= {0, scale.steps}
