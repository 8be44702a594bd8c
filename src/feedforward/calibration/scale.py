"""The steps marks are given on."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from feedforward.errors import RuleBroken

MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Scale:
    """Marks from `lowest` to `highest` in equal steps, all in the unit of the marks."""

    lowest: float
    highest: float
    step: float

    @property
    def steps(self) -> int:
        """How many steps lie between the lowest and the highest mark."""
        return round((self.highest - self.lowest) / self.step)

    def clamped(self, score: float) -> float:
        return min(max(score, self.lowest), self.highest)

    def index(self, score: float) -> int:
        """The step nearest to a score, from 0; halfway between two, the lower one. Scores outside count as the end."""
        place = (self.clamped(score) - self.lowest) / self.step
        return min(self.steps, math.ceil(place - 0.5 - 1e-9))

    def nearest(self, score: float) -> float:
        return self.lowest + self.step * self.index(score)


def scale_of(marks: Iterable[float], name: str) -> Scale:
    """The widest equal steps on which all marks lie, between the lowest and the highest mark given.

    RuleBroken when there are fewer than two different marks, or so many steps that agreement on one means nothing.
    """
    given = sorted({Fraction(mark).limit_denominator(1000) for mark in marks})
    if len(given) < 2:
        raise RuleBroken(f"All marks for “{name}” are the same, so there is nothing to compare with.")
    apart = [mark - given[0] for mark in given[1:]]
    shared = math.lcm(*(each.denominator for each in apart))
    step = Fraction(math.gcd(*(int(each * shared) for each in apart)), shared)
    if (given[-1] - given[0]) / step > MOST_STEPS:
        raise RuleBroken(f"The marks for “{name}” lie on more than {MOST_STEPS:,} steps: round them first.")
    return Scale(float(given[0]), float(given[-1]), float(step))
