"""One reader calibrated on marked texts for use: what it agreed to before, what it will after, and the fitted thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from feedforward.calibration.fitting import fit
from feedforward.calibration.mapping import Calibration
from feedforward.calibration.scale import Scale
from feedforward.calibration.trials import CriterionResult, MarkedText, as_read, in_folds
from feedforward.errors import RuleBroken

FOLDS = 5
FEWEST = 25
"""So that each fold leaves at least as many texts as fitting asks for."""
FEWEST_GROUPS = 10
SURE = 0.6
FAIR = 0.4


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """One criterion: agreement as read (`before`, over the `scored` texts that got a score) and calibrated, tried on
    texts left out. `interval` holds the kappa in 95 of 100 resamples; `usable`: even its lower end is above chance."""

    name: str
    n: int
    scored: int
    before: float | None
    after: float | None
    interval: tuple[float, float] | None
    bias_before: float | None
    bias: float | None
    mae: float | None
    adjacent: float | None
    covered: float | None
    usable: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """A calibration with the figures that say how far to trust it."""

    calibration: Calibration
    figures: tuple[CriterionFigures, ...]


def train(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], *, reader: str, version: str,
    tell: Callable[[], None] = lambda: None,
) -> Trained:  # fmt: skip
    """Learn from all texts; the figures come from cross-validation, so that no text judged what it was learnt from.

    RuleBroken, with what is missing, for fewer than FEWEST texts or FEWEST_GROUPS groups of them.
    """
    if len(texts) < FEWEST:
        raise RuleBroken(
            f"Calibrating needs at least {FEWEST} texts with all their marks; here are only {len(texts)}. With fewer, "
            "what would be learnt is chance."
        )
    groups = len({each.group or f"\x00{at}" for at, each in enumerate(texts)})
    if groups < FEWEST_GROUPS:
        raise RuleBroken(f"These texts come from only {groups} writers; at least {FEWEST_GROUPS} are needed.")
    before = as_read(texts, scales, seed=0)
    after = in_folds(texts, scales, folds=FOLDS, seed=0, tell=tell)
    calibration = fit(
        [each.features[reader] for each in texts], [each.marks for each in texts], scales, reader=reader,
        version=version, groups=[each.group or f"\x00{at}" for at, each in enumerate(texts)],
    )  # fmt: skip
    return Trained(calibration, tuple(_figures(*pair) for pair in zip(before, after, strict=True)))


def _figures(before: CriterionResult, after: CriterionResult) -> CriterionFigures:
    found = after.agreement
    return CriterionFigures(
        name=after.name, n=found.n, scored=before.agreement.n, before=before.agreement.qwk, after=found.qwk,
        interval=after.interval, bias_before=before.agreement.bias, bias=found.bias, mae=found.mae,
        adjacent=found.adjacent, covered=after.covered,
        usable=found.qwk is not None and after.interval is not None and after.interval[0] > 0,
    )  # fmt: skip


def how_sure(figures: CriterionFigures) -> str:
    """The figures of one criterion in words for the person who may turn it on."""
    if figures.after is None or figures.interval is None or not figures.usable:
        return "Hardly better than chance on texts it had not seen, so it is not used for this criterion."
    low, high = figures.interval
    if figures.after >= SURE:
        agrees = "Agrees well with the people who marked"
    elif figures.after >= FAIR:
        agrees = "Goes along with the people who marked, and is often a step apart"
    else:
        agrees = "Only leans the way of the people who marked"
    sure = "" if high - low <= 0.2 else "; with so few texts the figure is rough" if high - low <= 0.4 else (
        "; with so few texts the figure could as well be much lower"
    )  # fmt: skip
    return f"{agrees}{sure}."


def figures_to_json(figures: Sequence[CriterionFigures]) -> list[dict[str, Any]]:
    return [asdict(each) for each in figures]


def figures_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[CriterionFigures, ...]:
    return tuple(
        CriterionFigures(**{**each, "interval": tuple(each["interval"]) if each["interval"] else None})
        for each in stored
    )
