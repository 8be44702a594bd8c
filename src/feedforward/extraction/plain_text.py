"""Plain text: bytes of any encoding become characters, and lines become paragraphs, lists and headings."""

import codecs
import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, Turn
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27}) + b"\x7f"
_WESTERN = set("‘’“”–—…•€£§©®°²³½«»´ ÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÕÖØÙÚÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒšŠžŽ¿¡·×™º")
_MOST_CONTROLS = 0.005
_MOST_ODD = 0.02
_LONG_LINE = 120
_SHORT_LINE = 45

_LIST_ITEM = re.compile(r"\s*(?:[-*•‣◦–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+\S")
_ENDS_SENTENCE = re.compile(r"[.!?:;,…\"”’)\]。！？]$")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def decoded(data: bytes) -> str:
    """The characters in `data`. Raises ExtractionRefused (not_text) for anything that is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _readable(data[len(mark) :].decode(encoding))
            except UnicodeDecodeError:
                raise ExtractionRefused(RefusalKind.NOT_TEXT) from None
    if b"\0" in data[:4096]:
        return _readable(_without_mark(data))
    try:
        return _readable(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - _MOST_CONTROLS):
        raise ExtractionRefused(RefusalKind.NOT_TEXT)
    return _readable(_western(data) or _guessed(data))


def _without_mark(data: bytes) -> str:
    """UTF-16 that lost its byte order mark shows in zeros that stand at every other place."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > 10 * even else "utf-16-be" if even > 10 * odd else ""
    if not encoding or max(even, odd) < len(data) // 5:
        raise ExtractionRefused(RefusalKind.NOT_TEXT)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ExtractionRefused(RefusalKind.NOT_TEXT) from None


def _western(data: bytes) -> str | None:
    """The text in Windows-1252 where its unusual signs are those of a Western language."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    unusual = [sign for sign in text if sign > "\x7f"]
    expected = sum(sign in _WESTERN for sign in unusual)
    return text if expected >= 0.9 * len(unusual) and len(unusual) <= 0.25 * len(text) else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 256 * 1024], threshold=0.3).best()
    if best is None:
        raise ExtractionRefused(RefusalKind.NOT_TEXT)
    return data.decode(best.encoding, "replace")


def _readable(text: str) -> str:
    odd = sum(
        sign in "\ufffd\x7f" or "\ue000" <= sign <= "\uf8ff" or (sign < " " and sign not in "\t\n\r\f\x1a")
        for sign in text
    )
    if odd > max(2, _MOST_ODD * len(text)):
        raise ExtractionRefused(RefusalKind.NOT_TEXT)
    return text


def pieces_of_text(text: str) -> Iterator[Piece]:
    """Paragraphs, list items and headings as plain text shows them, each with its line.

    Blank lines part paragraphs; where lines are long, each line is a paragraph; lines that somebody's editor wrapped
    are joined again; other line breaks stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    width = max((len(line) for line in text.split("\n")), default=0)
    line, position = 1, 0
    ends = [*(found.span() for found in _BLANK_LINES.finditer(text)), (len(text), len(text))]
    last = len(text.rstrip())
    for start, end in ends:
        for first, group in _paragraphs(text[position:start].split("\n"), width):
            yield _piece(group, may_be_heading=start < last, width=width, line=line + first)
        line += text.count("\n", position, end)
        position = end


def _paragraphs(lines: list[str], width: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of each paragraph, and the index of its first."""
    group: list[str] = []
    first = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if group and (width > _LONG_LINE or _LIST_ITEM.match(line)):
            yield first, group
            group = []
        first = first if group else index
        group.append(line)
    if group:
        yield first, group


def _piece(lines: list[str], *, may_be_heading: bool, width: int, line: int) -> Piece:
    turns: tuple[Turn, ...] = ()
    if _wrapped(lines, width):
        lines = [each.strip() for each in lines]
        starts = accumulate(len(each) + 1 for each in lines[:-1])
        turns = tuple(Turn(start, line=line + number) for number, start in enumerate(starts, start=1))
        text = " ".join(lines)
    else:
        text = "\n".join(each.rstrip() for each in lines)
    kind = BlockKind.PARAGRAPH
    if _LIST_ITEM.match(lines[0]) and not (len(lines) == 1 and may_be_heading and _numbered_heading(text)):
        kind = BlockKind.LIST_ITEM
    elif may_be_heading and len(lines) == 1 and looks_like_heading(text):
        kind = BlockKind.HEADING
    return Piece(kind, text, line=line, turns=turns)


def _wrapped(lines: list[str], width: int) -> bool:
    """Whether these lines are one paragraph cut at a right margin: the next word never had room on its line."""
    if len(lines) < 2 or not _SHORT_LINE <= width <= _LONG_LINE:
        return False
    longest = max(map(len, lines))
    return longest >= _SHORT_LINE and all(
        len(line.rstrip()) + 1 + len(following.split()[0]) > longest - 2 for line, following in pairwise(lines)
    )


def _numbered_heading(text: str) -> bool:
    return bool(re.match(r"\s*(?:\d{1,2}|[IVX]{1,4})\.\s+[A-Z]", text)) and looks_like_heading(text)


def looks_like_heading(text: str) -> bool:
    """Whether a line that stands alone reads like a title: short, begun with a capital or number, not a sentence."""
    text = text.strip()
    words = text.split()
    return 0 < len(words) <= 10 and not _ENDS_SENTENCE.search(text) and (text[0].isupper() or text[0].isdecimal())
