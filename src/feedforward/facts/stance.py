"""How the writer stands to what is said: hedges, boosters, passives, persons, questions, and how hard it is to read."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import pyphen

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.lexicon import SUBORDINATORS
from feedforward.facts.prose import Prose

_HEDGES = re.compile(
    r"\b(?:may|might|perhaps|possibly|probably|seems?|appears? to|suggests?|tends? to|likely|arguably|in some cases"
    r"|to some extent"
    r"|it is possible|can sometimes)\b",
    re.IGNORECASE,
)
_BOOSTERS = re.compile(
    r"\b(?:clearly|obviously|certainly|definitely|undoubtedly|without a doubt|no doubt|everyone knows|everybody "
    r"knows|always|never"
    r"|of course|it is a fact|proves? that|everyone|everybody|nobody|no one)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+|often\s+|also\s+|\w+ly\s+)?(?:\w{2,}ed|made|given|taken|seen"
    r"|known|done|"
    r"written|shown|found|held|built|brought|chosen|driven|told|kept|left|sent|taught|used)\b(?!\s+to\s+be\s+able)",
    re.IGNORECASE,
)
_NOT_PASSIVE = re.compile(
    r"(?:interested|excited|tired|bored|scared|worried|need|indeed|supposed|married|used to)$", re.IGNORECASE
)
_FIRST = frozenset(["i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"])
_SECOND = frozenset(["you", "your", "yours", "yourself", "you're", "you've", "you'll"])


def stance_facts(prose: Prose) -> Iterator[Fact]:
    """Hedges, boosters, passives, persons, subordination and two reading formulas. English only."""
    yield counted("hedges", [(Place(*found.span()), found.group().lower()) for found in prose.body_matches(_HEDGES)])
    yield counted(
        "boosters", [(Place(*found.span()), found.group().lower()) for found in prose.body_matches(_BOOSTERS)]
    )
    passive = {
        (sentence.start, sentence.end)
        for found in prose.body_matches(_PASSIVE)
        if not _NOT_PASSIVE.search(found.group()) and (sentence := prose.sentence_at(Place(*found.span())))
    }
    yield counted("passives", [(Place(start, end), "") for start, end in passive])
    for name, persons in (("first_person", _FIRST), ("second_person", _SECOND)):
        yield counted(name, [(Place(word.start, word.end), word.form) for word in prose.words if word.form in persons])
    sentences = [sentence for sentence in prose.sentences if sentence.words]
    complex_ones = sum(any(word.form in SUBORDINATORS for word in sentence.words) for sentence in sentences)
    yield measured("subordination", complex_ones / len(sentences) if sentences else 0)
    total = len(prose.words)
    per_sentence = total / len(sentences) if sentences else 0
    per_word = sum(syllables(form) for form in prose.forms) / total if total else 0
    yield measured("reading_grade", max(0.0, 0.39 * per_sentence + 11.8 * per_word - 15.59) if total else 0)
    yield measured("reading_ease", max(0.0, 206.835 - 1.015 * per_sentence - 84.6 * per_word) if total else 0)


def question_fact(prose: Prose) -> Fact:
    """Sentences that end in a question mark, quotation marks after it allowed."""
    asked = [each for each in prose.sentences if re.search(r"[?？][\"'”’)]*$", prose.text[each.start : each.end])]
    return counted("questions", [(Place(each.start, each.end), "") for each in asked])


@lru_cache(maxsize=20_000)
def syllables(form: str) -> int:
    """Estimate: pyphen's break points and one more, at least the groups of vowels without a silent e for short "
    "words."""
    groups = len(re.findall(r"[aeiouy]+", form))
    if form.endswith("e") and not form.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if form.endswith("ed") and not form.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups, len(_hyphenation().positions(form)) + 1 if len(form) > 4 else 1)


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
