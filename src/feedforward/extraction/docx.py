"""Word documents: paragraphs, tables, notes and text boxes as their reader sees them, tracked changes accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedforward.extraction.archives import Package, local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.docx_pages import page_breaks
from feedforward.extraction.docx_paragraphs import Paragraph, ParagraphReader
from feedforward.extraction.docx_styles import Styles, attribute, child, is_set_in, shading
from feedforward.extraction.plain_text import looks_like_heading
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.relations import target
from feedforward.extraction.visibility import WHITE, Colour, colour_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GONE = ("del", "moveFrom")
_HEADING_NAME = re.compile(r"heading (\d)")
_CODE_NAME = re.compile(r"\bcode\b|html preformatted|verbatim|macro")


def read_docx(package: Package) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a Word document, its hidden text, and warnings. Raises ExtractionRefused."""
    main = target(package, "", "officeDocument") or "word/document.xml"
    root = package.xml(main)
    body = child(root, "body")
    if root is None or body is None:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    reader = _Reader(
        styles=Styles(package.xml(target(package, main, "styles") or "word/styles.xml")),
        notes={
            kind: _notes(package.xml(target(package, main, f"{kind}s") or f"word/{kind}s.xml"))
            for kind in ("footnote", "endnote")
        },
        breaks=page_breaks(body, package),
        quotes_set_in=_few_are_set_in(body),
    )
    page = colour_of(attribute(child(root, "background"), "color")) or WHITE
    pieces = [*reader.blocks(body, page), *reader.footnotes(page)]
    return pieces, reader.paragraphs.hidden, reader.warnings


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
    breaks: frozenset[str]
    quotes_set_in: bool
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paragraphs = ParagraphReader(self.styles, self.breaks)

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
        kind, level = self._kind(paragraph, in_cell=in_cell)
        return Piece(kind, paragraph.text, level=level, page=paragraph.page, turns=paragraph.turns)

    def _kind(self, paragraph: Paragraph, *, in_cell: bool) -> tuple[BlockKind, int | None]:
        names = paragraph.style.names
        heading = next((found for name in names if (found := _HEADING_NAME.fullmatch(name))), None)
        level = int(heading.group(1)) if heading else paragraph.level
        if names and names[0] in ("title", "subtitle"):
            return BlockKind.HEADING, 1 if names[0] == "title" else 2
        if level is not None:
            return BlockKind.HEADING, level
        if paragraph.list_level is not None:
            return BlockKind.LIST_ITEM, paragraph.list_level
        if any("quote" in name or "quotation" in name or name == "block text" for name in names):
            return BlockKind.QUOTATION, None
        if any(_CODE_NAME.search(name) for name in names):
            return BlockKind.CODE, None
        if "bibliography" in names:
            return BlockKind.REFERENCE, None
        if paragraph.all_bold and not in_cell and looks_like_heading(paragraph.text):
            return BlockKind.HEADING, None
        if paragraph.set_in and self.quotes_set_in and not in_cell:
            return BlockKind.QUOTATION, None
        return BlockKind.PARAGRAPH, None

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
                number = next((piece.page for cell in cells for piece in cell), None)
                yield Piece(BlockKind.TABLE_ROW, "\t".join(texts), page=number)

    def footnotes(self, page: Colour | None) -> Iterator[Piece]:
        """The notes that the text refers to, in the order in which it does."""
        for kind, key, mark in self.paragraphs.references:
            note = self.notes[kind].get(key)
            if note is not None:
                text = " ".join(piece.text.strip() for piece in self.blocks(note, page))
                if text.strip():
                    yield Piece(BlockKind.FOOTNOTE, f"{mark} {text.strip()}")


def _few_are_set_in(body: "Element") -> bool:
    """Whether setting a paragraph in means something here: fewer than a third of the paragraphs are."""
    told = [is_set_in(each) for each in body.iter() if local(each.tag) == "pPr"]
    return 3 * sum(bool(each) for each in told) < max(3, len(told))


def _through(element: "Element", name: str) -> "Iterator[Element]":
    """The rows of a table or cells of a row, those in content controls and tracked insertions too."""
    for each in element:
        tag = local(each.tag)
        if tag == name:
            yield each
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _through(each, name)
