"""What there is to say about paragraphs, their order and the links between them."""

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
    written,
)
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Fact, Place
from feedforward.facts.gather import Facts
from feedforward.facts.prose import Paragraph

_ORDER = (Topic.ORGANISATION, Topic.COHESION)
_LINKS = (Topic.COHESION, Topic.ORGANISATION)
SHORTEST_PARAGRAPH = 9
_KINDS = ("adding", "contrasting", "causing", "sequencing", "concluding", "exemplifying")


def paragraph_points(facts: Facts) -> Iterator[Observation]:
    """Holds in any language: one block of text, very long and one-sentence paragraphs."""
    words, count = len(facts.prose.words), len(facts.prose.paragraphs)
    if count == 1 and words >= 180:
        sentences = facts.prose.sentences
        middle = sentences[len(sentences) // 2]
        yield improvement(
            _ORDER,
            3.0,
            f"The draft is one paragraph of {words} words.",
            "Paragraphs show a reader where one idea ends and the next begins; here that work is left to the reader.",
            "Write one word beside each sentence for what it is about, and start a new paragraph where the word "
            "changes; the "
            "sentence quoted, about half way, is a place to test.",
            place=Place(middle.start, middle.end),
        )
    long = facts["long_paragraphs"]
    if long.places and count > 1:
        place = long.places[0]
        paragraph = next(each for each in facts.prose.paragraphs if each.place == place)
        also = f" ({number(len(long.places))} paragraphs are longer than 250)" if len(long.places) > 1 else ""
        yield improvement(
            _ORDER,
            1.7,
            f"The paragraph that opens here has {paragraph.word_count} words{also}.",
            "In a paragraph of that size it is hard to see which sentence the others serve.",
            "Look for the sentence in it that could open a paragraph of its own, and part it there.",
            place=Place(paragraph.sentences[0].start, paragraph.sentences[0].end) if paragraph.sentences else place,
        )
    single = facts["one_sentence_paragraphs"]
    own = sum(not each.is_list_item and not each.is_quotation for each in facts.prose.paragraphs)
    if len(single.places) >= 2 and len(single.places) >= own / 3 and own >= 4:
        yield improvement(
            _ORDER,
            1.8,
            f"{capital(number(len(single.places)))} of {number(own)} paragraphs have a single sentence; this is the "
            f"first.",
            "A point that stands alone has no room for its reason or its example.",
            "Join it to the paragraph it belongs to, or add the sentence that says why it is so.",
            place=single.places[0],
        )


def link_points(facts: Facts) -> Iterator[Observation]:
    """English only: links by what they do, paragraphs that start from nowhere, the ending."""
    words = len(facts.prose.words)
    if words < 120:
        return
    by_kind = {kind: facts[f"links_{kind}"] for kind in _KINDS}
    used = [kind for kind, fact in by_kind.items() if fact.places]
    unlinked = [
        each
        for each in facts.prose.paragraphs
        if each.place in facts["unlinked_paragraphs"].places and _can_be_told_to_link(facts, each)
    ]
    if unlinked:
        paragraph, count = unlinked[0], len(unlinked)
        tail = (
            f" {capital(number(count - 1))} more begin{'s' if count == 2 else ''} in the same way." if count > 1 else ""
        )
        yield improvement(
            _LINKS,
            1.6,
            f"This paragraph begins without taking up a word, or using a linking word, from what stands before "
            f"it.{tail}",
            choose(
                facts,
                "unlinked",
                (
                    "A reader has to guess whether it adds a reason, changes the subject or answers something.",
                    "The step from the paragraph before may be clear to you; on the page it is not yet there.",
                ),
            ),
            "Open it with a few words that say how it follows: what it adds to, or what it sets itself against.",
            place=Place(paragraph.sentences[0].start, paragraph.sentences[0].end),
        )
    if words >= 200 and not by_kind["contrasting"].places and "causing" in used:
        yield improvement(
            _LINKS,
            1.0,
            "I found words that add and explain, but none that set one thought against another (such as “however” or "
            "“although”).",
            "Contrast is how a text shows that it has weighed something.",
            "Find the place where a reader might say “but …”, and answer there in a sentence with “although”.",
            looked_in="every paragraph of the draft",
        )
    yield from _one_link_too_often(facts, by_kind)
    if len(used) >= 4 and facts.value("link_kinds") >= 8 and not facts["unlinked_paragraphs"].places:
        kind = "contrasting" if by_kind["contrasting"].places else "causing"
        place = by_kind[kind].places[0]
        yield strength(
            _LINKS,
            1.2,
            f"The draft uses {int(facts.value('link_kinds'))} different linking words for different jobs: "
            f"{', '.join(used[:-1])} and {used[-1]}. Here “{written(facts, place).lower()}” is one of them.",
            "They tell a reader what each step does before the step is made.",
            "In each paragraph, check that the link says what you mean: an “also” is sometimes really a “therefore”.",
            place=place,
        )


def _can_be_told_to_link(facts: Facts, paragraph: Paragraph) -> bool:
    """Not a signature, nor the second half of a sentence that a line end broke."""
    return paragraph.word_count >= SHORTEST_PARAGRAPH and not facts.prose.text[paragraph.start].islower()


def _one_link_too_often(facts: Facts, by_kind: dict[str, Fact]) -> Iterator[Observation]:
    every = [
        (note, place)
        for fact in by_kind.values()
        for note, place in zip(fact.notes, fact.places, strict=True)
        if note not in {"if", "then"}
    ]
    if not every:
        return
    link, count = Counter(note for note, _ in every).most_common(1)[0]
    if count >= 5 and count >= 0.4 * len(every):
        place = min(place for note, place in every if note == link)
        yield improvement(
            _LINKS,
            1.5,
            f"“{capital(link)}” makes {number(count)} of the {number(len(every))} links in the draft."
            if count < len(every)
            else f"“{capital(link)}” makes all {number(count)} links in the draft.",
            "When one word does most of the joining, the steps begin to look alike though they are not.",
            f"Keep “{link}” where it says exactly what you mean; elsewhere say the relation (a result, a contrast, an "
            f"example).",
            place=place,
        )


def ending_points(facts: Facts) -> Iterator[Observation]:
    """Opening and ending: their size, and whether the ending closes."""
    own = [each for each in facts.prose.paragraphs if not each.is_list_item and each.sentences]
    while len(own) > 1 and own[-1].word_count < SHORTEST_PARAGRAPH:
        own.pop()  # a signature, a greeting at the end of a letter
    if len(own) < 3 or len(facts.prose.words) < 180:
        return
    first, last = own[0], own[-1]
    share = facts.value("introduction_share")
    if share > 0.4:
        yield improvement(
            (Topic.OPENING, Topic.ORGANISATION),
            1.4,
            f"The first paragraph takes {share:.0%} of the draft.",
            "What it opens then has less room to be shown.",
            "Keep in it what a reader needs to start, and move the rest to where it is discussed.",
            place=Place(first.sentences[0].start, first.sentences[0].end),
        )
    closes = facts["concluding_paragraph"]
    if not closes.value:
        yield improvement(
            (Topic.CLOSING, Topic.ORGANISATION),
            1.9,
            "The last paragraph neither closes with a concluding phrase nor takes up the main words of the opening.",
            "The ending is where a reader looks for what all of it comes to.",
            "End with two sentences: what your points together show, and what follows from that.",
            place=Place(last.sentences[-1].start, last.sentences[-1].end),
        )
    elif last.word_count < 20:
        yield improvement(
            (Topic.CLOSING, Topic.ORGANISATION),
            1.3,
            f"The ending is {last.word_count} words long.",
            "It stops the text more than it draws the points together.",
            "Add what the reader should now think or do, in words that were not used before.",
            place=(last.sentences[0].start and Place(last.sentences[0].start, last.sentences[0].end)) or last.place,
        )
    elif (
        closes.notes == ("phrase",)
        and 0.06 <= facts.value("conclusion_share") <= 0.25
        and 0.06 <= share <= 0.3
        and len(own) >= 4
    ):
        yield strength(
            (Topic.ORGANISATION, Topic.CLOSING),
            1.1,
            f"The draft has a clear frame: an opening, {times(len(own) - 2, 'paragraph')} between, and an ending that "
            f"closes it; opening and "
            f"ending take {share:.0%} and {facts.value('conclusion_share'):.0%} of the words.",
            "A reader can see at once where things stand.",
            "Read only the first sentence of each paragraph: they should tell the argument in short.",
            place=Place(last.sentences[0].start, last.sentences[0].end),
        )
