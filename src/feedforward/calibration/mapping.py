"""From a reader's features to scores on the scale of people's marks: the fitted thing, applied and written down."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedforward.calibration.feature_groups import Features
from feedforward.calibration.scale import Scale
from feedforward.errors import RuleBroken

FORM = 1


@dataclass(frozen=True, slots=True)
class FeatureScale:
    """What a feature was like in the texts learnt from: its mean there, which stands in where it is missing."""

    name: str
    mean: float
    spread: float

    def squashed(self, features: Features) -> float:
        """Distance from the mean in spreads, bent towards ±2, so that one odd text cannot run away with a score."""
        return squash((features.get(self.name, self.mean) - self.mean) / self.spread)


@dataclass(frozen=True, slots=True)
class CriterionMapping:
    """One criterion: `base` plus a weight for each feature, in the unit of the marks.

    `margin` is how far a mark lay from the score at most in 90 of 100 texts that were left out while learning.
    """

    name: str
    scale: Scale
    base: float
    weights: tuple[float, ...]
    margin: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """A score on the scale, and the range in which 90 of 100 marks are to be expected, ends of the scale included."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one version of one reader maps onto the marks of one set of `n` texts. It holds no text and no name."""

    reader: str
    version: str
    n: int
    features: tuple[FeatureScale, ...]
    criteria: tuple[CriterionMapping, ...]

    def predict(self, features: Features) -> dict[str, Prediction]:
        """By criterion. Features that were not learnt from are not looked at; missing ones count as average."""
        values = [feature.squashed(features) for feature in self.features]
        return {each.name: _prediction(each, values) for each in self.criteria}

    def to_json(self) -> dict[str, Any]:
        """As plain values that `calibration_from_json` reads back exactly."""
        return {
            "form": FORM,
            "reader": self.reader,
            "version": self.version,
            "n": self.n,
            "features": [[each.name, each.mean, each.spread] for each in self.features],
            "criteria": [
                {
                    "name": each.name,
                    "scale": [each.scale.lowest, each.scale.highest, each.scale.step],
                    "base": each.base,
                    "weights": list(each.weights),
                    "margin": each.margin,
                }
                for each in self.criteria
            ],
        }


def squash(value: float) -> float:
    return 2 * math.tanh(value / 2)


def _prediction(criterion: CriterionMapping, values: list[float]) -> Prediction:
    scale = criterion.scale
    score = criterion.base + math.fsum(weight * value for weight, value in zip(criterion.weights, values, strict=True))
    return Prediction(
        scale.clamped(score), scale.clamped(score - criterion.margin), scale.clamped(score + criterion.margin)
    )


def calibration_from_json(data: Mapping[str, Any]) -> Calibration:
    """The calibration that was written down; RuleBroken where it is none of this form."""
    try:
        if data["form"] != FORM:
            raise RuleBroken("This calibration was made by another version of FeedForward: calibrate again.")
        features = tuple(FeatureScale(str(name), float(mean), float(spread)) for name, mean, spread in data["features"])
        criteria = tuple(_criterion(each) for each in data["criteria"])
        found = Calibration(str(data["reader"]), str(data["version"]), int(data["n"]), features, criteria)
    except (KeyError, TypeError, ValueError):
        raise RuleBroken("This is not a calibration, or it is damaged: calibrate again.") from None
    sound = all(len(each.weights) == len(features) and each.scale.step > 0 for each in criteria)
    if not sound or any(each.spread <= 0 for each in features):
        raise RuleBroken("This is not a calibration, or it is damaged: calibrate again.")
    return found


def _criterion(data: Mapping[str, Any]) -> CriterionMapping:
    lowest, highest, step = data["scale"]
    return CriterionMapping(
        name=str(data["name"]),
        scale=Scale(float(lowest), float(highest), float(step)),
        base=float(data["base"]),
        weights=tuple(float(weight) for weight in data["weights"]),
        margin=float(data["margin"]),
    )
