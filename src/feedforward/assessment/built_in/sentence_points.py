"""What there is to say about how sentences are built."""

from collections.abc import Iterator

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
from feedforward.facts.fact import Place
from feedforward.facts.gather import Facts

_HERE = (Topic.SENTENCES,)


def sentence_points(facts: Facts) -> Iterator[Observation]:
    """Run-ons, long sentences, splices, fragments, sameness; variety as a strength."""
    yield from _boundaries(facts)
    yield from _sameness(facts)
    lengths = sorted((len(each.words), each.start, each.end) for each in facts.prose.sentences if each.words)
    spread, mean = facts.value("sentence_length_spread"), facts.value("sentence_length_mean")
    careless = facts.per_hundred("lower_case_starts") + facts.per_hundred("misspellings") / 2 > 0.5
    troubled = (
        careless or facts["run_ons"].places or facts["fragments"].places or len(facts["comma_splices"].places) > 1
    )
    if (
        len(lengths) >= 10
        and 0.4 <= spread <= 0.75
        and 12 <= mean <= 26
        and not troubled
        and not facts["same_openings"].places
    ):
        short = next((entry for entry in lengths if entry[0] >= 4), lengths[0])
        shown = [Place(entry[1], entry[2]) for entry in lengths if 4 <= entry[0] < mean * 0.7]
        place = clean_place(shown, facts)
        if place is None:
            return
        yield strength(
            _HERE,
            1.1,
            f"Your sentences vary: they run from {number(short[0])} to {lengths[-1][0]} words, {mean:.0f} on average, "
            f"and no three in a "
            "row open with the same word. This short one stands out between longer ones.",
            "Change of length gives the text a rhythm and lets a point land.",
            "Where a point matters most, try the same: a short sentence after a long one.",
            place=place,
        )


def long_sentence_points(facts: Facts) -> Iterator[Observation]:
    """Holds in any language: the longest of the sentences above 40 words."""
    running = facts["run_ons"].places if "run_ons" in facts else ()
    long = [place for place in facts["long_sentences"].places if place not in running]
    if long:
        place = max(long, key=lambda each: each.end - each.start)
        sentence = facts.prose.sentence_at(place)
        words = len(sentence.words) if sentence else 0
        count = f" It is one of {number(len(long))} above 40 words." if len(long) > 1 else ""
        yield improvement(
            _HERE,
            1.4 + min(1.0, len(long) / 5),
            f"This sentence takes {words} words to reach its end.{count}",
            "The main point has to be carried in memory until then.",
            "Find its main statement, give that a sentence of its own, and let the rest follow.",
            place=place,
        )


def _boundaries(facts: Facts) -> Iterator[Observation]:
    run_ons = facts["run_ons"]
    if run_ons.places:
        place = run_ons.places[0]
        sentence = facts.prose.sentence_at(place)
        words = len(sentence.words) if sentence else 0
        others = len(run_ons.places) - 1
        tail = (
            f" {capital(times(others, 'other'))} of this kind {'follows' if others == 1 else 'follow'}."
            if others
            else ""
        )
        yield improvement(
            (Topic.SENTENCES, Topic.CONVENTIONS, Topic.GRAMMAR),
            3.0,
            f"The sentence that starts here goes on for {words} words with hardly a mark to stop at.{tail}",
            "Several thoughts are joined in one breath, so a reader has to find out alone where each of them ends.",
            "Read it aloud, put a full stop where you breathe, and start each new thought with who or what it is "
            "about.",
            place=place,
        )
    splices = facts["comma_splices"]
    if splices.places:
        yield improvement(
            (Topic.SENTENCES, Topic.CONVENTIONS, Topic.GRAMMAR),
            1.5,
            f"Two full sentences are joined by a comma alone{_in_places(len(splices.places))}.",
            "The comma hides how the second thought belongs to the first.",
            "Use a full stop, or a joining word that says the relation: “because”, “so”, “but”.",
            place=splices.places[0],
        )
    fragments = facts["fragments"]
    if fragments.places:
        opening = written(facts, fragments.places[0]).split()[0]
        yield improvement(
            (Topic.SENTENCES, Topic.CONVENTIONS, Topic.GRAMMAR),
            1.3,
            f"This sentence begins with “{opening}” and stops before its main statement "
            f"comes{_in_places(len(fragments.places))}.",
            "A reader waits for a second half.",
            "Join it to the sentence before, or finish it.",
            place=fragments.places[0],
        )


def _in_places(count: int) -> str:
    return "" if count == 1 else f" (in {number(count)} places)"


def _sameness(facts: Facts) -> Iterator[Observation]:
    runs = facts["same_openings"]
    if runs.places:
        note, place = max(zip(runs.notes, runs.places, strict=True), key=lambda pair: int(pair[0].split("|")[1]))
        word, run_text = note.split("|")
        run = int(run_text)
        word = written(facts, Place(place.start, place.start + len(word))) if word.isascii() else word
        yield improvement(
            _HERE,
            1.2 + 0.15 * run,
            f"{capital(number(run))} sentences in a row open with “{word}”, starting here.",
            "Same openings can be a device; when they are not meant, sentences begin to sound like a list.",
            choose(
                facts,
                "openings",
                (
                    "Open one of them with the time, the place or the reason instead.",
                    "Join two of them, or turn one round so that it begins with its second half.",
                ),
            ),
            place=Place(place.start, place.start + 1),
        )
    count = int(facts.value("sentences"))
    spread, mean = facts.value("sentence_length_spread"), facts.value("sentence_length_mean")
    if count >= 10 and mean < 10:
        yield improvement(
            _HERE,
            1.6,
            f"Most sentences are short: {mean:.0f} words on average over {count} sentences.",
            "Short sentences are clear, but many in a row leave the links between thoughts to the reader.",
            "Choose two neighbours that belong together and join them with “because”, “although” or “which”.",
            place=Place(facts.prose.sentences[0].start, facts.prose.sentences[0].end),
        )
    elif count >= 10 and spread < 0.28 and not facts["run_ons"].places:
        yield improvement(
            _HERE,
            1.0,
            f"The sentences are all nearly the same length, about {mean:.0f} words.",
            "Without a change of pace, nothing stands out as the main point.",
            "Put your most important point in a sentence half as long.",
            place=Place(facts.prose.sentences[count // 2].start, facts.prose.sentences[count // 2].end),
        )
