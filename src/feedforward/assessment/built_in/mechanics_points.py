"""What there is to say about spelling, punctuation, capitals and word forms."""

from collections.abc import Iterator

from feedforward.assessment.built_in.observation import (
    Observation,
    capital,
    choose,
    improvement,
    number,
    shown_places,
    strength,
    times,
    written,
)
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Fact, Place
from feedforward.facts.gather import Facts

_HERE = (Topic.CONVENTIONS,)
_CHECKED = (
    "misspellings",
    "lower_case_i",
    "lower_case_starts",
    "missing_apostrophes",
    "doubled_words",
    "missing_spaces",
    "spaces_before_marks",
    "missing_end_marks",
    "word_form_slips",
    "run_ons",
)


def mechanics_points(facts: Facts) -> Iterator[Observation]:
    """One point for each pattern of slips; a strength where hardly any was found in a text long enough to tell."""
    yield from _spelling(facts)
    yield from _capitals(facts)
    yield from _marks(facts)
    yield from _word_forms(facts)
    slips = sum(len(facts[name].places) for name in _CHECKED)
    words = len(facts.prose.words)
    if words >= 150 and slips <= words / 250 and not facts["misspellings"].places:
        found = "none" if not slips else f"only {number(slips)}"
        yield strength(
            _HERE,
            1.2 if not slips else 1.0,
            f"I checked {words} words for spelling, capitals, apostrophes, doubled words and spacing, and found "
            f"{found} of the slips "
            "I can recognise.",
            "A reader can give all attention to what you say.",
            "Keep the habit that got you here; a last look for words that are spelt well but are not the ones you "
            "meant is what remains.",
            place=None,
        )


def spacing_points(facts: Facts) -> Iterator[Observation]:
    """Holds in any language: spaces around marks, doubled words."""
    if "missing_spaces" not in facts or "doubled_words" not in facts:
        return  # A script without spaces between words.
    gaps, early = facts["missing_spaces"], facts["spaces_before_marks"]
    if len(gaps.places) + len(early.places) >= 3:
        place = (gaps.places or early.places)[0]
        parts = [f"no space after a mark in {times(len(gaps.places), 'place')}"] if gaps.places else []
        parts += [f"a space before a mark in {times(len(early.places), 'place')}"] if early.places else []
        yield improvement(
            _HERE,
            1.3,
            f"The spacing around commas and full stops slips: there is {' and '.join(parts)}.",
            "Uneven spacing makes it harder to see where one part of a sentence ends.",
            "Put marks directly after the word and one space after the mark; search for “ ,” and “ .” to find most of "
            "them.",
            place=place,
        )
    doubled = facts["doubled_words"]
    if doubled.places:
        yield improvement(
            _HERE,
            1.1,
            f"A word stands twice in a row in {times(len(doubled.places), 'place')}: "
            f"“{written(facts, doubled.places[0])}”.",
            "This is the kind of slip that stays invisible to the person who wrote it.",
            "Delete one of the two, and read this part once aloud.",
            place=doubled.places[0],
        )


def _spelling(facts: Facts) -> Iterator[Observation]:
    fact = facts["misspellings"]
    if not fact.places:
        return
    found = _most_telling(facts, fact)
    shown = [f"“{form}” ({note}?)" if note else f"“{form}”" for form, (note, _) in found[:3]]
    different, rest = len(found), len(found) - 3
    listed = ", ".join(shown) + f", and {number(rest)} more" if rest > 0 else " and ".join(shown)
    opening = f"{capital(times(different, 'word'))} may be misspelt"
    if different == len(shown) == 3:
        listed = f"{shown[0]}, {shown[1]} and {shown[2]}"
    again = found[0][1][1]
    yield improvement(
        _HERE,
        2.0 + min(2.0, facts.per_hundred("misspellings")),
        f"{opening}: {listed}."
        + (f" The first of them comes {times(len(again), 'time')}." if len(again) > 1 and different > 1 else ""),
        choose(facts, "spelling", _WHY_SPELLING),
        _spelling_step(different, len(again)),
        place=again[0],
    )


_WHY_SPELLING = (
    "A misspelt word makes a reader stop at the word instead of the thought.",
    "Spelling is what a reader sees first, before the thought has had its chance.",
)


def _most_telling(facts: Facts, fact: Fact) -> list[tuple[str, tuple[str, list[Place]]]]:
    """Each misspelt form once, with its suggestion and places: what comes most often first, what has a suggestion
    before what has none."""
    forms: dict[str, tuple[str, list[Place]]] = {}
    for place, note in zip(fact.places, fact.notes, strict=True):
        forms.setdefault(written(facts, place).lower(), (note, []))[1].append(place)
    return sorted(forms.items(), key=lambda each: (not each[1][0], -len(each[1][1]), each[1][1][0]))


def _spelling_step(different: int, again: int) -> str:
    if different == 1 and again == 1:
        return "Look it up, and search the draft once for the same word."
    if different <= 3:
        return "Look them up, and write each into a short list of your own that you search for in the next draft."
    if different <= 12:
        return (
            "Look these up, then read the draft from the last sentence to the first: out of order, the eye sees words "
            "and not what they should be."
        )
    return (
        "Do not try to mend all at once: let a spelling checker mark them, write down the five you use most, and learn "
        "those before the next draft."
    )


def _capitals(facts: Facts) -> Iterator[Observation]:
    small_i, starts = facts["lower_case_i"], facts["lower_case_starts"]
    if len(small_i.places) >= 2:
        yield improvement(
            _HERE,
            1.6,
            f"The pronoun “I” is written with a small letter in {times(len(small_i.places), 'place')}.",
            "It is one small rule, so it is one of the quickest gains in this draft.",
            "Search for “ i ” with a space on each side and write each one large.",
            place=small_i.places[0],
        )
    if len(starts.places) >= 2:
        first = written(facts, starts.places[0])
        yield improvement(
            _HERE,
            1.5 + min(1.5, facts.per_hundred("lower_case_starts")),
            f"{capital(times(len(starts.places), 'sentence'))} start with a small letter, for example the one that "
            f"opens with “{first}”.",
            "The capital is what shows a reader, before the meaning does, that a new thought begins.",
            "Go from full stop to full stop and look only at the letter after each.",
            place=starts.places[0],
        )


def _marks(facts: Facts) -> Iterator[Observation]:
    fact = facts["missing_apostrophes"]
    if fact.places:
        yield improvement(
            _HERE,
            1.4 + min(1.0, facts.per_hundred("missing_apostrophes") / 2),
            f"An apostrophe is missing in {times(len(fact.places), 'place')}: {shown_places(facts, fact)}.",
            "The apostrophe stands where letters were left out, and without it some of these read as other words.",
            "Say each short form in full (“do not”): where a letter falls away, the apostrophe goes in.",
            place=fact.places[0],
        )
    ends = facts["missing_end_marks"]
    if ends.places:
        which = "One paragraph has" if len(ends.places) == 1 else f"{capital(number(len(ends.places)))} paragraphs have"
        yield improvement(
            _HERE,
            1.2,
            f"{which} no mark at the end of the last sentence.",
            "A reader cannot tell whether the thought is finished or something got lost.",
            "Check whether the sentence is complete, then close it.",
            place=ends.places[0],
        )


def _word_forms(facts: Facts) -> Iterator[Observation]:
    fact = facts["word_form_slips"]
    if fact.places:
        shown = shown_places(facts, fact, 2)
        yield improvement(
            (Topic.GRAMMAR, Topic.CONVENTIONS),
            1.5 + min(1.5, 2 * facts.per_hundred("word_form_slips")),
            f"{capital(times(len(fact.places), 'word form'))} to look at: {shown}.",
            "Forms like these are noticed quickly, and each follows a rule that can be learnt once.",
            "Correct these, then look for the same pattern elsewhere: what slips once usually slips again.",
            place=fact.places[0],
        )
