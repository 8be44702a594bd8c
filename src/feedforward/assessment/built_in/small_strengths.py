"""Small true strengths, for the draft of which nothing larger can be praised: what its writer can build on."""

import re
from collections.abc import Sequence

from feedforward.assessment.built_in.observation import Observation, clean_place, number, strength, times
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Place
from feedforward.facts.gather import Facts
from feedforward.facts.words import Sentence

_FEWEST_WORDS, _LONGEST_PATTERN, _A_DRAFT = 8, 20, 100
_ODD = re.compile(
    r"[\"“”;:()`]| [,.]|\b(?:he|she|it)['’]s (?:own|way|life|car)|\bthy\b|\breason (?:that|why)? ?\w+ .*because\b",
    re.IGNORECASE,
)
"""Quotations and marks that may hide a fault, and two faults that no pattern of the facts sees."""


def small_strengths(facts: Facts, *, is_code: bool) -> list[Observation]:
    """At most one of each kind, the most useful first; none for program code."""
    if is_code:
        return []
    found = [*_of_any_language(facts)]
    if facts.prose.is_english:
        found = [*_example(facts), *_reason(facts), *found, *_whole_sentence(facts), *_a_whole_draft(facts)]
    return found


def _place_to_show(places: Sequence[Place], facts: Facts) -> Place | None:
    """A sentence without a slip, or else one whose slips are small."""
    return clean_place(places, facts) or clean_place(places, facts, grave_only=True)


def _example(facts: Facts) -> list[Observation]:
    evidence = facts["evidence"]
    shown = [
        place for place, note in zip(evidence.places, evidence.notes, strict=True) if note in {"example", "experience"}
    ]
    place = _place_to_show(shown, facts)
    if place is None:
        return []
    return [
        strength(
            (Topic.EVIDENCE, Topic.REASONING), 0.6, "Here a point is followed by something a reader can picture.",
            "One case says more than a second claim.",
            "Look for another point that has no case yet, and give it one.", place=place,
        )
    ]  # fmt: skip


def _reason(facts: Facts) -> list[Observation]:
    place = _place_to_show(facts["reasons"].places, facts)
    if place is None:
        return []
    return [
        strength(
            (Topic.REASONING, Topic.THESIS, Topic.EVIDENCE), 0.5,
            "This sentence gives a reason and not only an opinion.",
            "A reader who doubts the point has something to weigh.",
            "Do the same for the sentence you care about most.", place=place,
        )
    ]  # fmt: skip


def _of_any_language(facts: Facts) -> list[Observation]:
    sizes: Sequence[int] = [len(each.sentences) for each in facts.prose.paragraphs]
    if not 3 <= len(sizes) <= 12 or min(sizes) < 2 or facts["long_paragraphs"].places:
        return []
    return [
        strength(
            (Topic.ORGANISATION, Topic.COHESION), 0.4,
            f"The text is parted into {times(len(sizes), 'paragraph')} of {number(min(sizes))} sentences and more.",
            "The parts can be seen before a word is read.",
            "Say in a few words beside each paragraph what it is for; where two say the same, join them.", place=None,
        )
    ]  # fmt: skip


def _whole_sentence(facts: Facts) -> list[Observation]:
    """The longest sentence of moderate length that can be shown as a pattern: nothing in it looks like trouble."""
    candidates = sorted(
        (each for each in facts.prose.sentences if _can_be_a_pattern(facts, each)), key=lambda each: -len(each.words)
    )
    place = clean_place([Place(each.start, each.end) for each in candidates], facts)
    if place is None:
        return []
    return [
        strength(
            (Topic.SENTENCES, Topic.CONVENTIONS, Topic.GRAMMAR), 0.3,
            "I looked for slips in this sentence and recognised none.",
            "It shows a pattern that you have in hand.",
            "Use it as a model: read the sentence before it aloud and write that one the same way.", place=place,
        )
    ]  # fmt: skip


def _can_be_a_pattern(facts: Facts, sentence: Sentence) -> bool:
    """What is held up must not have a fault a teacher sees at once: the signs are too unsure to tell, not to veto."""
    text = facts.prose.text[sentence.start : sentence.end]
    return (
        _FEWEST_WORDS <= len(sentence.words) <= _LONGEST_PATTERN
        and text[0].isupper()
        and text[-1] == "."
        and text.count(",") <= 1
        and not _ODD.search(text)
    )


def _a_whole_draft(facts: Facts) -> list[Observation]:
    words = len(facts.prose.words)
    if words < _A_DRAFT:
        return []
    return [
        strength(
            (), 0.1, f"There are {words} words on the page.",
            "That is a whole draft to choose from, and every change from here is smaller than writing it was.",
            "Mark the sentence that says best what you mean, and build the next draft around it.", place=None,
        )
    ]  # fmt: skip
