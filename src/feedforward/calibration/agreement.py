"""How far scores agree with people's marks: quadratic weighted kappa, and plainer figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedforward.calibration.scale import Scale

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """Scores rounded to the scale against marks.

    `qwk` is 1 for the same step everywhere and about 0 for chance, None where marks and scores are all one step.
    `exact` and `adjacent` are shares (the same step; at most one step apart); `bias` is the mean of score − mark (above
    0: kinder than people) and `mae` the mean distance, both in the unit of the marks. All but `n` are None for n = 0.
    """

    n: int
    qwk: float | None
    exact: float | None
    adjacent: float | None
    bias: float | None
    mae: float | None


def agreement(scores: Sequence[float], marks: Sequence[float], scale: Scale) -> Agreement:
    """Every figure for pairs of a score and a mark. ValueError where the two are not equally many."""
    pairs = [(scale.index(score), scale.index(mark)) for score, mark in zip(scores, marks, strict=True)]
    n = len(pairs)
    if not n:
        return Agreement(0, None, None, None, None, None)
    apart = [score - mark for score, mark in pairs]
    return Agreement(
        n=n,
        qwk=quadratic_weighted_kappa([score for score, _ in pairs], [mark for _, mark in pairs]),
        exact=sum(each == 0 for each in apart) / n,
        adjacent=sum(abs(each) <= 1 for each in apart) / n,
        bias=scale.step * sum(apart) / n,
        mae=scale.step * sum(abs(each) for each in apart) / n,
    )


def quadratic_weighted_kappa(ones: Sequence[int], others: Sequence[int]) -> float | None:
    """Cohen's kappa with quadratic weights (Cohen 1968), from steps; None where all of both are one and the same step.

    1 − mean (a − b)² over pairs / mean (a − b)² over every a with every b.
    """
    n = len(ones)
    if not n:
        return None
    first, second = sum(ones) / n, sum(others) / n
    spread = sum((each - first) ** 2 for each in ones) / n + sum((each - second) ** 2 for each in others) / n
    expected = spread + (first - second) ** 2
    if expected < 1e-12:
        return None
    return 1 - sum((one - other) ** 2 for one, other in zip(ones, others, strict=True)) / n / expected


def resampled_kappas(
    scores: Sequence[float], marks: Sequence[float], scale: Scale, *, seed: int, resamples: int = RESAMPLES
) -> "NDArray[float64]":
    """The kappas of as many samples of the same size drawn with replacement (bootstrap), undefined ones left out."""
    import numpy as np

    ones = np.array([scale.index(score) for score in scores], dtype=float)
    others = np.array([scale.index(mark) for mark in marks], dtype=float)
    if not len(ones):
        return np.empty(0)
    chosen = np.random.default_rng(seed).integers(0, len(ones), (resamples, len(ones)))
    one, other = ones[chosen], others[chosen]
    expected = one.var(axis=1) + other.var(axis=1) + (one.mean(axis=1) - other.mean(axis=1)) ** 2
    defined = expected > 1e-12
    found: NDArray[float64] = 1 - ((one - other) ** 2).mean(axis=1)[defined] / expected[defined]
    return found


def interval_of(kappas: "NDArray[float64]") -> tuple[float, float] | None:
    """Between which two kappas 95 of 100 lie; None for no kappas."""
    import numpy as np

    if not len(kappas):
        return None
    low, high = np.quantile(kappas, [0.025, 0.975])
    return float(low), float(high)
