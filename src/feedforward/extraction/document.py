"""What comes out of a file: its text, the blocks the text is made of, and the text that was hidden in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

_ONE_SIGN_IS_A_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_BETWEEN_WORDS = re.compile(r"[\s—―]+")


class BlockKind(StrEnum):
    """What part a stretch of text plays in the document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Turn:
    """Within a block: from character `at` of the text on, the file is on another `page` or `line` (None: unchanged)."""

    at: int
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of `Document.text`, from character `start` up to (not including) `end`.

    `level` is the depth of a heading or list item (1 is the outermost) where the file says it. `page` is the page,
    slide or notebook cell and `line` the line of the file (of the cell, in a notebook), both from 1, on which the block
    begins; None where the file does not say. After `line`, each line end within the block is one more, unless one of
    `turns` (in order, between `start` and `end`) says otherwise.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    page: int | None = None
    line: int | None = None
    turns: tuple[Turn, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The block as a plain dict; what is unknown of its lines and turns is left out."""
        told: dict[str, Any] = {
            "kind": self.kind.value, "start": self.start, "end": self.end, "level": self.level, "page": self.page
        }  # fmt: skip
        if self.line is not None:
            told["line"] = self.line
        if self.turns:
            told["turns"] = [[turn.at, turn.page, turn.line] for turn in self.turns]
        return told

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The block that `to_json` wrote, now or before lines were kept."""
        return cls(
            BlockKind(stored["kind"]), stored["start"], stored["end"], stored.get("level"), stored.get("page"),
            stored.get("line"), tuple(Turn(at, page, line) for at, page, line in stored.get("turns", ())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text a person who looks at the document cannot see, and `why` not; it never stands in `Document.text`."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as the readers see it.

    `text` is NFC with "\\n" line ends; paragraphs are separated by "\\n\\n", neighbouring list items and table rows by
    "\\n", cells of a row by a tab. `blocks` are in order and do not overlap; `text[block.start:block.end]` is the
    block's own text, never empty; only code has blank lines within. `warnings` are sentences for the student.
    """

    text: str
    media_type: str
    blocks: tuple[Block, ...] = ()
    hidden: tuple[HiddenText, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def word_count(self) -> int:
        return count_words(self.text)

    @property
    def is_code(self) -> bool:
        """Whether more of its words stand in code than outside it."""
        code = sum(count_words(self.text[each.start : each.end]) for each in self.blocks if each.kind is BlockKind.CODE)
        return code > 0 and 2 * code > self.word_count

    @property
    def lines_of_code(self) -> int:
        """Lines of code with something on them."""
        return sum(
            bool(line.strip())
            for each in self.blocks
            if each.kind is BlockKind.CODE
            for line in self.text[each.start : each.end].split("\n")
        )

    def to_json(self) -> dict[str, Any]:
        """The document as plain dicts and lists, ready for JSON."""
        return {
            "text": self.text,
            "media_type": self.media_type,
            "blocks": [block.to_json() for block in self.blocks],
            "hidden": [{"text": hidden.text, "why": hidden.why} for hidden in self.hidden],
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The document that `to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return cls(
            text=stored["text"],
            media_type=stored["media_type"],
            blocks=tuple(Block.from_json(block) for block in stored["blocks"]),
            hidden=tuple(HiddenText(hidden["text"], hidden["why"]) for hidden in stored["hidden"]),
            warnings=tuple(stored["warnings"]),
        )


def count_words(text: str) -> int:
    """How many words a person would count.

    What stands between white space or long dashes and holds a letter or digit is one word; a Chinese or Japanese sign
    is a word by itself.
    """
    spaced = _ONE_SIGN_IS_A_WORD.sub(r" \g<0> ", text)
    return sum(
        word[0].isalpha() or any(map(str.isalpha, word)) or any(map(str.isdecimal, word))
        for word in _BETWEEN_WORDS.split(spaced)
        if word
    )
