"""RTF: its visible text with paragraphs, lists, tables and notes; what its control words hide is kept apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.plain_text import looks_like_heading
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.rtf_pages import RtfPages, pages_of
from feedforward.extraction.visibility import WHITE, Colour, why_unseen

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_NO_TEXT = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer",
        "footerl", "footerr", "footerf", "object", "themedata", "colorschememapping", "datastore", "latentstyles",
        "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "filetbl", "revtbl",
        "listtext", "pntext", "pntxta", "pntxtb", "bkmkstart", "bkmkend", "annotation", "atnid",
        "atnauthor", "nonshppict",
        "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "mmathPr", "wgrffmtfilter", "private", "sp", "picprop",
    )
)  # fmt: skip
_SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_MOST_DEPTH = 500
_SET_IN_TWIPS = 500


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits. `spare` is how many fallback characters follow a Unicode one."""

    silent: bool = False
    note: bool = False
    hidden: bool = False
    colour: int = 0
    behind: int = 0
    points: float = 12.0
    bold: bool = False
    capitals: bool = False
    deleted: bool = False
    spare: int = 1
    level: int | None = None
    listed: bool = False
    left: int = 0
    first: int = 0


@dataclass
class _Reader:
    source: str
    state: _State = _State()
    stack: list[_State] = field(default_factory=list)
    encoding: str = "cp1252"
    colours: list[Colour | None] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    note_parts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    skip: int = 0
    bold: bool = True
    pages: RtfPages = field(default_factory=lambda: RtfPages(None, None))

    def read(self) -> None:
        starred = False
        for found in _TOKEN.finditer(self.source):
            if byte := found["byte"]:
                self._byte(int(byte, 16))
                continue
            self._flush_bytes()
            if brace := found["brace"]:
                self._brace(brace)
            elif word := found["word"]:
                if starred or word in _NO_TEXT:
                    self.state = replace(self.state, silent=self.state.silent or word not in ("shppict", "shptxt"))
                self._word(word, int(found["number"]) if found["number"] else None)
            elif sign := found["sign"]:
                starred = sign == "*"
                self._put({"~": " ", "_": "-", "-": "", "\n": "\n"}.get(sign, sign if sign in "\\{}" else ""))
                continue
            elif text := found["text"]:
                skipped, self.skip = min(self.skip, len(text)), self.skip - min(self.skip, len(text))
                self._put(text[skipped:])
            starred = False
        self._flush_bytes()
        self._paragraph()

    def _brace(self, brace: str) -> None:
        self.skip = 0
        if brace == "{":
            if len(self.stack) > _MOST_DEPTH:
                raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE)
            self.stack.append(self.state)
        elif self.stack:
            before, self.state = self.state, self.stack.pop()
            if before.note and not self.state.note:
                self.notes.append(Piece(BlockKind.FOOTNOTE, "".join(self.note_parts).strip()))
                self.note_parts.clear()

    def _byte(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.pending.append(value)

    def _flush_bytes(self) -> None:
        if self.pending:
            data = bytes(self.pending)
            self.pending.clear()
            self._put(data.decode(self.encoding, "replace"))

    def _put(self, text: str) -> None:
        state = self.state
        if not text or state.silent or state.deleted:
            return
        text = text.upper() if state.capitals else text
        behind = self._colour(state.behind) or WHITE
        why = "hidden text" if state.hidden else why_unseen(self._colour(state.colour), behind, state.points)
        if why and text.strip():
            self.hidden.append(HiddenText(text, why))
        elif state.note:
            self.note_parts.append(text)
        else:
            self.parts.append(text)
            self.bold = self.bold and (state.bold or not text.strip())

    def _colour(self, index: int) -> Colour | None:
        return self.colours[index] if 0 < index < len(self.colours) else None

    def _paragraph(self) -> None:
        whole = "".join(self.parts)
        text = whole.strip()
        if text:
            is_heading = self.state.level is not None or (self.bold and looks_like_heading(text))
            kind = BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH
            if not is_heading and self.state.listed:
                kind = BlockKind.LIST_ITEM
            elif not is_heading and self.state.left >= _SET_IN_TWIPS and self.state.first == 0:
                kind = BlockKind.QUOTATION
            page, turns = self.pages.closed(len(whole) - len(whole.lstrip()), len(text))
            self.pieces.append(Piece(kind, text, level=self.state.level, page=page, turns=turns))
        self.pages.start_block()
        self.parts.clear()
        self.bold = True

    def _word(self, word: str, number: int | None) -> None:
        on = number != 0
        match word:
            case "par" | "sect" | "page" | "softpage":
                if word.endswith("page") and not self.state.silent:
                    self.pages.turn(len("".join(self.parts)))
                if word != "softpage":
                    self._put("\n") if self.state.note else self._paragraph()
            case "cell" | "nestcell":
                self.cells.append(" ".join("".join(self.parts).split()))
                self.parts.clear()
            case "row" | "nestrow":
                self.pieces.append(Piece(BlockKind.TABLE_ROW, "\t".join(self.cells), page=self.pages.opened))
                self.pages.start_block()
                self.cells.clear()
            case "u" if number is not None:
                self._put(chr(number % 0x10000))
                self.skip = self.state.spare
            case "uc":
                self.state = replace(self.state, spare=min(max(number or 0, 0), 8))
            case "ansicpg" if number:
                self.encoding = f"cp{number}" if _known(f"cp{number}") else self.encoding
            case "footnote":
                self.state = replace(self.state, note=True)
            case "pard":
                self.state = replace(self.state, level=None, listed=False, left=0, first=0)
            case "plain":
                self.state = replace(
                    self.state, hidden=False, colour=0, behind=0, points=12.0, bold=False, deleted=False
                )
            case "outlinelevel" if number is not None and 0 <= number < 9:
                self.state = replace(self.state, level=number + 1)
            case "li" | "lin":
                self.state = replace(self.state, left=number or 0)
            case "fi":
                self.state = replace(self.state, first=number or 0)
            case "ls":
                self.state = replace(self.state, listed=True)
            case "v":
                self.state = replace(self.state, hidden=on)
            case "b":
                self.state = replace(self.state, bold=on)
            case "caps":
                self.state = replace(self.state, capitals=on)
            case "deleted":
                self.state = replace(self.state, deleted=on)
            case "cf" | "highlight" | "cb" | "chcbpat":
                index = number or 0
                self.state = replace(self.state, colour=index) if word == "cf" else replace(self.state, behind=index)
            case "fs" if number is not None:
                self.state = replace(self.state, points=number / 2)
            case _ if word in _SIGNS:
                self._put(_SIGNS[word])


def read_rtf(data: bytes) -> tuple[list[Piece], list[HiddenText]]:
    """The pieces of an RTF file and its hidden text. Raises ExtractionRefused (corrupt_or_unsafe)."""
    source = data.decode("latin-1")
    reader = _Reader(source, colours=list(_colours(source)), pages=pages_of(source))
    reader.read()
    return _with_whole_signs([*_quotations_if_few(reader.pieces), *reader.notes]), reader.hidden


def _quotations_if_few(pieces: list[Piece]) -> list[Piece]:
    """Setting paragraphs in means a quotation where fewer than a third of them are."""
    set_in = sum(piece.kind is BlockKind.QUOTATION for piece in pieces)
    if 3 * set_in < max(3, len(pieces)):
        return pieces
    return [replace(p, kind=BlockKind.PARAGRAPH) if p.kind is BlockKind.QUOTATION else p for p in pieces]


def _with_whole_signs(pieces: list[Piece]) -> list[Piece]:
    """Characters beyond the first plane arrive as two halves."""
    return [
        replace(piece, text=piece.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        for piece in pieces
    ]


def _colours(source: str) -> Iterator[Colour | None]:
    table = re.search(r"\{\\colortbl([^{}]{0,20000})\}", source)
    for entry in table.group(1).split(";") if table else ():
        parts = [re.search(rf"\\{name}(\d{{1,3}})", entry) for name in ("red", "green", "blue")]
        red, green, blue = (int(part.group(1)) if part else None for part in parts)
        yield (red, green, blue) if red is not None and green is not None and blue is not None else None


def _known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True
