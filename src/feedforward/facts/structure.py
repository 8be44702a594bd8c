"""Paragraphs and sentences: how many, how long, how they stand to each other."""

import statistics
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.prose import Prose

LONG_PARAGRAPH = 250
LONG_SENTENCE = 40


def structure_facts(prose: Prose) -> Iterator[Fact]:
    """Counts, proportions and lengths; nothing here depends on the language."""
    total = len(prose.words)
    own = [paragraph for paragraph in prose.paragraphs if not paragraph.is_list_item and not paragraph.is_quotation]
    yield measured("words", total)
    yield measured("paragraphs", len(prose.paragraphs), [paragraph.place for paragraph in prose.paragraphs])
    yield measured("headings", len(prose.headings), list(prose.headings))
    first, last = (own[0], own[-1]) if own else (None, None)
    yield measured(
        "introduction_share", first.word_count / total if first and total else 0, [first.place] if first else []
    )
    yield measured("conclusion_share", last.word_count / total if last and total else 0, [last.place] if last else [])
    short = [each for each in own if len(each.sentences) == 1 and each.word_count >= 4]
    yield counted("one_sentence_paragraphs", [(each.place, f"{each.word_count} words") for each in short])
    long = [each for each in own if each.word_count > LONG_PARAGRAPH]
    yield counted("long_paragraphs", [(each.place, f"{each.word_count} words") for each in long])
    lengths = [len(sentence.words) for sentence in prose.sentences if sentence.words]
    mean = statistics.fmean(lengths) if lengths else 0.0
    yield measured("sentences", len(lengths))
    yield measured("sentence_length_mean", mean)
    yield measured("sentence_length_spread", statistics.pstdev(lengths) / mean if mean else 0)
    yield counted(
        "long_sentences",
        [
            (Place(sentence.start, sentence.end), f"{len(sentence.words)} words")
            for sentence in prose.sentences
            if len(sentence.words) > LONG_SENTENCE
        ],
    )


def same_openings(prose: Prose) -> Fact:
    """Three or more sentences in a row that open with the same word ("The" only from four on); one place for each "
    "run."""
    runs: list[tuple[Place, str]] = []
    begin = 0
    sentences = [sentence for sentence in prose.sentences if sentence.words]
    for at in range(1, len(sentences) + 1):
        opening = sentences[begin].words[0].form
        if at < len(sentences) and sentences[at].words[0].form == opening:
            continue
        if at - begin >= (4 if opening == "the" else 3):
            runs.append((Place(sentences[begin].start, sentences[at - 1].end), f"{opening}|{at - begin}"))
        begin = at
    return counted("same_openings", runs)
