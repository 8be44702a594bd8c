"""What there is to say about paragraphs that come apart or leave the position and the task; English only."""

from collections import Counter
from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, choose, improvement, number, quoted_list
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.fact import Place
from feedforward.facts.gather import Facts
from feedforward.facts.prose import Paragraph, is_content

_FEWEST_WORDS, _OWN_WORDS, _FEWEST_OWN = 45, 3, 2


def unity_points(facts: Facts) -> Iterator[Observation]:
    """Nothing for a text of fewer than three paragraphs, where there is nothing to leave."""
    yield from _loose(facts)
    if len(facts.prose.paragraphs) >= 3:
        yield from _away(facts)


def _loose(facts: Facts) -> Iterator[Observation]:
    fact = facts["loose_paragraphs"]
    if not fact.places:
        return
    paragraph = _paragraph_at(facts, fact.places[0])
    more = f" {number(len(fact.places)).capitalize()} paragraphs are like this." if len(fact.places) > 1 else ""
    tied, _, joints = fact.notes[0].split(" ")[:3]
    yield improvement(
        (Topic.COHESION, Topic.ORGANISATION),
        1.7,
        f"In the paragraph that opens here, {'hardly any' if tied != '0' else 'no'} sentence takes up a word of the "
        f"one before it or points back to it ({number(int(tied))} of {number(int(joints))}).{more}",
        choose(
            facts,
            "loose",
            (
                "Each sentence may be true, and a reader still cannot see what they add up to.",
                "The sentences stand beside each other like a list, and the reader has to find what joins them.",
            ),
        ),
        "Write in five words what this paragraph is for; begin with that, and cut or move the sentence that does not "
        "serve it.",
        place=_opening(paragraph, fact.places[0]),
    )


def _away(facts: Facts) -> Iterator[Observation]:
    """Only a paragraph that leaves both the position and the task, where there is a task: one alone is unsure."""
    off = facts["paragraphs_off_thesis"]
    if "paragraphs_off_task" in facts:
        far = frozenset(facts["paragraphs_off_task"].places)
        candidates = [place for place in off.places if place in far]
    else:
        candidates = list(off.places)
    last = facts.prose.paragraphs[-1].place
    kept = [
        paragraph
        for place in candidates
        if place != last and (paragraph := _paragraph_at(facts, place)).word_count >= _FEWEST_WORDS
    ]
    own = _main_words(kept[0]) if kept else ()
    if len(own) < _FEWEST_OWN:
        return
    also = " and none of the task" if "paragraphs_off_task" in facts else ""
    yield improvement(
        (Topic.TASK, Topic.THESIS, Topic.ORGANISATION),
        1.6,
        f"The paragraph that opens here uses no main word of your position{also}; it speaks most of "
        f"{quoted_list(own)}.",
        "It may belong; on the page a reader has to guess how it does.",
        "Add to its first sentence what it shows for your main point; if you cannot, it may belong to another text.",
        place=_opening(kept[0], kept[0].place),
    )


def _main_words(paragraph: Paragraph) -> list[str]:
    """The content words that come twice or more in a paragraph, the most frequent first."""
    counts = Counter(word.form for each in paragraph.sentences for word in each.words if is_content(word.form))
    return [form for form, count in counts.most_common(_OWN_WORDS) if count > 1]


def _paragraph_at(facts: Facts, place: Place) -> Paragraph:
    return next(each for each in facts.prose.paragraphs if each.place == place)


def _opening(paragraph: Paragraph, otherwise: Place) -> Place:
    first = paragraph.sentences[0] if paragraph.sentences else None
    return Place(first.start, first.end) if first else otherwise
