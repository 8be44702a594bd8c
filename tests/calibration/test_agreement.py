"""Agreement against worked examples, and what must hold of it for any marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.calibration.agreement import agreement, interval_of, quadratic_weighted_kappa, resampled_kappas
from feedforward.calibration.scale import Scale

ONE_TO_FIVE = Scale(1, 5, 0.5)
steps = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=40)


def by_the_table(ones: list[int], others: list[int]) -> float:
    """Kappa as it is written down in textbooks: observed and expected tables with weights (i − j)²."""
    n, top = len(ones), max(*ones, *others) + 1
    observed = sum((i - j) ** 2 for i, j in zip(ones, others, strict=True)) / n
    expected = sum((i - j) ** 2 * ones.count(i) * others.count(j) for i in range(top) for j in range(top)) / n**2
    return 1 - observed / expected


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        agreement([1.0], [1.0, 2.0], ONE_TO_FIVE)


def test_nothing_to_compare_has_no_figures() -> None:
    found = agreement([], [], ONE_TO_FIVE)
    assert found.n == 0
    assert found.qwk is None
    assert found.mae is None
    assert interval_of(resampled_kappas([], [], ONE_TO_FIVE, seed=0)) is None


def test_one_step_everywhere_has_no_kappa() -> None:
    assert quadratic_weighted_kappa([3, 3, 3], [3, 3, 3]) is None


def test_a_worked_example() -> None:
    # Observed: 4 / 5. Expected: variances 2 and 1.04, means 0.4 apart: 2 + 1.04 + 0.16.
    assert quadratic_weighted_kappa([0, 1, 2, 3, 4], [0, 1, 2, 3, 2]) == pytest.approx(1 - 0.8 / 3.2)
    found = agreement([1, 2, 3, 4, 5], [1, 2, 3, 4, 3], Scale(1, 5, 1))
    assert (found.n, found.exact, found.adjacent, found.bias, found.mae) == (5, 0.8, 0.8, 0.4, 0.4)


def test_scores_between_two_steps_are_rounded_and_scores_outside_count_as_the_end() -> None:
    found = agreement([2.2, 9.0, -4.0], [2.0, 5.0, 1.0], ONE_TO_FIVE)
    assert found.exact == 1


def test_chance_is_about_zero_and_opposites_are_below() -> None:
    assert quadratic_weighted_kappa([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0)
    assert quadratic_weighted_kappa([0, 1, 2], [2, 1, 0]) == pytest.approx(-1)


@given(steps)
def test_kappa_lies_in_its_bounds_is_symmetric_and_equals_the_table(pairs: list[tuple[int, int]]) -> None:
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    found = quadratic_weighted_kappa(ones, others)
    assert found == quadratic_weighted_kappa(others, ones)
    if found is None:
        assert len({*ones, *others}) == 1
    else:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert found == pytest.approx(by_the_table(ones, others))


@given(st.lists(st.integers(0, 8), min_size=2, max_size=40).filter(lambda each: len(set(each)) > 1))
def test_the_same_marks_agree_perfectly(marks: list[int]) -> None:
    assert quadratic_weighted_kappa(marks, marks) == 1
    assert quadratic_weighted_kappa(marks, [mark + 3 for mark in marks]) != 1


@given(steps)
def test_shares_and_distances_hang_together(pairs: list[tuple[int, int]]) -> None:
    scores, marks = [1 + one / 2 for one, _ in pairs], [1 + other / 2 for _, other in pairs]
    found = agreement(scores, marks, ONE_TO_FIVE)
    assert found.exact is not None
    assert found.adjacent is not None
    assert found.bias is not None
    assert found.mae is not None
    assert 0 <= found.exact <= found.adjacent <= 1
    assert abs(found.bias) <= found.mae + 1e-9


def test_the_interval_surrounds_kappa_and_the_same_seed_gives_the_same() -> None:
    marks = [1 + at % 9 / 2 for at in range(90)]
    scores = [mark + (0.5 if at % 3 else -0.5) for at, mark in enumerate(marks)]
    found = interval_of(resampled_kappas(scores, marks, ONE_TO_FIVE, seed=4))
    qwk = agreement(scores, marks, ONE_TO_FIVE).qwk
    assert found is not None
    assert qwk is not None
    assert found[0] < qwk < found[1]
    assert found == interval_of(resampled_kappas(scores, marks, ONE_TO_FIVE, seed=4))
