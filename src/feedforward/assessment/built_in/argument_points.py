"""What there is to say about position, reasons, evidence, other views: their marks on the page, never their truth."""

import re
from collections.abc import Iterator, Sequence

from feedforward.assessment.built_in.observation import (
    Observation,
    capital,
    choose,
    clean_place,
    improvement,
    number,
    strength,
    times,
    written,
)
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Fact, Place
from feedforward.facts.gather import Facts

_SHORTEST = 100
_PLAIN_POSITION = re.compile(r"\b(?:I|my|we should|should|this \S*\s?(?:essay|paper|report|article))\b", re.IGNORECASE)
"""What is surely a position: one that only says "must" may be a condition, and the thesis stand elsewhere."""


def argument_points(facts: Facts) -> Iterator[Observation]:
    """Nothing for a text too short to hold an argument."""
    if len(facts.prose.words) < _SHORTEST:
        return
    yield from _position(facts)
    yield from _other_views(facts)
    yield from _reasons(facts)
    yield from _evidence(facts)


def _position(facts: Facts) -> Iterator[Observation]:
    fact, paragraphs = facts["thesis_candidates"], facts.prose.paragraphs
    here = (Topic.THESIS, Topic.OPENING)
    early = [place for place in fact.places if (found := facts.prose.sentence_at(place)) and found.paragraph == 0]
    if early:
        yield strength(
            here,
            1.2,
            "The opening states a position, in this sentence.",
            choose(
                facts,
                "thesis",
                (
                    "A reader knows from the start what the rest has to show.",
                    "Everything after it can now be read as a reason for it, or against it.",
                ),
            ),
            "Hold each paragraph against this sentence: what does it add to it?",
            place=early[0],
        )
    elif fact.places and len(paragraphs) > 2 and _PLAIN_POSITION.search(written(facts, fact.places[0])):
        sentence = facts.prose.sentence_at(fact.places[0])
        position = sentence.paragraph + 1 if sentence else 1
        yield improvement(
            here,
            2.2,
            f"The first sentence I can recognise as a position comes in paragraph {position} of {len(paragraphs)}.",
            "Until then a reader collects points without knowing what they are for.",
            "If this is your main point, say it, in one sentence, at the end of the first paragraph.",
            place=fact.places[0],
        )
    elif not fact.places:
        yield improvement(
            here,
            1.8,
            "I found no sentence worded as a position (“I believe …”, “… should …”, “this essay argues …”). It may "
            "be there in "
            "other words; then it can be made easier to see.",
            "A position is what the reasons and examples are measured against.",
            "Finish the sentence “After reading this, you should agree that …”, and put it into the opening.",
            looked_in="every sentence of the draft, the first paragraph above all",
        )


def _other_views(facts: Facts) -> Iterator[Observation]:
    views, answered = facts["other_views"], facts["answers_to_other_views"]
    here = (Topic.OTHER_VIEWS,)
    if not views.places:
        yield improvement(
            here,
            2.0,
            "I found no sentence that brings in another view (“some people argue …”, “critics …”).",
            "An objection you name and answer makes your own side stronger than one you leave out.",
            "Write down the best thing somebody could say against you, and answer it in two sentences.",
            looked_in="every sentence of the draft",
        )
    elif answered.places:
        yield strength(
            here,
            1.2,
            "Here another view is brought in, and a “but” or “however” near it begins an answer.",
            "It shows that you have weighed more than one side.",
            "Check that the answer meets the objection itself and does not only repeat your own point.",
            place=answered.places[0],
        )
    else:
        yield improvement(
            here,
            1.8,
            "Another view appears here, and I found no turn such as “but” or “however” in the next sentences that "
            "answers it.",
            "Left without an answer, it speaks against you.",
            "Add one sentence that says what is right in it, and one that says why your position still holds.",
            place=views.places[0],
        )


def _reasons(facts: Facts) -> Iterator[Observation]:
    reasons = facts["reasons"]
    sentences = max(1.0, facts.value("sentences"))
    here = (Topic.REASONING,)
    if not reasons.places:
        yield improvement(
            here,
            2.0,
            "I found no word that gives a reason or draws a result (“because”, “therefore”, “as a result”).",
            "Without one, points stand beside each other and a reader must work out how one supports the next.",
            "Choose your strongest claim and continue it with “because …”.",
            looked_in="every sentence of the draft",
        )
    elif len(reasons.places) >= 3 and len(reasons.places) / sentences >= 0.12:
        drawn = [
            (note, place)
            for note, place in zip(reasons.notes, reasons.places, strict=True)
            if note not in {"because", "due to"}
        ]
        chosen = clean_place([place for _, place in drawn], facts) or clean_place(reasons.places, facts)
        if chosen is None:
            return
        place = chosen
        note = reasons.notes[reasons.places.index(place)]
        yield strength(
            here,
            1.0,
            f"{capital(times(len(reasons.places), 'sentence'))} say why or what follows; this one does it with "
            f"“{note}”.",
            "That is what turns a list of points into reasoning.",
            "Take the weakest of them and ask “why?” once more.",
            place=place,
        )


def _from_outside(evidence: Fact) -> list[Place]:
    """Sentences with a source, a quotation or research; a bare number may be anything."""
    pairs = zip(evidence.places, evidence.notes, strict=True)
    return [place for place, note in pairs if note in {"source", "research"}]


def _claim_in(facts: Facts, paragraphs: Sequence[Place]) -> Place | None:
    """The first bare claim in one of these paragraphs: a claim is surely bare only where all around it is."""
    return next(
        (
            claim
            for claim in facts["claims_without_support"].places
            if any(each.start <= claim.start < each.end for each in paragraphs)
        ),
        None,
    )


def _evidence(facts: Facts) -> Iterator[Observation]:
    evidence, bare = facts["evidence"], facts["paragraphs_without_support"]
    here = (Topic.EVIDENCE,)
    if bare.places:
        place = bare.places[0]
        paragraph = next(each for each in facts.prose.paragraphs if each.place == place)
        count = f" This holds for {number(len(bare.places))} paragraphs." if len(bare.places) > 1 else ""
        claim = _claim_in(facts, bare.places)
        if claim is not None:
            yield improvement(
                (Topic.EVIDENCE, Topic.REASONING),
                2.0,
                f"This sentence takes a position, and nowhere in its paragraph did I find a reason word, example, "
                f"figure or source.{count}",
                "A reader who does not agree yet finds nothing here to hold on to.",
                "Write “because” behind it and finish the sentence; then add the one case you had in mind.",
                place=claim,
            )
        else:
            yield improvement(
                (Topic.EVIDENCE, Topic.REASONING),
                1.9,
                f"In the paragraph that opens here I found no reason word, example, figure or source.{count}",
                "A reader who does not agree yet finds nothing here to hold on to.",
                "Add one thing that happened, one figure or one source, and say what it shows.",
                place=Place(paragraph.sentences[0].start, paragraph.sentences[0].end),
            )
    kinds = set(evidence.notes)
    if not evidence.places:
        yield improvement(
            here,
            2.1,
            "I found no example, figure, quotation or source.",
            "Claims are believed when a reader can see what they rest on.",
            "Pick the claim a reader is most likely to doubt and give one concrete case for it, beginning with “For "
            "example”.",
            looked_in="every sentence of the draft",
        )
    elif len(outside := _from_outside(evidence)) >= 2:
        yield strength(
            here,
            1.1,
            f"{capital(times(len(outside), 'sentence'))} point to something outside your own opinion; this is one of "
            "them.",
            "That gives a reader something to check.",
            "After each, make sure a sentence says what it shows for your point.",
            place=clean_place(outside, facts, grave_only=True) or outside[0],
        )
    elif kinds <= {"example", "experience"}:
        yield improvement(
            here,
            1.2,
            f"The support I can see is made of examples and experience ({times(len(evidence.places), 'sentence')}, "
            f"this one first); I "
            "found no figure or source.",
            "One case shows that a thing can happen, not how often it does.",
            "Keep the example and add one fact from a source you can name.",
            place=evidence.places[0],
        )
    boosters = [
        place
        for place, note in zip(facts["boosters"].places, facts["boosters"].notes, strict=True)
        if note in {"everyone", "everybody", "nobody", "no one", "always", "never", "everyone knows"}
        and not any(each.start <= place.start < each.end for each in facts["quotations"].places)
    ]
    if len(boosters) >= 3:
        yield improvement(
            (Topic.EVIDENCE, Topic.REASONING, Topic.WORDING),
            1.3,
            f"Words that leave no exception (“{written(facts, boosters[0]).lower()}” here) come "
            f"{times(len(boosters), 'time')}.",
            "One exception is enough for a reader to doubt the whole sentence.",
            "Where you mean “most” or “often”, say so; keep the strong word where you can show it.",
            place=boosters[0],
        )
