"""How well readers agree with people on marked texts: as they read, or calibrated and tried on texts left out."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedforward.calibration.agreement import RESAMPLES, Agreement, agreement, interval_of, resampled_kappas
from feedforward.calibration.feature_groups import Features
from feedforward.calibration.fitting import FEWEST_TEXTS, fit
from feedforward.calibration.scale import Scale
from feedforward.errors import RuleBroken

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

FEWEST_LEFT = 20
_FIGURES = ("qwk", "exact", "adjacent", "bias", "mae")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One text: people's marks by criterion, and for each reader its own scores and the features to learn from.

    Texts of the same `group` (one writer's drafts) are never on both sides of a trial; "" is a group of its own.
    """

    marks: Mapping[str, float]
    scores: Mapping[str, Mapping[str, float | None]]
    features: Mapping[str, Features]
    group: str = ""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion's agreement; `interval` holds the kappa in 95 of 100 resamples.

    `covered` is the share of left-out marks inside the range in which 90 of 100 were expected; None where several
    readers were merged, and without calibration. Over several draws every figure is the mean and `n` the texts in each.
    """

    name: str
    agreement: Agreement
    interval: tuple[float, float] | None
    covered: float | None = None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What left-out texts got: by criterion, scores and marks side by side, and whether each mark was in its range."""

    scores: dict[str, list[float]]
    marks: dict[str, list[float]]
    inside: dict[str, list[bool]]


def as_read(texts: Sequence[MarkedText], scales: Mapping[str, Scale], *, seed: int) -> tuple[CriterionResult, ...]:
    """The readers' own scores, their mean where there are several; texts without a score do not count."""
    results = []
    for name, scale in scales.items():
        scores, marks = [], []
        for text in texts:
            given = [score for each in text.scores.values() if (score := each.get(name)) is not None]
            if given:
                scores.append(sum(given) / len(given))
                marks.append(text.marks[name])
        kappas = resampled_kappas(scores, marks, scale, seed=seed)
        results.append(CriterionResult(name, agreement(scores, marks, scale), interval_of(kappas)))
    return tuple(results)


def in_folds(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], *, folds: int, seed: int, tell: Callable[[], None]
) -> tuple[CriterionResult, ...]:
    """Each text scored by a calibration on the other folds. RuleBroken where those are too few texts."""
    if folds < 2:
        raise RuleBroken("Cross-validation needs at least 2 folds.")
    groups = _shuffled_groups(texts, seed)
    if len(groups) < folds:
        raise RuleBroken(f"{len(groups)} texts or groups of texts cannot be parted into {folds} folds.")
    whole = _Trial({}, {}, {})
    for fold in range(folds):
        left_out = sorted(at for group in groups[fold::folds] for at in group)
        _try(texts, scales, learnt=_others(texts, left_out), left_out=left_out, onto=whole)
        tell()
    kappas = {
        name: resampled_kappas(whole.scores[name], whole.marks[name], scale, seed=seed)
        for name, scale in scales.items()
    }
    return tuple(_result([whole], name, scale, kappas[name]) for name, scale in scales.items())


def in_draws(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], *, calibrate: int, draws: int, seed: int,
    tell: Callable[[], None],
) -> tuple[CriterionResult, ...]:  # fmt: skip
    """The mean over `draws` random choices of `calibrate` texts to learn from, tried on all the rest.

    The interval is over draws and resamples together. RuleBroken where there are too few texts on either side.
    """
    if calibrate < FEWEST_TEXTS:
        raise RuleBroken(f"Calibrating needs at least {FEWEST_TEXTS} texts that people have marked, not {calibrate}.")
    if len(texts) - calibrate < FEWEST_LEFT:
        raise RuleBroken(
            f"Of {len(texts)} marked texts, {calibrate} to calibrate on leave fewer than {FEWEST_LEFT} to try it on: "
            f"take at most {max(0, len(texts) - FEWEST_LEFT)}, or cross-validate with --folds."
        )
    if draws < 1:
        raise RuleBroken("Draw at least once.")
    import numpy as np

    trials: list[_Trial] = []
    kappas: dict[str, list[NDArray[float64]]] = {name: [] for name in scales}
    for draw in range(draws):
        left_out, learnt = _drawn(_shuffled_groups(texts, seed + draw), calibrate)
        trial = _Trial({}, {}, {})
        _try(texts, scales, learnt=learnt, left_out=left_out, onto=trial)
        trials.append(trial)
        for name, scale in scales.items():
            scores, marks = trial.scores[name], trial.marks[name]
            kappas[name].append(
                resampled_kappas(scores, marks, scale, seed=seed + draw, resamples=max(1, RESAMPLES // draws))
            )
        tell()
    return tuple(_result(trials, name, scale, np.concatenate(kappas[name])) for name, scale in scales.items())


def _result(trials: Sequence[_Trial], name: str, scale: Scale, kappas: "NDArray[float64]") -> CriterionResult:
    found = [agreement(trial.scores[name], trial.marks[name], scale) for trial in trials]
    means = {figure: _mean([getattr(each, figure) for each in found]) for figure in _FIGURES}
    n = round(sum(each.n for each in found) / len(found))
    covered = _mean([_mean([float(each) for each in trial.inside[name]]) for trial in trials])
    return CriterionResult(name, Agreement(n, **means), interval_of(kappas), covered)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _shuffled_groups(texts: Sequence[MarkedText], seed: int) -> list[list[int]]:
    """The positions of the texts, those of one group together, in an order that the seed decides."""
    groups: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        groups.setdefault(text.group or f"\x00{at}", []).append(at)
    ordered = list(groups.values())
    random.Random(seed).shuffle(ordered)  # noqa: S311 a repeatable choice, no secret
    return ordered


def _drawn(groups: Sequence[Sequence[int]], wanted: int) -> tuple[list[int], list[int]]:
    """The texts left out and the texts learnt from: whole groups as long as they fit, and of the next one a part.

    What is left of that one is used on neither side.
    """
    learnt: list[int] = []
    left_out: list[int] = []
    for group in groups:
        room = wanted - len(learnt)
        if room > 0:
            learnt += group[:room]
        else:
            left_out += group
    return sorted(left_out), sorted(learnt)


def _others(texts: Sequence[MarkedText], left_out: Sequence[int]) -> list[int]:
    out = set(left_out)
    return [at for at in range(len(texts)) if at not in out]


def _try(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], *, learnt: Sequence[int], left_out: Sequence[int],
    onto: _Trial,
) -> None:  # fmt: skip
    """Fits every reader on the texts learnt from and adds what the left-out ones get, the mean over the readers."""
    marks = [texts[at].marks for at in learnt]
    groups = [texts[at].group or f"\x00{at}" for at in learnt]
    readers = list(texts[learnt[0]].features) if learnt else []
    calibrations = {
        reader: fit(
            [texts[at].features[reader] for at in learnt], marks, scales, reader=reader, version="", groups=groups
        )
        for reader in readers
    }
    for at in left_out:
        predicted = [calibrations[reader].predict(texts[at].features[reader]) for reader in readers]
        for name in scales:
            mark = texts[at].marks[name]
            onto.scores.setdefault(name, []).append(sum(each[name].score for each in predicted) / len(predicted))
            onto.marks.setdefault(name, []).append(mark)
            inside = onto.inside.setdefault(name, [])
            if len(predicted) == 1:
                inside.append(predicted[0][name].low <= mark <= predicted[0][name].high)
