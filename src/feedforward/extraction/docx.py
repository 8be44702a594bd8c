"""Word documents: paragraphs, tables, notes and text boxes as their reader sees them, tracked changes accepted."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedforward.extraction.archives import Package, local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.docx_paragraphs import Paragraph, ParagraphReader
from feedforward.extraction.docx_styles import Styles, attribute, child, shading
from feedforward.extraction.plain_text import looks_like_heading
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.visibility import WHITE, Colour, colour_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GONE = ("del", "moveFrom")
_HEADING_NAME = re.compile(r"heading (\d)")
_CODE_NAME = re.compile(r"\bcode\b|html preformatted|verbatim|macro")


def read_docx(package: Package) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a Word document, its hidden text, and warnings. Raises ExtractionRefused."""
    main = _target(package, "", "officeDocument") or "word/document.xml"
    root = package.xml(main)
    body = child(root, "body")
    if root is None or body is None:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    reader = _Reader(
        styles=Styles(package.xml(_target(package, main, "styles") or "word/styles.xml")),
        notes={
            kind: _notes(package.xml(_target(package, main, f"{kind}s") or f"word/{kind}s.xml"))
            for kind in ("footnote", "endnote")
        },
    )
    page = colour_of(attribute(child(root, "background"), "color")) or WHITE
    pieces = [*reader.blocks(body, page), *reader.footnotes(page)]
    return pieces, reader.paragraphs.hidden, reader.warnings


def _target(package: Package, part: str, kind: str) -> str | None:
    """The part that `part` (the package itself: "") points to by a relationship of this kind."""
    folder, name = posixpath.split(part)
    relations = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in relations if relations is not None else ():
        if (attribute(each, "Type") or "").endswith(f"/{kind}") and attribute(each, "TargetMode") != "External":
            target = attribute(each, "Target") or ""
            return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return None


def _notes(root: "Element | None") -> "dict[str, Element]":
    return {
        attribute(each, "id") or "": each
        for each in (root if root is not None else ())
        if attribute(each, "type") not in ("separator", "continuationSeparator", "continuationNotice")
    }


@dataclass
class _Reader:
    """One pass over one document."""

    styles: Styles
    notes: "dict[str, dict[str, Element]]"
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paragraphs = ParagraphReader(self.styles)

    def blocks(self, container: "Element", page: Colour | None, *, in_cell: bool = False) -> Iterator[Piece]:
        """What stands in a body, cell, note or text box; `page` is the colour behind it."""
        for each in container:
            match local(each.tag):
                case "p":
                    paragraph = self.paragraphs.read(each, page)
                    if paragraph is not None:
                        yield self._piece(paragraph, in_cell=in_cell)
                        for box in paragraph.boxes:
                            yield from self.blocks(box, WHITE if page is None else page)
                case "tbl":
                    yield from self._rows(each, page)
                case "sdt":
                    yield from self._control(each, page, in_cell=in_cell)
                case "AlternateContent":
                    yield from self.blocks(each[0], page, in_cell=in_cell) if len(each) else ()
                case "altChunk":
                    self.warnings.append("A file embedded in your document was not read.")
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    yield from self.blocks(each, page, in_cell=in_cell)

    def _control(self, control: "Element", page: Colour | None, *, in_cell: bool) -> Iterator[Piece]:
        properties, content = child(control, "sdtPr"), child(control, "sdtContent")
        gallery = attribute(child(child(properties, "docPartObj"), "docPartGallery")) or ""
        if gallery.lower() == "table of contents":
            self.warnings.append("The table of contents is not part of the text.")
        elif content is not None and child(properties, "showingPlcHdr") is None:
            yield from self.blocks(content, page, in_cell=in_cell)

    def _piece(self, paragraph: Paragraph, *, in_cell: bool) -> Piece:
        names = paragraph.style.names
        heading = next((found for name in names if (found := _HEADING_NAME.fullmatch(name))), None)
        level = int(heading.group(1)) if heading else paragraph.level
        if names and names[0] in ("title", "subtitle"):
            return Piece(BlockKind.HEADING, paragraph.text, level=1 if names[0] == "title" else 2)
        if level is not None:
            return Piece(BlockKind.HEADING, paragraph.text, level=level)
        if paragraph.list_level is not None:
            return Piece(BlockKind.LIST_ITEM, paragraph.text, level=paragraph.list_level)
        if any("quote" in name or name == "block text" for name in names):
            return Piece(BlockKind.QUOTATION, paragraph.text)
        if any(_CODE_NAME.search(name) for name in names):
            return Piece(BlockKind.CODE, paragraph.text)
        if "bibliography" in names:
            return Piece(BlockKind.REFERENCE, paragraph.text)
        if paragraph.all_bold and not in_cell and looks_like_heading(paragraph.text):
            return Piece(BlockKind.HEADING, paragraph.text)
        return Piece(BlockKind.PARAGRAPH, paragraph.text)

    def _rows(self, table: "Element", page: Colour | None) -> Iterator[Piece]:
        style = self.styles.style(attribute(child(child(table, "tblPr"), "tblStyle")))
        behind_table = None if style.dark_parts else page
        for row in _through(table, "tr"):
            properties = child(row, "trPr")
            if any(child(properties, gone) is not None for gone in _GONE):
                continue
            cells = [
                list(self.blocks(cell, shading(child(cell, "tcPr")) or behind_table, in_cell=True))
                for cell in _through(row, "tc")
            ]
            if len(cells) == 1:
                yield from cells[0]
            elif any(piece.text.strip() for cell in cells for piece in cell):
                texts = (" ".join(" ".join(piece.text.split()) for piece in cell).strip() for cell in cells)
                yield Piece(BlockKind.TABLE_ROW, "\t".join(texts))

    def footnotes(self, page: Colour | None) -> Iterator[Piece]:
        """The notes that the text refers to, in the order in which it does."""
        for kind, key, mark in self.paragraphs.references:
            note = self.notes[kind].get(key)
            if note is not None:
                text = " ".join(piece.text.strip() for piece in self.blocks(note, page))
                if text.strip():
                    yield Piece(BlockKind.FOOTNOTE, f"{mark} {text.strip()}")


def _through(element: "Element", name: str) -> "Iterator[Element]":
    """The rows of a table or cells of a row, those in content controls and tracked insertions too."""
    for each in element:
        tag = local(each.tag)
        if tag == name:
            yield each
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _through(each, name)
