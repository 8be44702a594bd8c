"""A document as its writer knows it: headings, lists, quotations, tables and code, with pages, lines and paragraphs
numbered as comments name them."""

from collections.abc import Sequence

from feedforward.drafts.rules import DraftContent
from feedforward.extraction.document import Block, BlockKind, Document
from feedforward.extraction.places import Places, page_word
from feedforward.ui.draft_text import Mark, Part, marked_text
from feedforward.ui.elements import Element

_NUMBERED = (BlockKind.PARAGRAPH, BlockKind.QUOTATION)


def document_parts(content: DraftContent) -> Element:
    """The text by its blocks; where none are known, paragraph by paragraph."""
    return marked_document(content.document, (), label="Your text")


def marked_document(document: Document, marks: Sequence[Mark], *, label: str = "The draft") -> Element:
    """The document with numbered marks that lead to their comments."""
    return marked_text(text=document.text, marks=marks, label=label, parts=parts_of(document) or None)


def parts_of(document: Document) -> tuple[Part, ...]:
    """The blocks as the page shows them; empty where none are known."""
    places = Places(document)
    word = page_word(document.media_type).capitalize()
    parts: list[Part] = []
    page: int | None = None
    for index, block in enumerate(document.blocks):
        turns: list[tuple[int, str]] = []
        for at in (block.start, *(turn.at for turn in block.turns)):
            here = places.page(block, at)
            if here is not None and here != page:
                turns.append((at, f"{word} {here}"))
                page = here
        number = places.own(index).removeprefix("paragraph ") if block.kind in _NUMBERED else ""
        parts.append(Part(block.kind, block.start, block.end, number, _first_line(places, block), tuple(turns)))
    return tuple(parts)


def _first_line(places: Places, block: Block) -> int | None:
    return places.line(block, block.start) if block.kind is BlockKind.CODE else None
