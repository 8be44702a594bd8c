"""How the writer stands to what is said: hedges, boosters, passives, persons and the turns between them, questions."""

import re
from collections.abc import Iterator
from itertools import pairwise

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.lexicon import SUBORDINATORS
from feedforward.facts.prose import Prose
from feedforward.facts.words import Sentence

_HEDGES = re.compile(
    r"\b(?:may|might|perhaps|possibly|probably|seems?|appears? to|suggests?|tends? to|likely|arguably|in some cases"
    r"|to some extent"
    r"|it is possible|can sometimes)\b",
    re.IGNORECASE,
)
_BOOSTERS = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )\b"
    r"(?:clearly|obviously|certainly|definitely|undoubtedly|without a doubt|no doubt|everyone knows|everybody "
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


_PLURAL = frozenset(["we", "us", "our", "ours", "ourselves", "we're", "we've", "we'd", "we'll"])
_OTHERS = frozenset(["he", "she", "they", "them", "his", "her", "their", "him", "one", "people"])
_PERSONS = {
    form: person
    for person, forms in (("I", _FIRST), ("we", _PLURAL), ("you", _SECOND), ("they", _OTHERS))
    for form in forms
}
_TO_THE_READER = re.compile(
    r"[\"“”]|\b(?:imagine|suppose|consider|as you (?:can|will|may) (?:see|know)"
    r"|you (?:may|might|will|would|can) (?:ask|say|think|wonder|see|notice|agree)"
    r"|(?:surprise|tell|show|convince|ask|thank|remind|assure|give) you|dear|do you"
    r"|have you|would you|are you|if you (?:ask|look|think|agree))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[?？؟][\"'”’)」』]*$")
_EXCLAIMED = re.compile(r"[!！][\"'”’)」』]*$")


def stance_facts(prose: Prose) -> Iterator[Fact]:
    """Hedges, boosters, passives, persons and subordination. English only."""
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
    for name, persons in (("first_person", _FIRST), ("first_person_plural", _PLURAL), ("second_person", _SECOND)):
        yield counted(name, [(Place(word.start, word.end), word.form) for word in prose.words if word.form in persons])
    sentences = [sentence for sentence in prose.sentences if sentence.words]
    complex_ones = sum(any(word.form in SUBORDINATORS for word in sentence.words) for sentence in sentences)
    yield measured("subordination", complex_ones / len(sentences) if sentences else 0)
    yield counted("person_shifts", list(_shifts(prose)))


def question_fact(prose: Prose) -> Fact:
    """Sentences that end in a question mark, quotation marks after it allowed."""
    return _ending_in(prose, "questions", _ASKED)


def exclamation_fact(prose: Prose) -> Fact:
    """Sentences that end in an exclamation mark, quotation marks after it allowed."""
    return _ending_in(prose, "exclamations", _EXCLAIMED)


def _ending_in(prose: Prose, name: str, mark: re.Pattern[str]) -> Fact:
    found = [each for each in prose.sentences if mark.search(prose.text[each.start : each.end])]
    return counted(name, [(Place(each.start, each.end), "") for each in found])


def _shifts(prose: Prose) -> Iterator[tuple[Place, str]]:
    """Sentences of "you" alone straight after a sentence of other persons alone, in one paragraph.

    Where the reader is spoken to ("as you can see"), "you" is meant and is no shift.
    """
    for before, after in pairwise(prose.sentences):
        if before.paragraph != after.paragraph:
            continue
        first, second = _persons_of(before), _persons_of(after)
        is_shift = first and "you" not in first and second == {"you"}
        if is_shift and not _TO_THE_READER.search(prose.text, after.start, after.end):
            yield Place(after.start, after.end), f"{' and '.join(sorted(first))} to you"


def _persons_of(sentence: Sentence) -> set[str]:
    return {_PERSONS[word.form] for word in sentence.words if word.form in _PERSONS}
