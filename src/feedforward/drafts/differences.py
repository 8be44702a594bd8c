"""What became of each sentence from one draft to the next: kept, reworded, moved, added, removed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from feedforward.drafts.alignment import Folded, Pair, folded, in_order, likeness_of, pairs_of
from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.words import sentence_places

HALF_AT_LEAST = 0.6
"""Share of a sentence's words that must stand in the other one before it counts as its half."""
MOST_SENTENCES = 2000
"""Texts of more sentences (about 40,000 words) are not compared: it would take longer than a page may."""

_GAP = re.compile(r"\n\s*\n|\n(?=[\t\u3000]| {2,})")
_WHOLE = {BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.CODE, BlockKind.REFERENCE}
_WORD_OR_SIGN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_MOST_COMPARED = 2_000_000


class Span(NamedTuple):
    """Characters `start` to `end` of a draft's text."""

    start: int
    end: int


class ChangeKind(StrEnum):
    """What became of a sentence. A moved one may be lightly reworded as well."""

    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change with its sentences in both drafts, in order.

    `old` is empty for an added sentence, `new` for a removed one; several stand on one side where a sentence was split
    or several were made one. `likeness` is the share of words in common, 0 to 1, 1 where not a word differs.
    """

    kind: ChangeKind
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A stretch of a sentence; `changed` where the other draft's sentence does not have it."""

    text: str
    changed: bool


def sentence_spans(text: str, blocks: Sequence[Block] = ()) -> list[Span]:
    """The sentences of a draft, in order; headings, table rows, sources and lines of code count as one each."""
    pieces = [(block.kind, block.start, block.end) for block in blocks] or list(_paragraphs(text))
    spans: list[Span] = []
    for kind, start, end in pieces:
        if kind in _WHOLE:
            spans += _lines(text, start, end)
        else:
            spans += (Span(first, last) for first, last in sentence_places(text, start, end))
    return spans


def too_long(*texts: Sequence[Span]) -> bool:
    """Whether one of the texts has too many sentences to be compared."""
    return any(len(spans) > MOST_SENTENCES for spans in texts)


def differences(old: str, new: str, old_spans: Sequence[Span], new_spans: Sequence[Span]) -> tuple[Change, ...]:
    """The changes in the order of the new draft, removed sentences where they stood.

    Every span of `old_spans` is in exactly one change that is not added, every span of `new_spans` in exactly one that
    is not removed. Spans are in order and do not overlap. 3,000 words take some 50 ms, 20,000 some 300.
    """
    before = [folded(old[span.start : span.end]) for span in old_spans]
    after = [folded(new[span.start : span.end]) for span in new_spans]
    pairs = pairs_of(before, after)
    stayed = {pair.old for pair in in_order(pairs)}
    groups = _with_halves(pairs, before, after)
    return tuple(_in_reading_order(groups, stayed, old_spans, new_spans))


def changed_words(old: str, new: str) -> tuple[tuple[WordPiece, ...], tuple[WordPiece, ...]]:
    """Both wordings cut where they differ; joined again the pieces of each side are its text."""
    first, second = _WORD_OR_SIGN.findall(old), _WORD_OR_SIGN.findall(new)
    if len(first) * len(second) > _MOST_COMPARED:
        return (WordPiece(old, changed=True),), (WordPiece(new, changed=True),)
    in_old, in_new = [True] * len(first), [True] * len(second)
    for block in LCSseq.opcodes(first, second).as_matching_blocks():
        for step in range(block.size):
            in_old[block.a + step] = in_new[block.b + step] = False
    return _pieces(first, in_old), _pieces(second, in_new)


@dataclass(frozen=True, slots=True)
class _Group:
    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float


def _paragraphs(text: str) -> Iterator[tuple[BlockKind, int, int]]:
    begin = 0
    for gap in _GAP.finditer(text):
        yield BlockKind.PARAGRAPH, begin, gap.start()
        begin = gap.end()
    yield BlockKind.PARAGRAPH, begin, len(text)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            first = start + line.index(stripped)
            yield Span(first, first + len(stripped))
        start += len(line) + 1


def _with_halves(pairs: Sequence[Pair], old: Sequence[Folded], new: Sequence[Folded]) -> list[_Group]:
    """The pairs; one that was split, or made of several, with all its parts."""
    free_old = set(range(len(old))) - {pair.old for pair in pairs}
    free_new = set(range(len(new))) - {pair.new for pair in pairs}
    groups = []
    for pair in pairs:
        group = _Group((pair.old,), (pair.new,), pair.likeness)
        if pair.likeness < 1:
            group = _extended(group, free_new, old, new, later=True)
            if len(group.new) == 1:
                group = _extended(group, free_old, old, new, later=False)
        groups.append(group)
    return groups


def _extended(group: _Group, free: set[int], old: Sequence[Folded], new: Sequence[Folded], *, later: bool) -> _Group:
    """The group with the free neighbours that are part of its sentence; takes them out of `free`."""
    single, parts = (group.old, group.new) if later else (group.new, group.old)
    whole_of, parts_of = (old, new) if later else (new, old)
    whole = whole_of[single[0]].words
    likeness = group.likeness
    while True:
        for place in (parts[-1] + 1, parts[0] - 1):
            if place not in free or not parts_of[place].words:
                continue
            wider = (*parts, place) if place > parts[-1] else (place, *parts)
            together = [word for each in wider for word in parts_of[each].words]
            found = likeness_of(whole, together)
            inside = LCSseq.similarity(whole, parts_of[place].words) / len(parts_of[place].words)
            if found > likeness and inside >= HALF_AT_LEAST:
                parts, likeness = wider, found
                free.discard(place)
                break
        else:
            break
    old_places, new_places = (single, parts) if later else (parts, single)
    return _Group(old_places, new_places, min(likeness, 0.999))


def _in_reading_order(
    groups: Sequence[_Group], stayed: set[int], old_spans: Sequence[Span], new_spans: Sequence[Span]
) -> Iterator[Change]:
    by_old = {place: group for group in groups for place in group.old}
    by_new = {place: group for group in groups for place in group.new}
    at = 0

    def removed_up_to(end: int) -> Iterator[Change]:
        nonlocal at
        for place in range(at, end):
            if place not in by_old:
                yield Change(ChangeKind.REMOVED, (old_spans[place],), (), 0.0)
        at = max(at, end)

    for place in range(len(new_spans)):
        group = by_new.get(place)
        if group is None:
            yield Change(ChangeKind.ADDED, (), (new_spans[place],), 0.0)
            continue
        if place != group.new[0]:
            continue
        remains = any(each in stayed for each in group.old)
        if remains:
            yield from removed_up_to(group.old[0])
        kind = ChangeKind.MOVED if not remains else ChangeKind.KEPT if group.likeness == 1 else ChangeKind.REWORDED
        spans = tuple(old_spans[each] for each in group.old), tuple(new_spans[each] for each in group.new)
        yield Change(kind, *spans, group.likeness)
        if remains:
            at = max(at, group.old[-1] + 1)
    yield from removed_up_to(len(old_spans))


def _pieces(tokens: Sequence[str], changed: list[bool]) -> tuple[WordPiece, ...]:
    """Neighbours of one sort together; a space between two changed words is part of the change."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].isspace() and changed[place - 1] and changed[place + 1]:
            changed[place] = True
    pieces: list[WordPiece] = []
    for token, is_changed in zip(tokens, changed, strict=True):
        if pieces and pieces[-1].changed == is_changed:
            pieces[-1] = WordPiece(pieces[-1].text + token, is_changed)
        else:
            pieces.append(WordPiece(token, is_changed))
    return tuple(pieces)
