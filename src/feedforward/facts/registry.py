"""Every fact by its name, and what each is, for people who want to check a comment."""

from feedforward.facts.definition import Applies, FactDefinition
from feedforward.facts.definitions_code import CODE_DEFINITIONS
from feedforward.facts.definitions_language import LANGUAGE_DEFINITIONS
from feedforward.facts.definitions_sources import SOURCE_DEFINITIONS
from feedforward.facts.definitions_structure import STRUCTURE_DEFINITIONS

FACTS: dict[str, FactDefinition] = {
    definition.name: definition
    for definition in (*STRUCTURE_DEFINITIONS, *LANGUAGE_DEFINITIONS, *SOURCE_DEFINITIONS, *CODE_DEFINITIONS)
}


def names_that_apply(applies: Applies) -> frozenset[str]:
    """The facts measured for texts of this sort alone."""
    return frozenset(name for name, definition in FACTS.items() if definition.applies is applies)


__all__ = ["FACTS", "FactDefinition", "names_that_apply"]
