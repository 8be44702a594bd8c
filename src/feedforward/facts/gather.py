"""The one way in: a text and its blocks → every fact about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from feedforward.extraction.document import Block
from feedforward.facts.argument import argument_facts
from feedforward.facts.citations import source_facts
from feedforward.facts.cohesion import cohesion_facts
from feedforward.facts.fact import Fact, Place
from feedforward.facts.grammar import grammar_slips
from feedforward.facts.mechanics import slips_in_any_language, slips_in_english
from feedforward.facts.prose import Prose, prose_of
from feedforward.facts.spelling import misspellings
from feedforward.facts.stance import question_fact, stance_facts
from feedforward.facts.structure import same_openings, structure_facts
from feedforward.facts.task import limit_facts, task_facts
from feedforward.facts.vocabulary import vocabulary_facts, word_range
from feedforward.facts.words import words_in


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts about one text, by name, with the text taken apart. Facts that do not apply are not there."""

    prose: Prose
    by_name: Mapping[str, Fact]

    def __getitem__(self, name: str) -> Fact:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def value(self, name: str) -> float:
        """The fact's value; 0.0 where the fact does not apply to this text."""
        fact = self.by_name.get(name)
        return fact.value if fact else 0.0

    def per_hundred(self, name: str) -> float:
        """The fact's value for each 100 words of the body."""
        words = len(self.prose.words)
        return 100 * self.value(name) / words if words else 0.0


def facts_of(
    text: str,
    blocks: Sequence[Block] = (),
    *,
    task: str = "",
    word_min: int | None = None,
    word_max: int | None = None,
) -> Facts:
    """Every fact that applies. `task` is the assignment's own wording; without blocks, blank lines part paragraphs.

    Only facts that hold in any language are there for a text that is not in English.
    """
    prose = prose_of(text, blocks)
    found = {fact.name: fact for fact in _all(prose, task, word_min, word_max)}
    return Facts(prose, MappingProxyType(found))


def _all(prose: Prose, task: str, word_min: int | None, word_max: int | None) -> Iterator[Fact]:
    yield from structure_facts(prose)
    yield word_range(prose)
    yield question_fact(prose)
    sources = list(source_facts(prose))
    yield from sources
    yield from slips_in_any_language(prose)
    yield from limit_facts(len(prose.words), word_min, word_max)
    if not prose.is_english:
        return
    forms_of_task = frozenset(word.form for word in words_in(task, 0, len(task)))
    misspelt = misspellings(prose, forms_of_task)
    yield misspelt
    yield from slips_in_english(prose)
    yield from grammar_slips(prose)
    yield same_openings(prose)
    yield from vocabulary_facts(prose, forms_of_task, frozenset(misspelt.places))
    yield from cohesion_facts(prose)
    yield from stance_facts(prose)
    sourced = {place for fact in sources if fact.name in {"citations", "numbers"} for place in fact.places}
    long_quotes = next(fact for fact in sources if fact.name == "quotations")
    sourced |= {Place(*place) for place in long_quotes.places if place.end - place.start > 25}
    yield from argument_facts(prose, frozenset(sourced))
    yield from task_facts(prose, task)
