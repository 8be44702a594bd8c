"""OpenDocument texts: paragraphs, lists, tables and notes; tracked changes accepted, hidden text kept apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedforward.extraction.archives import Package, local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText, Turn
from feedforward.extraction.docx_styles import attribute, child
from feedforward.extraction.plain_text import looks_like_heading
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.visibility import WHITE, Colour, colour_of, why_unseen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SKIPPED = ("tracked-changes", "annotation", "annotation-end", "change", "deletion", "forms", "sequence-decls")
_CONTENTS = ("table-of-content", "alphabetical-index", "illustration-index", "table-index")
_DEEPEST_CHAIN = 20
_SET_IN = 0.88
# XML cannot hold a form feed, so that one in a paragraph is a page that ends there.
_PAGE_ENDS = "\f"


@dataclass(frozen=True, slots=True)
class _Look:
    colour: Colour | None = None
    behind: Colour | None = None
    points: float | None = None
    hidden: bool = False
    set_in: bool = False
    names: tuple[str, ...] = ()


class _Styles:
    def __init__(self, *roots: "Element | None") -> None:
        self._written: dict[str, Element] = {}
        self._known: dict[str, _Look] = {}
        for root in roots:
            for each in root.iter() if root is not None else ():
                if local(each.tag) == "style" and (name := attribute(each, "name")):
                    self._written.setdefault(name, each)

    def look(self, name: str | None, depth: int = 0) -> _Look:
        written = self._written.get(name or "")
        if name is None or written is None or depth > _DEEPEST_CHAIN:
            return _Look()
        if name not in self._known:
            below = self.look(attribute(written, "parent-style-name"), depth + 1)
            self._known[name] = _over(written, below, (attribute(written, "display-name") or name).lower())
        return self._known[name]


def _over(style: "Element", below: _Look, name: str) -> _Look:
    look = replace(below, names=(name, *below.names))
    for properties in style:
        if colour := colour_of(attribute(properties, "color")):
            look = replace(look, colour=colour)
        if behind := colour_of(attribute(properties, "background-color")):
            look = replace(look, behind=behind)
        size = (attribute(properties, "font-size") or "").removesuffix("pt")
        if size.replace(".", "", 1).isdecimal():
            look = replace(look, points=float(size))
        if (left := attribute(properties, "margin-left")) is not None:
            look = replace(look, set_in=_centimetres(left) >= _SET_IN)
        if _centimetres(attribute(properties, "text-indent") or "") < 0:
            look = replace(look, set_in=False)
        if (display := attribute(properties, "display")) is not None:
            look = replace(look, hidden=display in ("none", "condition"))
    return look


def read_odt(package: Package) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of an OpenDocument text, its hidden text, and warnings. Raises ExtractionRefused."""
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise ExtractionRefused(RefusalKind.ENCRYPTED)
    root = package.xml("content.xml")
    body = child(child(root, "body"), "text")
    if root is None or body is None:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    styles = _Styles(root, package.xml("styles.xml"))
    told = [styles.look(attribute(each, "style-name")).set_in for each in body.iter() if local(each.tag) == "p"]
    reader = _Reader(
        styles,
        quotes_set_in=3 * sum(told) < max(3, len(told)),
        page=1 if _knows_its_pages(package, body) else None,
    )
    pieces = [*reader.blocks(body, WHITE), *reader.notes]
    return pieces, reader.hidden, reader.warnings


class _Reader:
    def __init__(self, styles: _Styles, *, quotes_set_in: bool, page: int | None) -> None:
        self._styles = styles
        self._quotes_set_in = quotes_set_in
        self._page = page
        self.notes: list[Piece] = []
        self.hidden: list[HiddenText] = []
        self.warnings: list[str] = []

    def blocks(self, container: "Element", behind: Colour, depth: int = 0) -> Iterator[Piece]:
        for each in container:
            name = local(each.tag)
            if name in _SKIPPED:
                continue
            if name == "h":
                level = attribute(each, "outline-level") or ""
                piece = Piece(BlockKind.HEADING, "", level=int(level) if level.isdecimal() else None)
                yield self._paged(piece, self._paragraph(each, behind))
            elif name == "p":
                text = self._paragraph(each, behind)
                yield self._paged(self._piece(each, text.replace(_PAGE_ENDS, ""), depth), text)
            elif name == "soft-page-break":
                self._turn()
            elif name == "list":
                yield from self.blocks(each, behind, depth + 1)
            elif name == "table":
                yield from self._rows(each, behind)
            elif name in _CONTENTS:
                self.warnings.append("The table of contents is not part of the text.")
            elif name == "section" and attribute(each, "display") == "none":
                self.hidden.append(HiddenText("".join(each.itertext()), "hidden section"))
            elif name in ("section", "list-item", "list-header", "text-box", "frame", "index-body", "bibliography"):
                yield from self.blocks(each, behind, depth)

    def _paged(self, piece: Piece, text: str) -> Piece:
        """The piece with its page; `text` is its own with the signs where pages end."""
        page, parts, at = self._page, text.split(_PAGE_ENDS), 0
        turns: list[Turn] = []
        for part in parts[:-1]:
            at += len(part)
            self._turn()
            turns.append(Turn(at, page=self._page))
        return replace(piece, text="".join(parts), page=page, turns=tuple(turns) if page else ())

    def _turn(self) -> None:
        self._page = None if self._page is None else self._page + 1

    def _piece(self, paragraph: "Element", text: str, depth: int) -> Piece:
        look = self._styles.look(attribute(paragraph, "style-name"))
        names = look.names
        if any(name.startswith(("title", "subtitle")) for name in names):
            return Piece(BlockKind.HEADING, text, level=1)
        if depth:
            return Piece(BlockKind.LIST_ITEM, text, level=depth)
        if any("quot" in name for name in names) or (look.set_in and self._quotes_set_in):
            return Piece(BlockKind.QUOTATION, text)
        if any("preformatted" in name for name in names):
            return Piece(BlockKind.CODE, text)
        is_heading = any(name.startswith("heading") for name in names) and looks_like_heading(text)
        return Piece(BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH, text)

    def _rows(self, table: "Element", behind: Colour) -> Iterator[Piece]:
        for row in table.iter():
            if local(row.tag) != "table-row":
                continue
            cells = [
                list(self.blocks(cell, self._styles.look(attribute(cell, "style-name")).behind or behind))
                for cell in row
                if local(cell.tag) == "table-cell"
            ]
            if len(cells) == 1:
                yield from cells[0]
            else:
                texts = (" ".join(" ".join(piece.text.split()) for piece in cell).strip() for cell in cells)
                page = next((piece.page for cell in cells for piece in cell), None)
                yield Piece(BlockKind.TABLE_ROW, "\t".join(texts), page=page)

    def _paragraph(self, element: "Element", behind: Colour) -> str:
        look = self._styles.look(attribute(element, "style-name"))
        return "".join(self._inline(element, replace(look, behind=look.behind or behind)))

    def _inline(self, element: "Element", look: _Look) -> Iterator[str]:
        yield self._seen(element.text, look)
        for each in element:
            name = local(each.tag)
            if name == "s":
                count = attribute(each, "c") or "1"
                yield " " * min(int(count) if count.isdecimal() else 1, 100)
            elif name == "soft-page-break":
                yield _PAGE_ENDS
            elif name in ("tab", "line-break"):
                yield " " if name == "tab" else "\n"
            elif name == "note":
                yield self._note(each, look.behind or WHITE)
            elif name in ("hidden-text", "hidden-paragraph"):
                self.hidden.append(
                    HiddenText(attribute(each, "string-value") or "".join(each.itertext()), "hidden text")
                )
            elif name == "span":
                own = self._styles.look(attribute(each, "style-name"))
                yield from self._inline(each, _combined(own, look))
            elif name == "frame":
                for box in each:
                    if local(box.tag) == "text-box":
                        yield from ("\n" + piece.text for piece in self.blocks(box, look.behind or WHITE))
            elif name not in _SKIPPED:
                yield from self._inline(each, look)
            yield self._seen(each.tail, look)

    def _seen(self, text: str | None, look: _Look) -> str:
        text = (text or "").replace("\n", " ")
        why = "hidden text" if look.hidden else why_unseen(look.colour, look.behind, look.points)
        if why and text.strip():
            self.hidden.append(HiddenText(text, why))
            return ""
        return text

    def _note(self, note: "Element", behind: Colour) -> str:
        body = child(note, "note-body")
        page, text = self._page, ""
        if body is not None:
            text = " ".join(piece.text for piece in self.blocks(body, behind))
        mark = str(len(self.notes) + 1).translate(_SUPERSCRIPT)
        self.notes.append(Piece(BlockKind.FOOTNOTE, f"{mark} {text.strip()}", page=page))
        return mark


def _knows_its_pages(package: Package, body: "Element") -> bool:
    """Whether the file notes where its pages end, and as many as it says it has."""
    breaks = sum(local(each.tag) == "soft-page-break" for each in body.iter())
    try:
        meta = package.xml("meta.xml")
    except ExtractionRefused:
        return False
    told = [attribute(each, "page-count") for each in (meta.iter() if meta is not None else ())]
    return breaks > 0 and all(pages is None or pages == str(breaks + 1) for pages in told)


def _centimetres(length: str) -> float:
    found = re.fullmatch(r"(-?\d{1,4}(?:\.\d{1,6})?)(cm|in|mm|pt)", length.strip())
    return float(found[1]) * {"cm": 1.0, "in": 2.54, "mm": 0.1, "pt": 2.54 / 72}[found[2]] if found else 0.0


def _combined(own: _Look, below: _Look) -> _Look:
    return _Look(
        colour=own.colour or below.colour,
        behind=own.behind or below.behind,
        points=own.points if own.points is not None else below.points,
        hidden=own.hidden or below.hidden,
        names=below.names,
    )
