"""Slides: each slide's title, texts and tables in order, then its speaker notes; hidden slides kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feedforward.extraction.archives import Package, local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.docx_styles import attribute, child
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.relations import relations, target
from feedforward.extraction.visibility import TINY_POINTS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOTES = "The speaker notes are part of the text: they stand after the words of their slide."
_FURNITURE = ("ftr", "dt", "sldNum", "hdr")
_TITLES = {"title": 1, "ctrTitle": 1, "subTitle": 2}
_LISTS = ("body", "obj", "")


def read_pptx(package: Package) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a presentation, its hidden text, and warnings. Raises ExtractionRefused."""
    main = target(package, "", "officeDocument") or "ppt/presentation.xml"
    root = package.xml(main)
    if root is None:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    size = child(root, "sldSz")
    reader = _Reader(_number(size, "cx") or 9_144_000, _number(size, "cy") or 6_858_000)
    by_id = {key: path for key, kind, path in relations(package, main) if kind == "slide"}
    wanted = child(root, "sldIdLst")
    number = 0
    for each in wanted if wanted is not None else ():
        # Two attributes are called id: the relationship's is the one with a namespace.
        key = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
        slide = package.xml(by_id.get(key, ""))
        if slide is None:
            continue
        number += 1
        notes = target(package, by_id[key], "notesSlide")
        reader.slide(slide, package.xml(notes) if notes else None, number)
    return reader.pieces, reader.hidden, [_NOTES] if reader.has_notes else []


@dataclass
class _Reader:
    """One pass over the slides; `width` and `height` are those of a slide, in the file's own units."""

    width: int
    height: int
    pieces: list[Piece] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    has_notes: bool = False

    def slide(self, slide: "Element", notes: "Element | None", number: int) -> None:
        pieces = list(self._shapes(_tree(slide)))
        noted = [] if notes is None else [p for p in self._shapes(_tree(notes)) if p.kind is not BlockKind.HEADING]
        text = "\n".join(piece.text.strip() for piece in noted if piece.text.strip())
        if attribute(slide, "show") in ("0", "false"):
            shown = " ".join(piece.text for piece in (*pieces, *noted))
            self.hidden.append(HiddenText(shown, "hidden slide"))
            return
        if text:
            self.has_notes = True
            pieces.append(Piece(BlockKind.FOOTNOTE, text))
        self.pieces += [replace(piece, page=number) for piece in pieces]

    def _shapes(self, tree: "Element | None") -> Iterator[Piece]:
        for each in tree if tree is not None else ():
            match local(each.tag):
                case "sp" | "graphicFrame":
                    pieces = list(self._frame(each))
                    if why := self._why_unseen(each):
                        self.hidden.append(HiddenText(" ".join(piece.text for piece in pieces), why))
                    else:
                        yield from pieces
                case "grpSp":
                    yield from self._shapes(each)
                case "AlternateContent" if len(each):
                    yield from self._shapes(each[0])

    def _frame(self, shape: "Element") -> Iterator[Piece]:
        body = child(shape, "txBody")
        if body is None:
            for row in shape.iter():
                if local(row.tag) == "tr":
                    cells = [" ".join(self._words(cell).split()) for cell in row if local(cell.tag) == "tc"]
                    yield Piece(BlockKind.TABLE_ROW, "\t".join(cells))
            return
        holder = child(child(child(shape, "nvSpPr"), "nvPr"), "ph")
        role = attribute(holder, "type") or "" if holder is not None else None
        if role in _FURNITURE:
            return
        paragraphs = [each for each in body if local(each.tag) == "p"]
        if role in _TITLES:
            yield Piece(BlockKind.HEADING, " ".join(self._words(body).split()), level=_TITLES[role])
            return
        for each in paragraphs:
            yield self._paragraph(each, listed=role in _LISTS and len(paragraphs) > 1)

    def _paragraph(self, paragraph: "Element", *, listed: bool) -> Piece:
        properties = child(paragraph, "pPr")
        marked = any(child(properties, name) is not None for name in ("buChar", "buAutoNum", "buBlip"))
        text = self._words(paragraph)
        if marked or (listed and child(properties, "buNone") is None):
            return Piece(BlockKind.LIST_ITEM, text, level=1 + (_number(properties, "lvl") or 0))
        return Piece(BlockKind.PARAGRAPH, text)

    def _words(self, element: "Element") -> str:
        return "".join(self._runs(element)).strip()

    def _runs(self, element: "Element") -> Iterator[str]:
        for each in element:
            match local(each.tag):
                case "r":
                    words = child(each, "t")
                    text = words.text or "" if words is not None else ""
                    size = _number(child(each, "rPr"), "sz")
                    if size is not None and size < 100 * TINY_POINTS and text.strip():
                        self.hidden.append(HiddenText(text, "tiny text"))
                    else:
                        yield text
                case "fld" if attribute(each, "type") != "slidenum":
                    words = child(each, "t")
                    yield words.text or "" if words is not None else ""
                case "br":
                    yield "\n"
                case "p":
                    yield from self._runs(each)
                    yield "\n"
                case "txBody" | "AlternateContent" | "Choice":
                    yield from self._runs(each)

    def _why_unseen(self, shape: "Element") -> str | None:
        names = next((each for each in shape if local(each.tag).startswith("nv")), None)
        if attribute(child(names, "cNvPr"), "hidden") in ("1", "true"):
            return "hidden shape"
        frame = child(child(shape, "spPr"), "xfrm")
        frame = child(shape, "xfrm") if frame is None else frame
        offset, extent = child(frame, "off"), child(frame, "ext")
        if offset is None:
            return None
        left, top = _number(offset, "x") or 0, _number(offset, "y") or 0
        right, bottom = left + (_number(extent, "cx") or 0), top + (_number(extent, "cy") or 0)
        away = right <= 0 or bottom <= 0 or left >= self.width or top >= self.height
        return "off the slide" if away else None


def _tree(slide: "Element") -> "Element | None":
    return child(child(slide, "cSld"), "spTree")


def _number(element: "Element | None", name: str) -> int | None:
    written = attribute(element, name) or ""
    return int(written) if written.removeprefix("-").isdecimal() and len(written) < 13 else None
