"""What there is to say about the choice of words."""

from collections import Counter
from collections.abc import Iterator

from feedforward.assessment.built_in.observation import (
    Observation,
    capital,
    choose,
    improvement,
    number,
    strength,
    times,
)
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Place
from feedforward.facts.gather import Facts

_HERE = (Topic.VOCABULARY, Topic.WORDING)
_INSTEAD = {
    "thing": "name what it is",
    "things": "name what they are",
    "stuff": "name what it is",
    "something": "say what it is",
    "a lot": "say how much or how many",
    "very": "find the one stronger word, or leave it out",
    "really": "find the one stronger word, or leave it out",
    "good": "say good in which way",
    "bad": "say bad in which way",
    "nice": "say what makes it so",
    "big": "say how big",
    "anything": "say what could be meant",
    "somehow": "say how",
}


def wording_points(facts: Facts, task_forms: frozenset[str]) -> Iterator[Observation]:
    """Repetition, vague and conversational words; a wide or precise range as a strength."""
    yield from _repetition(facts, task_forms)
    vague = facts["vague_words"]
    if len(vague.places) >= 4 and facts.per_hundred("vague_words") >= 0.8:
        common = Counter(vague.notes).most_common(1)[0]
        place = next(place for place, note in zip(vague.places, vague.notes, strict=True) if note == common[0])
        yield improvement(
            _HERE,
            1.4 + min(1.0, facts.per_hundred("vague_words") / 4),
            f"“{capital(common[0]) if common[0] == 'a lot' else common[0]}” comes {times(common[1], 'time')}, and "
            f"other wide words like it "
            f"bring the sum to {len(vague.places)}."
            if common[1] < len(vague.places)
            else f"“{common[0]}” comes {times(common[1], 'time')}.",
            "Such words leave the picture to the reader, and each reader fills in a different one.",
            f"Start with the sentence quoted: {_INSTEAD.get(common[0], 'say what exactly is meant')}.",
            place=place,
        )
    informal = facts["informal_words"]
    if len(informal.places) >= 2:
        words = list(dict.fromkeys(informal.notes))[:3]
        yield improvement(
            (Topic.WORDING, Topic.VOCABULARY),
            1.2,
            f"Some words belong to conversation: {', '.join(f'“{word}”' for word in words)}.",
            "They are fine in speech; in a written argument they make a serious point sound lighter than you mean it.",
            "Swap each for the word you would use to an adult you do not know, unless you are quoting somebody.",
            place=informal.places[0],
        )
    rare = facts["rare_words"]
    if len(facts.prose.words) >= 150 and facts.value("mtld") >= 75 and len(rare.places) >= 8:
        examples = [note for note in rare.notes if note not in task_forms][:3]
        yield strength(
            (Topic.VOCABULARY, Topic.WORDING),
            1.1,
            f"Your range of words is wide (a lexical diversity of {facts.value('mtld'):.0f}, where everyday prose is "
            f"near 70), with "
            f"words such as {', '.join(f'“{word}”' for word in examples[:-1])} and “{examples[-1]}”.",
            "Different words for different things let you say precisely what you mean.",
            "For each less common word, ask once whether it says more than the common one; keep those that do.",
            place=rare.places[0],
        )


def _repetition(facts: Facts, task_forms: frozenset[str]) -> Iterator[Observation]:
    repeated = []
    for place, note in zip(facts["repeated_words"].places, facts["repeated_words"].notes, strict=True):
        form, near_text, total_text, stem = note.split("|")
        near, total = int(near_text), int(total_text)
        bonus = 0 if form in task_forms or stem in task_forms else 2
        if near + bonus >= 6:
            repeated.append((near + bonus, -place.start, form, near, total, place))
    if repeated:
        _, _, form, near, total, place = max(repeated)
        all_over = f", {number(total)} times in the whole draft" if total > near else ""
        yield improvement(
            (Topic.VOCABULARY, Topic.WORDING, Topic.COHESION),
            1.3 + 0.1 * near,
            f"“{capital(form) if facts.prose.text[place.start].isupper() else form}” comes back {number(near)} times "
            f"within a few lines, "
            f"starting here{all_over}.",
            choose(
                facts,
                "repeat",
                (
                    "Repeating a key word can hold a text together; this often, it begins to carry sentences that need "
                    "their own point.",
                    "A key word may return, but this close together a reader begins to hear the word instead of the "
                    "thought.",
                ),
            ),
            f"Keep “{form}” where it is needed to be clear; elsewhere use “it” or “this …”, or join two sentences so "
            f"that it is "
            "needed once.",
            place=Place(place.start, place.start + 1),
        )
    phrases = facts["repeated_phrases"]
    for place, note in zip(phrases.places, phrases.notes, strict=True):
        phrase, phrase_count = note.split("|")
        if set(phrase.split()) <= task_forms or int(phrase_count) < 3:
            continue
        yield improvement(
            (Topic.WORDING, Topic.VOCABULARY),
            1.2,
            f"The words “{phrase}” stand in the draft {number(int(phrase_count))} times.",
            "A whole phrase that returns sounds like a formula, even when the thought is new.",
            "Keep it in one place and let the others say what is different there.",
            place=place,
        )
        return
