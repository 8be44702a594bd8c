"""What a definition of a fact is: its meaning, unit, range and source, and for which texts it is measured."""

from dataclasses import dataclass
from enum import StrEnum

OWN = "own rule, see the module"


class Applies(StrEnum):
    """For which texts a fact is measured."""

    ANY = "any language"
    SPACED = "languages with spaces between words"
    ENGLISH = "English"
    CODE = "program code"


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """The documentation of one fact; `group` is the heading of the guide it stands under."""

    name: str
    what: str
    unit: str
    range: tuple[float, float | None]
    source: str
    applies: Applies
    group: str

    @property
    def english_only(self) -> bool:
        return self.applies is Applies.ENGLISH


@dataclass(frozen=True, slots=True)
class Group:
    """Makes the definitions of one heading of the guide."""

    title: str

    def any(self, name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
        return FactDefinition(name, what, unit, (0.0, top), source, Applies.ANY, self.title)

    def spaced(self, name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
        return FactDefinition(name, what, unit, (0.0, top), source, Applies.SPACED, self.title)

    def english(self, name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
        return FactDefinition(name, what, unit, (0.0, top), source, Applies.ENGLISH, self.title)

    def code(self, name: str, what: str, unit: str, top: float | None = None, source: str = OWN) -> FactDefinition:
        return FactDefinition(name, what, unit, (0.0, top), source, Applies.CODE, self.title)
