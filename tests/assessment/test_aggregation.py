"""Merged scores are what their method's name says, whatever the order of the readings."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.aggregation import disagreement, merge_readings, merge_scores
from feedforward.assessment.merging_comments import ScoredReading
from feedforward.assignments.rules import MergeMethod
from tests.assessment.made import RUBRIC, answer, comment

CLAIM = RUBRIC.criterion("claim")


def test_no_scores_give_no_score() -> None:
    assert all(merge_scores([], [], method) is None for method in MergeMethod)


@pytest.mark.parametrize(
    ("scores", "weights"), [([1.0], []), ([1.0], [-1.0]), ([1.0], [math.nan]), ([math.inf], [1.0])]
)
def test_what_does_not_fit_is_an_error(scores: list[float], weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"weight|finite"):
        merge_scores(scores, weights, MergeMethod.MEAN)


@pytest.mark.parametrize(
    ("method", "scores", "weights", "merged"),
    [
        (MergeMethod.MEAN, [1, 2, 6], [1, 5, 9], 3),
        (MergeMethod.WEIGHTED_MEAN, [1, 2, 6], [1, 1, 2], 3.75),
        (MergeMethod.WEIGHTED_MEAN, [1, 3], [0, 2], 3),
        (MergeMethod.WEIGHTED_MEAN, [1, 3], [0, 0], 2),
        (MergeMethod.MEDIAN, [9, 1, 2], [1, 1, 1], 2),
        (MergeMethod.MEDIAN, [1, 2, 4, 100], [1, 1, 1, 1], 3),
        (MergeMethod.TRIMMED_MEAN, [4], [1], 4),
        (MergeMethod.TRIMMED_MEAN, [1, 4], [1, 1], 2.5),
        (MergeMethod.TRIMMED_MEAN, [1, 4, 100], [1, 1, 1], 4),
        (MergeMethod.TRIMMED_MEAN, [0, 2, 4, 100], [1] * 4, 3),
        (MergeMethod.TRIMMED_MEAN, [0, 1, 2, 3, 4, 5, 6, 7, 8, 1000], [1] * 10, 4.5),
        (MergeMethod.MAXIMUM, [1, 7, 2], [1, 0, 1], 7),
    ],
)
def test_worked_examples(method: MergeMethod, scores: list[float], weights: list[float], merged: float) -> None:
    assert merge_scores(scores, weights, method) == pytest.approx(merged)


SCORES = st.lists(
    st.tuples(st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(0, 1e3, allow_subnormal=False)),
    min_size=1,
    max_size=8,
)


@given(SCORES, st.sampled_from(MergeMethod), st.randoms())
def test_a_merged_score_lies_between_the_scores_in_any_order(
    scored: list[tuple[float, float]], method: MergeMethod, chance: object
) -> None:
    scores = [score for score, _ in scored]
    merged = merge_scores(scores, [weight for _, weight in scored], method)
    assert merged is not None
    assert min(scores) <= merged <= max(scores)
    shuffled = list(scored)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_scores([score for score, _ in shuffled], [weight for _, weight in shuffled], method) == merged


@given(SCORES, st.sampled_from(MergeMethod))
def test_readers_who_agree_get_the_score_they_agree_on(scored: list[tuple[float, float]], method: MergeMethod) -> None:
    score = scored[0][0]
    assert merge_scores([score] * len(scored), [weight for _, weight in scored], method) == score


def test_disagreement_is_the_spread_as_a_share_of_the_range() -> None:
    assert disagreement([], CLAIM) is None
    assert disagreement([3], CLAIM) is None
    assert disagreement([2, 2], CLAIM) == 0
    assert disagreement([1, 2.5, 4], CLAIM) == 1
    assert disagreement([2, 3.5], CLAIM) == pytest.approx(0.5)


def test_a_criterion_nobody_scored_has_no_score_and_no_level() -> None:
    readings = [ScoredReading("a/x", 1, 1, answer(claim=4)), ScoredReading("b/y", 1, 1, answer(claim=2))]
    claim, language = merge_readings(readings, RUBRIC, MergeMethod.MEAN).criteria
    assert (claim.score, claim.level, claim.scores_count) == (3, 1, 2)
    assert claim.disagreement == pytest.approx(2 / 3)
    assert (language.score, language.level, language.disagreement, language.scores_count) == (None, None, None, 0)


def test_no_readings_merge_to_nothing() -> None:
    merged = merge_readings([], RUBRIC, MergeMethod.MEDIAN)
    assert [each.score for each in merged.criteria] == [None, None]
    assert (merged.comments, merged.summary) == ((), "")


def test_the_summary_is_one_readers_own_and_the_best_supported() -> None:
    shared = comment("The second paragraph claims losses and gives no source for that number.", quote=(0, 20))
    same = comment("No source is given for the losses the second paragraph claims as a number.", quote=(0, 20))
    readings = [
        ScoredReading("a/x", 1, 1, answer(comment("Quite another matter entirely here."), claim=2, summary="Alone.")),
        ScoredReading("b/y", 1, 1, answer(shared, claim=2, summary="Shared one.")),
        ScoredReading("c/z", 1, 2, answer(same, claim=2, summary="Shared two.")),
    ]
    results = {merge_readings(order, RUBRIC, MergeMethod.MEAN) for order in permutations(readings)}
    assert {each.summary for each in results} == {"Shared two."}, "as many shared points, then the greater weight"
    assert len(results) == 1, "the order of the readings does not matter"
