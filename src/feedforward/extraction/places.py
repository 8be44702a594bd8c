"""Where a passage of a draft stands, in words that help to find it: "page 3, paragraph 12", "line 41"."""

from bisect import bisect_right

from feedforward.extraction.document import Block, BlockKind, Document
from feedforward.extraction.turns import line_at

_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
_NOTEBOOK = "application/x-ipynb+json"
_GROUPED = {BlockKind.LIST_ITEM: ("list", "item"), BlockKind.TABLE_ROW: ("table", "row")}
_COUNTED = {
    BlockKind.PARAGRAPH: "paragraph", BlockKind.QUOTATION: "paragraph", BlockKind.HEADING: "heading",
    BlockKind.FOOTNOTE: "footnote", BlockKind.REFERENCE: "reference", BlockKind.CODE: "code passage",
}  # fmt: skip


def page_word(media_type: str) -> str:
    """What `Block.page` counts in a file of this type: page, slide or cell."""
    if media_type.startswith(_SLIDES):
        return "slide"
    return "cell" if media_type == _NOTEBOOK else "page"


def place_of(document: Document, start: int) -> str:
    """Where character `start` of the text stands; "" where the document has no blocks. See `Places.of`."""
    return Places(document).of(start)


class Places:
    """The places of one document. Paragraphs, lists and tables are numbered through the whole text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [block.start for block in document.blocks]
        self._own = _numbered(document.blocks)
        self._word = page_word(document.media_type)
        pages = {block.page for block in document.blocks} | {t.page for b in document.blocks for t in b.turns}
        # The one page of a letter helps nobody; a cell's number does even where there is one.
        self._has_pages = self._word != "page" or len(pages - {None}) > 1

    def own(self, index: int) -> str:
        """What the block with this index is called by itself: "paragraph 4", "table 1, row 2"."""
        return self._own[index]

    def of(self, start: int) -> str:
        """The place of character `start`: page, slide or cell where the file tells several; then the line, where the
        file shows its lines (source code, cells), or the number of paragraph, list item, table row, note or entry."""
        if not self._starts:
            return ""
        index = max(0, bisect_right(self._starts, start) - 1)
        block = self._document.blocks[index]
        page, line = self.page(block, start), self.line(block, start)
        words = [f"{self._word} {page}"] if page is not None else []
        if line is not None and (block.kind is BlockKind.CODE or self._word == "cell"):
            words.append(f"line {line}")
        elif self._word != "slide" or page is None:
            words.append(self._own[index])
            words += [f"line {line}"] if line is not None else []
        return ", ".join(words)

    def page(self, block: Block, at: int) -> int | None:
        """The page, slide or cell of character `at` of this block; None where it is unknown or says nothing."""
        if not self._has_pages:
            return None
        return next((t.page for t in reversed(block.turns) if t.at <= at and t.page is not None), block.page)

    def line(self, block: Block, at: int) -> int | None:
        """The line of the file on which character `at` of this block stands; None where lines are unknown."""
        if block.line is None:
            return None
        return line_at(self._document.text, block.start, min(at, block.end), block.line, block.turns)


def _numbered(blocks: tuple[Block, ...]) -> list[str]:
    counts: dict[str, int] = {}
    own: list[str] = []
    within = 0
    before: BlockKind | None = None
    for block in blocks:
        if block.kind in _GROUPED:
            group, member = _GROUPED[block.kind]
            within = within + 1 if block.kind is before else 1
            counts[group] = counts.get(group, 0) + (within == 1)
            own.append(f"{group} {counts[group]}, {member} {within}")
        else:
            word = _COUNTED[block.kind]
            counts[word] = counts.get(word, 0) + 1
            own.append(f"{word} {counts[word]}")
        before = block.kind
    return own
