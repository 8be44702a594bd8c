"""Whether a paragraph holds together: words carried from sentence to sentence, and to the thesis and the task."""

import re
from collections.abc import Iterator
from itertools import pairwise

from feedforward.facts.cohesion import opens_with_link
from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.lexicon import REFERRING_WORDS
from feedforward.facts.prose import Paragraph, Prose, is_content
from feedforward.facts.task import root_of, task_forms
from feedforward.facts.words import Sentence

_FEWEST_SENTENCES = 4
_ANNOUNCED = re.compile(r"\b(?:many|several|various|numerous|following|a number of|a few|other) \w+", re.IGNORECASE)
"""An opening that announces several things: what follows is a list, and need not be tied."""
_LOOSE = 0.25
_SPEAKERS = frozenset(["i", "my", "me", "we", "our", "us", "you", "your", "everyone", "everybody", "people"])
_FEWEST_WORDS = 30


def unity_facts(prose: Prose, thesis_candidates: tuple[Place, ...], task: str) -> Iterator[Fact]:
    """Overlap of neighbouring sentences, and of body paragraphs with thesis and task. English only."""
    pairs = [(a, b) for a, b in pairwise(prose.sentences) if a.paragraph == b.paragraph and b.words]
    held = [_are_held_together(prose.text, a, b) for a, b in pairs]
    yield measured("sentence_overlap", sum(held) / len(pairs) if pairs else 0)
    yield counted("loose_paragraphs", list(_loose(prose, pairs, held)))
    body = [
        (position, each)
        for position, each in enumerate(prose.paragraphs)
        if position and each.word_count >= _FEWEST_WORDS and not each.is_list_item and not each.is_quotation
    ]
    thesis = _thesis_roots(prose, thesis_candidates)
    yield from _taken_up("thesis_overlap", "paragraphs_off_thesis", body, thesis)
    roots_of_task = frozenset(root_of(part) for form in task_forms(task) for part in {form, *form.split("-")})
    if roots_of_task:
        yield from _taken_up("task_overlap", "paragraphs_off_task", body, roots_of_task)


def _are_held_together(text: str, before: Sentence, after: Sentence) -> bool:
    """A word that refers back, a linking word at its head, or a content word shared whatever its ending."""
    if any(word.form in REFERRING_WORDS for word in after.words[:6]) or opens_with_link(text, after.start, after.end):
        return True
    earlier = {root_of(word.form) for word in before.words if is_content(word.form) or word.form in _SPEAKERS}
    return any(root_of(word.form) in earlier for word in after.words)


def _loose(prose: Prose, pairs: list[tuple[Sentence, Sentence]], held: list[bool]) -> Iterator[tuple[Place, str]]:
    by_paragraph: dict[int, list[bool]] = {}
    for (before, _), is_held in zip(pairs, held, strict=True):
        by_paragraph.setdefault(before.paragraph, []).append(is_held)
    for position, ties in by_paragraph.items():
        paragraph = prose.paragraphs[position]
        if len(ties) >= _FEWEST_SENTENCES - 1 and sum(ties) < _LOOSE * len(ties) and not paragraph.is_quotation:
            opening = prose.text[paragraph.sentences[0].start : paragraph.sentences[0].end]
            if _ANNOUNCED.search(opening):
                continue
            yield paragraph.place, f"{sum(ties)} of {len(ties)} sentences tied"


def _thesis_roots(prose: Prose, candidates: tuple[Place, ...]) -> frozenset[str]:
    """The roots of the thesis: the opening's last sentence worded as a position, or else the whole opening."""
    if not prose.paragraphs:
        return frozenset()
    opening = next((each for each in prose.paragraphs if each.word_count >= 12), prose.paragraphs[0])
    stated = [place for place in candidates if opening.start <= place.start < opening.end]
    sentences = [each for each in opening.sentences if stated and each.start == stated[-1].start]
    found = _roots(sentences or opening.sentences)
    return found if len(found) >= 3 else _roots(opening.sentences)


def _roots(sentences: tuple[Sentence, ...] | list[Sentence]) -> frozenset[str]:
    return frozenset(
        root_of(part)
        for each in sentences
        for word in each.words
        for part in {word.form, *word.form.split("-")}
        if is_content(part)
    )


def _taken_up(share: str, off: str, body: list[tuple[int, Paragraph]], wanted: frozenset[str]) -> Iterator[Fact]:
    shared = [(position, each, len(_roots(each.sentences) & wanted)) for position, each in body]
    yield measured(share, sum(count >= 2 for _, _, count in shared) / len(body) if body else 0)
    far = [(each.place, f"paragraph {position + 1}") for position, each, count in shared if not count and wanted]
    yield counted(off, far)
