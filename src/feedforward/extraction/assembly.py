"""Pieces of text, in reading order, become one document with offsets that hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedforward.extraction.document import Block, BlockKind, Document, HiddenText, Turn, count_words
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.turns import settled_parts
from feedforward.extraction.unseen import settle

_MOST_HIDDEN = 200
_LONGEST_HIDDEN = 4000
_CLOSE = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_REFERENCE_TITLES = re.compile(
    r"(?:\W*(?:\d+|[ivx]+)[.)]?\s+)?(?:(?:list of )?references?(?: list| cited)?|bibliography|works? cited"
    r"|literature(?: cited)?|sources|reference list"
    r"|referências(?: bibliográficas)?|bibliografia|literaturverzeichnis|参考文献)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place. `gap` is the white space before it where the file's own layout must be kept;
    `page`, `line` and `turns` are as in `Block`, the turns counted from the start of this text."""

    kind: BlockKind
    text: str
    level: int | None = None
    page: int | None = None
    gap: str | None = None
    line: int | None = None
    turns: tuple[Turn, ...] = ()


def assembled(
    pieces: Iterable[Piece], *, media_type: str, hidden: Sequence[HiddenText] = (), warnings: Sequence[str] = ()
) -> Document:
    """The document made of `pieces`. Raises ExtractionRefused (empty) when it holds no word."""
    unseen: list[HiddenText] = []
    settled: list[Piece] = []
    for piece in pieces:
        is_code = piece.kind is BlockKind.CODE
        found_parts, found = settled_parts(piece.text, piece.page, piece.line, piece.turns, keep_blank_lines=is_code)
        unseen.extend(found)
        settled.extend(
            replace(piece, text=part.text, page=part.page, line=part.line, turns=part.turns) for part in found_parts
        )
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    previous: BlockKind | None = None
    for piece in _with_references(settled):
        if previous is not None:
            gap = piece.gap or ("\n" if piece.kind is previous and piece.kind in _CLOSE else "\n\n")
            parts.append(gap)
            length += len(gap)
        parts.append(piece.text)
        turns = tuple(replace(turn, at=turn.at + length) for turn in piece.turns)
        blocks.append(Block(piece.kind, length, length + len(piece.text), piece.level, piece.page, piece.line, turns))
        length += len(piece.text)
        previous = piece.kind
    text = "".join(parts)
    if not count_words(text):
        raise ExtractionRefused(RefusalKind.EMPTY)
    return Document(text, media_type, tuple(blocks), _gathered([*hidden, *unseen]), tuple(dict.fromkeys(warnings)))


def _with_references(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """The same pieces, with the entries under a heading such as "Works Cited" known as references."""
    in_list = False
    for piece in pieces:
        if piece.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and _REFERENCE_TITLES.fullmatch(piece.text):
            in_list = True
            yield replace(piece, kind=BlockKind.HEADING)
            continue
        if piece.kind is BlockKind.HEADING:
            in_list = False
        if in_list and piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            yield replace(piece, kind=BlockKind.REFERENCE)
        else:
            yield piece


def _gathered(hidden: Sequence[HiddenText]) -> tuple[HiddenText, ...]:
    """Neighbouring finds of one reason as one, each cleaned and no longer than a person would read."""
    gathered: list[HiddenText] = []
    for found in hidden:
        text, deeper = settle(found.text)
        for each in (HiddenText(" ".join(text.split()), found.why), *deeper):
            if not each.text:
                continue
            last = gathered[-1] if gathered else None
            if last and last.why == each.why:
                gathered[-1] = HiddenText(f"{last.text} {each.text}"[:_LONGEST_HIDDEN], last.why)
            else:
                gathered.append(HiddenText(each.text[:_LONGEST_HIDDEN], each.why))
    return tuple(gathered[:_MOST_HIDDEN])
