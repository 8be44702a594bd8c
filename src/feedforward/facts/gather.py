"""The one way in: a text and its blocks → every fact about it, and the names of what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from feedforward.extraction.document import Block
from feedforward.facts.argument import argument_facts
from feedforward.facts.citation_styles import style_facts
from feedforward.facts.citations import citations_in, source_facts
from feedforward.facts.code_facts import code_facts
from feedforward.facts.cohesion import cohesion_facts
from feedforward.facts.definition import Applies
from feedforward.facts.fact import Fact
from feedforward.facts.figures import figure_facts, number_fact
from feedforward.facts.grammar import grammar_slips
from feedforward.facts.mechanics import doubled_words, slips_in_english, spacing_slips
from feedforward.facts.prose import Prose, prose_of
from feedforward.facts.quoting import quotation_facts
from feedforward.facts.readability import lix, reading_formulas
from feedforward.facts.registry import FACTS
from feedforward.facts.spelling import misspellings
from feedforward.facts.stance import exclamation_fact, question_fact, stance_facts
from feedforward.facts.structure import opening_variety, same_openings, structure_facts
from feedforward.facts.task import limit_facts, task_facts
from feedforward.facts.unity import unity_facts
from feedforward.facts.vocabulary import vocabulary_facts, word_range
from feedforward.facts.words import words_in


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts about one text, by name, with the text taken apart. Facts that do not apply are not there."""

    prose: Prose
    by_name: Mapping[str, Fact]

    @property
    def language(self) -> str:
        """The language the text was taken for, by its English name; "unknown" where it could not be told."""
        return self.prose.language

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the facts that do not hold for this language, in the registry's order; none without words."""
        if not self.prose.words:
            return ()
        applies: set[Applies] = set()
        if not self.prose.is_english:
            applies |= {Applies.ENGLISH}
        if self.prose.counts_signs:
            applies |= {Applies.SPACED}
        return tuple(name for name, each in FACTS.items() if each.applies in applies and name not in self.by_name)

    @property
    def groups_left_out(self) -> tuple[str, ...]:
        """The headings of the facts guide of which at least one fact was left out, each once."""
        return tuple(dict.fromkeys(FACTS[name].group for name in self.left_out))

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
    media_type: str = "",
) -> Facts:
    """Every fact that applies. `task` is the assignment's own wording; without blocks, blank lines part paragraphs.
    `media_type` is the document's, which tells the programming language of code.

    Only facts that hold in any language are there for a text that is not in English.
    """
    prose = prose_of(text, blocks)
    found = {fact.name: fact for fact in _all(prose, task, word_min, word_max)}
    found |= {fact.name: fact for fact in code_facts(text, blocks, media_type)}
    return Facts(prose, MappingProxyType(found))


def _all(prose: Prose, task: str, word_min: int | None, word_max: int | None) -> Iterator[Fact]:
    yield from structure_facts(prose)
    yield question_fact(prose)
    yield exclamation_fact(prose)
    citations = citations_in(prose)
    cited = [each.place for each in citations]
    sources = [*source_facts(prose, citations), *quotation_facts(prose, cited), number_fact(prose, cited)]
    yield from sources
    yield from style_facts(prose, citations)
    yield from figure_facts(prose)
    yield doubled_words(prose)
    yield from limit_facts(len(prose.words), word_min, word_max)
    if not prose.counts_signs:
        yield word_range(prose)
        yield lix(prose)
        yield opening_variety(prose)
        yield from spacing_slips(prose)
    if prose.is_english:
        yield from _in_english(prose, task, sources)


def _in_english(prose: Prose, task: str, sources: Sequence[Fact]) -> Iterator[Fact]:
    forms_of_task = frozenset(word.form for word in words_in(task, 0, len(task)))
    misspelt = misspellings(prose, forms_of_task)
    yield misspelt
    yield from slips_in_english(prose)
    yield from grammar_slips(prose)
    yield same_openings(prose)
    yield from vocabulary_facts(prose, forms_of_task, frozenset(misspelt.places))
    yield from cohesion_facts(prose)
    yield from stance_facts(prose)
    yield from reading_formulas(prose)
    sourced = {place for fact in sources if fact.name == "citations" for place in fact.places}
    figures = frozenset(place for fact in sources if fact.name == "numbers" for place in fact.places)
    quotations = next(fact for fact in sources if fact.name == "quotations")
    sourced |= {place for place in quotations.places if place.end - place.start > 25}
    argument = list(argument_facts(prose, frozenset(sourced), figures))
    yield from argument
    thesis = next(fact for fact in argument if fact.name == "thesis_candidates")
    yield from unity_facts(prose, thesis.places, task)
    yield from task_facts(prose, task)
