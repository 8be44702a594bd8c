"""What there is to say about the person a text speaks in, where it turns to "you" and back; English only."""

from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, choose, improvement, times
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts

_FEWEST, _HABIT = 2, 0.06
_BEFORE = {"I": "yourself (“I”)", "we": "“we”", "they": "other people (“they”)"}


def person_points(facts: Facts) -> Iterator[Observation]:
    """Only where the turn comes more than once: a single one may be meant."""
    fact = facts["person_shifts"]
    if len(fact.places) < _FEWEST:
        return
    before = [each for each in ("they", "we", "I") if each in fact.notes[0].removesuffix(" to you").split(" and ")]
    yield improvement(
        (Topic.WORDING, Topic.COHESION, Topic.SENTENCES),
        1.1 + min(0.6, len(fact.places) / max(1.0, facts.value("sentences")) * 4),
        f"The sentence before this one speaks of {_BEFORE[before[0]] if before else 'others'}, this one of “you”; such "
        f"a turn comes {times(len(fact.places), 'time')}.",
        choose(
            facts,
            "person",
            (
                "A reader has to ask each time who is meant now: themselves, you, or everybody.",
                "The text seems to change the people it is about, though the point is the same.",
            ),
        ),
        "Decide once who it is about; then search for “you” and change each one that does not mean your reader.",
        place=fact.places[0],
    )
