"""Making one result of several readings: scores by the assignment's method, comments by their point, one summary."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from feedforward.assessment.merging_comments import MergedComment, ScoredReading, merge_comments
from feedforward.assignments.rules import MergeMethod
from feedforward.rubrics.rules import Criterion, Rubric

TRIMMED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class MergedCriterion:
    """The readers' scores for one criterion as one.

    `score` and `level` (an index into the criterion's levels) are None when nobody gave a score; `disagreement` is the
    spread of the scores as a share of the criterion's range, 0 to 1, None for fewer than two scores.
    """

    key: str
    score: float | None
    level: int | None
    disagreement: float | None
    scores_count: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What several readings come to; the criteria stand in the rubric's order, the comments in order of importance."""

    criteria: tuple[MergedCriterion, ...]
    comments: tuple[MergedComment, ...]
    summary: str


def merge_scores(scores: Sequence[float], weights: Sequence[float], method: MergeMethod) -> float | None:
    """One score of several, between the smallest and the largest; None when there are none. The order does not matter.

    Only the weighted mean looks at the weights (one per score, not negative; all zero counts as all equal). The trimmed
    mean leaves out a fifth of the scores at each end, rounded down, but at least one from three scores on; of one or
    two it is the mean. ValueError for weights that do not fit and for scores that are not finite.
    """
    if len(weights) != len(scores) or any(weight < 0 or not math.isfinite(weight) for weight in weights):
        raise ValueError("each score needs one weight of zero or more")
    if not all(math.isfinite(score) for score in scores):
        raise ValueError("a score is a finite number")
    if not scores:
        return None
    return min(max(combined(sorted(scores), scores, weights, method), min(scores)), max(scores))


def combined(ordered: Sequence[float], scores: Sequence[float], weights: Sequence[float], method: MergeMethod) -> float:
    match method:
        case MergeMethod.MEAN:
            return math.fsum(ordered) / len(ordered)
        case MergeMethod.WEIGHTED_MEAN:
            total = math.fsum(weights)
            if total == 0:
                return math.fsum(ordered) / len(ordered)
            return math.fsum(score * (weight / total) for score, weight in zip(scores, weights, strict=True))
        case MergeMethod.MEDIAN:
            return statistics.median(ordered)
        case MergeMethod.TRIMMED_MEAN:
            cut = trimmed_at_each_end(len(ordered))
            kept = ordered[cut : len(ordered) - cut]
            return math.fsum(kept) / len(kept)
        case MergeMethod.MAXIMUM:
            return ordered[-1]


def trimmed_at_each_end(count: int) -> int:
    """How many of `count` scores the trimmed mean leaves out at each end."""
    return max(1, int(count * TRIMMED_SHARE)) if count >= 3 else 0


def disagreement(scores: Sequence[float], criterion: Criterion) -> float | None:
    """The spread of the scores as a share of the criterion's range, 0 to 1; None for fewer than two scores."""
    width = criterion.highest - criterion.lowest
    if len(scores) < 2:
        return None
    return min(1.0, (max(scores) - min(scores)) / width) if width > 0 else 0.0


def merge_readings(readings: Sequence[ScoredReading], rubric: Rubric, method: MergeMethod) -> Merged:
    """What the readings come to together; their order does not matter."""
    comments = merge_comments(readings, rubric)
    return Merged(
        criteria=tuple(merge_criterion(readings, criterion, method) for criterion in rubric.criteria),
        comments=comments,
        summary=best_supported_summary(readings, comments),
    )


def merge_criterion(readings: Sequence[ScoredReading], criterion: Criterion, method: MergeMethod) -> MergedCriterion:
    scored = [
        (each.score, reading.weight)
        for reading in readings
        for each in reading.answer.criteria
        if each.key == criterion.key and each.score is not None
    ]
    scores = [score for score, _weight in scored]
    score = merge_scores(scores, [weight for _score, weight in scored], method)
    return MergedCriterion(
        key=criterion.key,
        score=score,
        level=None if score is None else criterion.level_for(score),
        disagreement=disagreement(scores, criterion),
        scores_count=len(scores),
    )


def best_supported_summary(readings: Sequence[ScoredReading], comments: Sequence[MergedComment]) -> str:
    """One reader's own summary, unchanged: of the reader with most points that others made too; "" if there is none.

    Then counts how many criteria it scored, its weight, how near its summary is to the others', and at last its name.
    """
    candidates = [reading for reading in readings if reading.answer.summary]
    if not candidates:
        return ""

    def rank(reading: ScoredReading) -> tuple[int, int, float, float, str, int, str]:
        shared = sum(1 for comment in comments if comment.support > 1 and reading.reader in comment.readers)
        scored = sum(1 for each in reading.answer.criteria if each.score is not None)
        likeness = math.fsum(
            fuzz.token_set_ratio(reading.answer.summary, other.answer.summary)
            for other in candidates
            if other is not reading
        )
        return (-shared, -scored, -reading.weight, -likeness, reading.reader, reading.run, reading.answer.summary)

    return min(candidates, key=rank).answer.summary
