"""Where a piece of text changes page or line, kept through the cleaning of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedforward.extraction.document import HiddenText, Turn
from feedforward.extraction.unseen import settle

# A noncharacter: `settle` leaves it alone, and no font draws it.
_SENTINEL = "\ufdd0"
_BLANKS_AT_LINE_ENDS = re.compile(r"[ \t]+(?=\n|$)")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Settled:
    """Cleaned text with its first page and line, and the turns within it (counted from its first character)."""

    text: str
    page: int | None
    line: int | None
    turns: tuple[Turn, ...] = ()


def settled_parts(
    text: str, page: int | None, line: int | None, turns: Sequence[Turn], *, keep_blank_lines: bool
) -> tuple[list[Settled], tuple[HiddenText, ...]]:
    """What everybody sees of `text`, cut at blank lines unless they are kept, and what was hidden in it.

    `turns` count from the start of `text` as it is given; they are found again after signs were removed and joined.
    """
    if _SENTINEL in text:
        text = text.replace(_SENTINEL, "")
        turns = ()
    clean, hidden = settle(_with_sentinels(text, turns) if turns else text)
    places: list[int] = []
    if turns:
        clean, places = _without_sentinels(clean)
    clean, places = _without_blanks_at_line_ends(clean, places)
    moved = [replace(turn, at=at) for turn, at in zip(turns, places, strict=True)]
    parts: list[Settled] = []
    for start, end in _spans(clean, keep_blank_lines=keep_blank_lines):
        here = tuple(replace(turn, at=turn.at - start) for turn in moved if start < turn.at < end)
        first_page, first_line = _at(clean, start, page, line, moved)
        parts.append(Settled(clean[start:end], first_page, first_line, here))
    return parts, hidden


def line_at(text: str, start: int, at: int, line: int, turns: Sequence[Turn]) -> int:
    """The line of character `at`, where `start` stands on `line` and `turns` say what changes between."""
    for turn in turns:
        if turn.at > at:
            break
        if turn.line is not None:
            start, line = turn.at, turn.line
    return line + text.count("\n", start, max(start, at))


def _with_sentinels(text: str, turns: Sequence[Turn]) -> str:
    parts, position = [], 0
    for turn in turns:
        parts.append(text[position : turn.at])
        position = turn.at
    return _SENTINEL.join([*parts, text[position:]])


def _without_sentinels(text: str) -> tuple[str, list[int]]:
    parts = text.split(_SENTINEL)
    places, length = [], 0
    for part in parts[:-1]:
        length += len(part)
        places.append(length)
    return "".join(parts), places


def _without_blanks_at_line_ends(text: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """The text, and where `places` of it are then."""
    if not places:
        return _BLANKS_AT_LINE_ENDS.sub("", text), []
    removed = [found.span() for found in _BLANKS_AT_LINE_ENDS.finditer(text)]
    moved = [place - sum(max(0, min(end, place) - start) for start, end in removed) for place in places]
    return _BLANKS_AT_LINE_ENDS.sub("", text), moved


def _spans(text: str, *, keep_blank_lines: bool) -> list[tuple[int, int]]:
    if keep_blank_lines:
        start, end = len(text) - len(text.lstrip("\n")), len(text.rstrip("\n"))
        return [(start, end)] if text[start:end].strip() else []
    edges = [0, *(edge for found in _BLANK_LINES.finditer(text) for edge in found.span()), len(text)]
    spans = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        part = text[start:end]
        if stripped := part.strip():
            first = start + len(part) - len(part.lstrip())
            spans.append((first, first + len(stripped)))
    return spans


def _at(
    text: str, start: int, page: int | None, line: int | None, turns: Sequence[Turn]
) -> tuple[int | None, int | None]:
    for turn in turns:
        if turn.at <= start and turn.page is not None:
            page = turn.page
    return page, None if line is None else line_at(text, 0, start, line, turns)
