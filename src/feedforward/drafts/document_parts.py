"""A document with its structure kept: headings, lists, quotations, tables and code as what they are."""

from collections.abc import Iterator
from itertools import groupby

from feedforward.drafts.rules import DraftContent
from feedforward.extraction.document import BlockKind
from feedforward.ui.draft_text import draft_text, structured_text
from feedforward.ui.elements import H3, Blockquote, Child, Code, Element, Li, P, Pre, Small, Table, Tbody, Td, Tr, Ul


def document_parts(content: DraftContent) -> Element:
    """The text by its blocks; where none are known, paragraph by paragraph."""
    if not content.blocks:
        return draft_text(text=content.text, label="Your text")
    return structured_text(*_parts(content), label="Your text")


def _parts(content: DraftContent) -> Iterator[Child]:
    for kind, blocks in groupby(content.blocks, key=lambda block: block.kind):
        texts = [content.text[block.start : block.end] for block in blocks]
        match kind:
            case BlockKind.HEADING:
                yield tuple(H3(text) for text in texts)
            case BlockKind.LIST_ITEM:
                yield Ul(*(Li(text) for text in texts))
            case BlockKind.QUOTATION:
                yield tuple(Blockquote(text) for text in texts)
            case BlockKind.TABLE_ROW:
                yield Table(Tbody(*(Tr(*(Td(cell) for cell in text.split("\t"))) for text in texts)))
            case BlockKind.CODE:
                yield tuple(Pre(Code(text)) for text in texts)
            case BlockKind.FOOTNOTE:
                yield tuple(P(Small(text)) for text in texts)
            case _:
                yield tuple(P(text) for text in texts)
