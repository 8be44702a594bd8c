"""What a rubric is and what makes one usable: pure values and checks, no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedforward.web.typed_text import is_blank


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion: its label ("Developing"), its points and what it looks like in a draft."""

    label: str
    points: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at. `levels` stand from the lowest points to the highest; `weight` is a share of any sum.

    `key` identifies it inside its rubric: the row's id as text, or "c1", "c2" … for a rubric read from a file.
    """

    key: str
    name: str
    weight: float
    description: str
    levels: tuple[Level, ...]

    @property
    def lowest(self) -> float:
        return self.levels[0].points

    @property
    def highest(self) -> float:
        return self.levels[-1].points

    def level_for(self, score: float) -> int:
        """The index of the level whose points lie nearest to `score`; halfway between two, the lower one."""
        return min(range(len(self.levels)), key=lambda index: (abs(self.levels[index].points - score), index))


@dataclass(frozen=True, slots=True)
class Rubric:
    """A named list of criteria."""

    name: str
    criteria: tuple[Criterion, ...]

    def criterion(self, key: str) -> Criterion:
        """The criterion with this key; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise KeyError(key)

    def share(self, criterion: Criterion) -> float:
        """The criterion's part of the whole, between 0 and 1; equal parts where no weight is set."""
        total = sum(each.weight for each in self.criteria)
        return criterion.weight / total if total else 1 / len(self.criteria)


def key_from_position(position: int) -> str:
    """The key of the criterion at this position (from 0) in a rubric that has no database rows."""
    return f"c{position + 1}"


def problems_of(rubric: Rubric) -> Sequence[str]:
    """What keeps a rubric from being used, each as one sentence that says what to change; empty when it is usable."""
    if not rubric.criteria:
        return ["Add at least one criterion: readers can only read against something."]
    found: list[str] = []
    names = [fold(criterion.name) for criterion in rubric.criteria]
    for criterion, name in zip(rubric.criteria, names, strict=True):
        shown = criterion.name.strip() or "A criterion"
        if is_blank(name):
            found.append("Give every criterion a name.")
        elif names.count(name) > 1:
            found.append(f"Two criteria are called “{shown}”: give each its own name.")
        if criterion.weight < 0:
            found.append(f"“{shown}”: the weight cannot be negative.")
        if len(criterion.levels) < 2:
            found.append(f"“{shown}”: add at least two levels.")
            continue
        labels = [fold(level.label) for level in criterion.levels]
        if any(map(is_blank, labels)):
            found.append(f"“{shown}”: give every level a label.")
        elif len(set(labels)) < len(labels):
            found.append(f"“{shown}”: two levels have the same label.")
        if len({level.points for level in criterion.levels}) < len(criterion.levels):
            found.append(f"“{shown}”: two levels have the same points.")
    if rubric.criteria and not any(criterion.weight > 0 for criterion in rubric.criteria):
        found.append("Give at least one criterion a weight above zero.")
    return list(dict.fromkeys(found))


def number_text(number: float) -> str:
    """A number as one would type it: `3`, `2.5`; the same number when read again."""
    return str(int(number)) if number == int(number) else repr(number)


def same_rubric(one: Rubric, other: Rubric) -> bool:
    """Whether two rubrics say the same, whatever their criteria's keys are."""
    return _without_keys(one) == _without_keys(other)


def _without_keys(rubric: Rubric) -> Rubric:
    return replace(rubric, criteria=tuple(replace(criterion, key="") for criterion in rubric.criteria))


def fold(name: str) -> str:
    """A name as two people would compare it: case and white space do not count."""
    return re.sub(r"\s+", " ", name).strip().casefold()
