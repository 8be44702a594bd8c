"""What the reader notices: one point with its place, before it is given to a criterion."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Fact, Place
from feedforward.facts.gather import Facts
from feedforward.facts.grammar_signs import signs_in
from feedforward.feedback.rules import CommentKind, Quote

LONGEST_QUOTE = 200
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Observation:
    """One point: `what` was seen, `why` it matters, the next step. `weight`: the higher, the more useful to say.

    `place` is the passage to quote; without one, `looked_in` says where something was looked for.
    """

    topics: tuple[Topic, ...]
    kind: CommentKind
    weight: float
    what: str
    why: str
    next_step: str
    place: Place | None = None
    looked_in: str = ""


def improvement(
    topics: tuple[Topic, ...],
    weight: float,
    what: str,
    why: str,
    next_step: str,
    *,
    place: Place | None = None,
    looked_in: str = "",
) -> Observation:
    """A point on something that can be made better."""
    return Observation(topics, CommentKind.IMPROVEMENT, weight, what, why, next_step, place, looked_in)


def strength(
    topics: tuple[Topic, ...], weight: float, what: str, why: str, next_step: str, *, place: Place | None
) -> Observation:
    """A point on something measured that is good."""
    return Observation(
        topics, CommentKind.STRENGTH, weight, what, why, next_step, place, "" if place else "the whole draft"
    )


def number(count: int) -> str:
    """A count as a writer would write it: in words up to twelve."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def times(count: int, one: str, several: str = "") -> str:
    """ "one place", "three places"; "once", "twice", "three times"."""
    if one == "time" and count in (1, 2):
        return "once" if count == 1 else "twice"
    return f"{number(count)} {one if count == 1 else several or one + 's'}"


def capital(text: str) -> str:
    """The text with a large first letter."""
    return text[:1].upper() + text[1:]


def choose(facts: Facts, salt: str, options: Sequence[str]) -> str:
    """One of several wordings, always the same one for the same draft."""
    return options[zlib.crc32(f"{salt}|{facts.prose.text}".encode("utf-8", "replace")) % len(options)]


def written(facts: Facts, place: Place) -> str:
    """The words at a place, on one line."""
    return " ".join(facts.prose.text[place.start : place.end].split())


def shown_places(facts: Facts, fact: Fact, most: int = 3, mark: str = "") -> str:
    """The first different passages of a fact with their suggestions: “becuase” (because), “thier” (their)."""
    shown: dict[str, str] = {}
    for place, note in zip(fact.places, fact.notes, strict=True):
        shown.setdefault(written(facts, place), note)
    parts = [f"“{word}” ({note}{mark})" if note else f"“{word}”" for word, note in list(shown.items())[:most]]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def quoted_list(words: Sequence[str]) -> str:
    """“one”, “two” and “three”."""
    marked = [f"“{word}”" for word in words]
    return marked[0] if len(marked) == 1 else ", ".join(marked[:-1]) + " and " + marked[-1]


_GRAVE_SLIPS = ("misspellings", "word_form_slips", "run_ons", "comma_splices", "fragments")
_SMALL_SLIPS = (
    "lower_case_starts", "missing_apostrophes", "lower_case_i", "doubled_words", "missing_end_marks", "missing_spaces",
    "spaces_before_marks",
)  # fmt: skip
_LONGEST_PRAISED = 40
_LEADS_ON = frozenset(["because", "and", "or", "but", "that", "to", "of", "the", "a", "so", "if", "when"])
"""A sentence that ends on one of these has lost its end."""


def clean_place(places: Sequence[Place], facts: Facts, *, grave_only: bool = False) -> Place | None:
    """The first of the places whose sentence can be held up as an example: of moderate length and without a slip.

    With `grave_only`, a missing capital or a space too many does not count.
    """
    names = _GRAVE_SLIPS if grave_only else (*_GRAVE_SLIPS, *_SMALL_SLIPS)
    slips = [each for name in names if name in facts for each in facts[name].places]
    for place in places:
        sentence = facts.prose.sentence_at(place)
        if sentence is None or len(sentence.words) > _LONGEST_PRAISED or sentence.words[-1].form in _LEADS_ON:
            continue
        if not grave_only and any(signs_in(facts.prose, sentence)):
            continue  # too unsure to tell a writer, not to look for a better example
        if not any(sentence.start <= each.start < sentence.end for each in slips):
            return place
    return None


def quote_at(facts: Facts, place: Place) -> Quote | None:
    """The passage to quote for a place: its sentence when that is short enough, else whole words around the place."""
    text = facts.prose.text
    start, end = place
    sentence = facts.prose.sentence_at(place)
    if sentence is not None and sentence.end >= end and sentence.end - sentence.start <= LONGEST_QUOTE:
        start, end = sentence.start, sentence.end
    elif end - start > LONGEST_QUOTE:
        end = _cut(text, start, start + LONGEST_QUOTE)
    else:
        start, end = _widened(text, place, sentence.start if sentence else start, sentence.end if sentence else end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(text[start:end], start, end) if end > start else None


def _cut(text: str, start: int, at: int) -> int:
    """The last end of a word at or before `at`."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    end = at
    while end > start and not text[end - 1].isspace():
        end -= 1
    return end if end > start else at


def _widened(text: str, place: Place, lowest: int, highest: int) -> tuple[int, int]:
    start, end = max(lowest, place.start - 60), min(max(highest, place.end), place.end + 80)
    while place.start > start > lowest and not text[start - 1].isspace():
        start += 1
    if end < len(text) and end > place.end:
        end = max(place.end, _cut(text, place.start, end)) if not text[end].isspace() and end != highest else end
    return start, end
