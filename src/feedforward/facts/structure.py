"""Paragraphs and sentences: how many, how long, how they stand to each other."""

import statistics
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.prose import Paragraph, Prose

LONG_PARAGRAPH = 250
LONG_SENTENCE = 40
LONG_PARAGRAPH_OF_SIGNS = 500
LONG_SENTENCE_OF_SIGNS = 100
_LONGEST_TITLE = 12


def structure_facts(prose: Prose) -> Iterator[Fact]:
    """Counts, proportions and lengths; nothing here depends on the language."""
    total = len(prose.words)
    own = [paragraph for paragraph in prose.paragraphs if not paragraph.is_list_item and not paragraph.is_quotation]
    yield measured("words", total)
    yield measured("paragraphs", len(prose.paragraphs), [paragraph.place for paragraph in prose.paragraphs])
    yield counted("list_items", [(each.place, "") for each in prose.paragraphs if each.is_list_item])
    yield measured("headings", len(prose.headings), list(prose.headings))
    beginning = own[1:] if len(own) > 2 and _is_title(prose, own[0]) else own
    first, last = (beginning[0], own[-1]) if own else (None, None)
    yield measured(
        "introduction_share", first.word_count / total if first and total else 0, [first.place] if first else []
    )
    yield measured("conclusion_share", last.word_count / total if last and total else 0, [last.place] if last else [])
    short = [each for each in own if len(each.sentences) == 1 and each.word_count >= 4]
    yield counted("one_sentence_paragraphs", [(each.place, f"{each.word_count} words") for each in short])
    longest = LONG_PARAGRAPH_OF_SIGNS if prose.counts_signs else LONG_PARAGRAPH
    long = [each for each in own if each.word_count > longest]
    yield counted("long_paragraphs", [(each.place, f"{each.word_count} words") for each in long])
    sizes = [each.word_count for each in own if each.word_count]
    largest = max(own, key=lambda each: each.word_count, default=None)
    yield measured(
        "longest_paragraph_share",
        largest.word_count / total if largest and total else 0,
        [largest.place] if largest else [],
    )
    middle = statistics.fmean(sizes) if sizes else 0.0
    yield measured("paragraph_length_mean", middle)
    yield measured("paragraph_length_spread", statistics.pstdev(sizes) / middle if middle else 0)
    limit = LONG_SENTENCE_OF_SIGNS if prose.counts_signs else LONG_SENTENCE
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
            if len(sentence.words) > limit
        ],
    )


def opening_variety(prose: Prose) -> Fact:
    """Different first words over sentences; for languages with spaces between words."""
    openings = [sentence.words[0].form for sentence in prose.sentences if sentence.words]
    return measured("opening_variety", len(set(openings)) / len(openings) if openings else 0)


def _is_title(prose: Prose, paragraph: Paragraph) -> bool:
    """Whether the first paragraph is a title that the file does not mark as one: short and without an end mark."""
    return paragraph.word_count <= _LONGEST_TITLE and prose.text[paragraph.end - 1] not in ".!?。！？…:：,"


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
