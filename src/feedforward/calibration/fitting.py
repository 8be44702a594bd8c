"""Learning a calibration from texts that people marked: ridge regression with everything chosen inside those texts."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from feedforward.calibration.feature_groups import GROUP_SHARES, Features, group_of
from feedforward.calibration.mapping import Calibration, CriterionMapping, FeatureScale
from feedforward.calibration.scale import Scale
from feedforward.errors import RuleBroken

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

FEWEST_TEXTS = 20
EXPECTED_SHARE = 0.9
PENALTIES = tuple(10 ** (exponent / 4) for exponent in range(-10, 7))


class _Ridge(NamedTuple):
    """One fit: weights by feature and criterion, and what each text gets from a fit on all the others."""

    weights: "Numbers"
    left_out: "Numbers"


def fit(
    features: Sequence[Features], marks: Sequence[Mapping[str, float]], scales: Mapping[str, Scale], *, reader: str,
    version: str, groups: Sequence[str] = (),
) -> Calibration:  # fmt: skip
    """How these texts' features map onto their marks; `marks` has a mark for each criterion of `scales`.

    The criteria share strength: their mean is learnt as one thing, and each one's distance from that mean as another,
    with a penalty of its own that the error on texts left out chooses, one text or one of `groups` (one name a
    text) at a time. Scores are then stretched to the spread of the marks,
    since a ridge draws them to the middle. The same input always gives the same calibration. RuleBroken for fewer than
    FEWEST_TEXTS texts.
    """
    import numpy as np

    n = len(features)
    if n < FEWEST_TEXTS:
        raise RuleBroken(f"Calibrating needs at least {FEWEST_TEXTS} texts that people have marked; here are only {n}.")
    scaled = _feature_scales(features)
    squashed = np.array([[feature.squashed(each) for feature in scaled] for each in features]).reshape(n, len(scaled))
    shares = _shares(scaled)
    inputs = squashed * shares
    wanted = np.array([[each[name] for name in scales] for each in marks], dtype=float)
    means = wanted.mean(axis=0)
    shared = wanted.mean(axis=1, keepdims=True)
    together = _together(groups or [str(at) for at in range(n)])
    whole, own = _ridge(inputs, shared, together), _ridge(inputs, wanted - shared, together)
    left_out = whole.left_out + own.left_out
    weights = (whole.weights + own.weights) * shares[:, None]
    base = means - weights.T @ squashed.mean(axis=0)
    criteria = []
    for at, (name, scale) in enumerate(scales.items()):
        guessed, marked = left_out[:, at], wanted[:, at]
        stretch = _stretch(guessed, marked)
        stretched = np.clip(means[at] + stretch * (guessed - guessed.mean()), scale.lowest, scale.highest)
        criteria.append(
            CriterionMapping(
                name=name,
                scale=scale,
                base=float(means[at] + stretch * (base[at] - guessed.mean())),
                weights=tuple(float(each) for each in stretch * weights[:, at]),
                margin=_margin([float(each) for each in np.abs(stretched - marked)]),
            )
        )
    return Calibration(reader, version, n, scaled, tuple(criteria))


def _feature_scales(features: Sequence[Features]) -> tuple[FeatureScale, ...]:
    """Mean and standard deviation of each feature over the texts that have it; those that never differ are left out."""
    found = []
    for name in sorted({name for each in features for name in each}):
        values = [each[name] for each in features if name in each]
        mean = math.fsum(values) / len(values)
        spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
        if spread > 1e-9 * max(1.0, abs(mean)):
            found.append(FeatureScale(name, mean, spread))
    return tuple(found)


def _shares(scaled: Sequence[FeatureScale]) -> "Numbers":
    """The factor of each feature: its group's share spread evenly over the group."""
    import numpy as np

    groups = [group_of(each.name) for each in scaled]
    return np.array([math.sqrt(GROUP_SHARES[group] / groups.count(group)) for group in groups])


def _together(groups: Sequence[str]) -> list[list[int]]:
    """The positions of the texts that are left out together."""
    found: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        found.setdefault(group, []).append(at)
    return list(found.values())


def _ridge(inputs: "Numbers", wanted: "Numbers", together: Sequence[Sequence[int]]) -> _Ridge:
    """Ridge of every column of `wanted`, with the one penalty whose squared error on what is left out is least."""
    import numpy as np

    centred = inputs - inputs.mean(axis=0)
    goal = wanted - wanted.mean(axis=0)
    sizes, vectors = np.linalg.eigh(centred @ centred.T)
    sizes = np.clip(sizes, 0, None)
    turned = vectors.T @ goal
    best: tuple[float, float, Numbers] | None = None
    for penalty in PENALTIES:
        kept = sizes / (sizes + penalty)
        missed = _missed(vectors, kept, goal - vectors @ (kept[:, None] * turned), together)
        error = float((missed**2).mean())
        if best is None or error < best[0]:
            best = (error, penalty, wanted - missed)
    assert best is not None, "there is at least one penalty"
    _, penalty, left_out = best
    weights = centred.T @ (vectors @ (turned / (sizes + penalty)[:, None]))
    return _Ridge(weights, left_out)


def _missed(vectors: "Numbers", kept: "Numbers", residuals: "Numbers", together: Sequence[Sequence[int]]) -> "Numbers":
    """By how much a fit on all the others misses each text: residuals over what the texts had to say in the fit."""
    import numpy as np

    n = len(residuals)
    leverage = np.clip((vectors**2) @ kept + 1 / n, 0, 0.999)
    missed: Numbers = residuals / (1 - leverage)[:, None]
    for group in together:
        if len(group) > 1:
            own = vectors[group]
            block = (own * kept) @ own.T + 1 / n
            missed[group] = np.linalg.lstsq(np.eye(len(group)) - block, residuals[group], rcond=1e-9)[0]
    return missed


def _stretch(guessed: "Numbers", marked: "Numbers") -> float:
    """How much to widen left-out scores for the spread of the marks; none where the two do not go together at all."""
    spread = float(guessed.std())
    if spread < 1e-9 or float(((guessed - guessed.mean()) * (marked - marked.mean())).mean()) <= 0:
        return 0.0
    return float(marked.std()) / spread


def _margin(missed: Sequence[float]) -> float:
    """The distance that the promised share of left-out texts stays within, corrected for their number."""
    rank = math.ceil((len(missed) + 1) * EXPECTED_SHARE)
    return sorted(missed)[min(rank, len(missed)) - 1]
