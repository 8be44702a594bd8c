"""What a fact is: one measured thing about a text, with its unit, its range and the places it was seen at."""

from dataclasses import dataclass
from typing import NamedTuple

from feedforward.facts.registry import FACTS


class Place(NamedTuple):
    """Where something stands: `text[start:end]`, in characters of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured thing.

    `range` is what the value can be (None: no upper end). `places` stand in the order of the text; `notes` is empty or
    holds one short note for each place (the suggested spelling, the repeated word, the kind of link …).
    """

    name: str
    value: float
    unit: str
    range: tuple[float, float | None]
    places: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()


def measured(name: str, value: float, places: list[Place] | None = None, notes: list[str] | None = None) -> Fact:
    """The fact of this name with unit and range from the registry; KeyError for a name that is not registered."""
    definition = FACTS[name]
    return Fact(
        name, round(float(value), 4), definition.unit, definition.range, tuple(places or ()), tuple(notes or ())
    )


def counted(name: str, found: list[tuple[Place, str]]) -> Fact:
    """The fact whose value is how many places were found; each comes with its note."""
    ordered = sorted(found)
    return measured(name, len(ordered), [place for place, _ in ordered], [note for _, note in ordered])
