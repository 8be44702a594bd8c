"""Program code taken apart: its lines, tokens, and for Python its syntax trees; broken code as far as it goes."""

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.code_languages import LANGUAGES, CodeLanguage, language_key
from feedforward.facts.fact import Place

_MAGIC_LINE = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)


class Token(NamedTuple):
    """`kind` is comment, string, number, name or mark; `line` counts from 0 within the text."""

    kind: str
    text: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Tree:
    """One stretch of Python that parses, with the line of the text its first line is."""

    root: ast.Module
    first_line: int


@dataclass(frozen=True)
class Code:
    """The code of a document. `code` is the text with everything else blanked, so that places agree with the text."""

    text: str
    code: str
    blocks: tuple[Place, ...]
    key: str
    is_notebook: bool = False

    @property
    def language(self) -> CodeLanguage | None:
        return LANGUAGES.get(self.key)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer("\n", self.code)))

    def line_of(self, at: int) -> int:
        return bisect_right(self.line_starts, at) - 1

    def line_place(self, first: int, last: int | None = None) -> Place:
        """From the first sign of line `first` to the last of line `last`; never empty where the line is not."""
        begin = self.line_starts[first]
        last = first if last is None else last
        stop = self.line_starts[last + 1] if last + 1 < len(self.line_starts) else len(self.code)
        stretch = self.code[begin:stop]
        start = begin + len(stretch) - len(stretch.lstrip())
        return Place(start, begin + len(stretch.rstrip()))

    @cached_property
    def full_lines(self) -> tuple[int, ...]:
        """The numbers of the lines with something on them."""
        return tuple(number for number, line in enumerate(self.code.split("\n")) if line.strip())

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        if self.language is None:
            return ()
        return tuple(
            Token(match.lastgroup or "mark", match.group(), match.start(), match.end(), self.line_of(match.start()))
            for match in _pattern(self.key).finditer(self.code)
        )

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The tokens without comments."""
        return tuple(token for token in self.tokens if token.kind != "comment")

    @cached_property
    def error(self) -> Place | None:
        """The line Python stops at; None for code that parses and for every other language."""
        return self._parsed[1]

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """Python alone: one tree, or one for each block that parses where the whole does not."""
        return self._parsed[0]

    @cached_property
    def _parsed(self) -> tuple[tuple[Tree, ...], Place | None]:
        if self.key != "python" or not self.blocks:
            return (), None
        whole = _tree(self._stretch(0, len(self.code)))
        if isinstance(whole, ast.Module):
            return (Tree(whole, 0),), None
        trees = []
        for start, end in self.blocks:
            part = _tree(self._stretch(start, end))
            if isinstance(part, ast.Module):
                trees.append(Tree(part, self.line_of(start)))
        lines = len(self.line_starts)
        place = self.line_place(min(max(whole - 1, 0), lines - 1))
        if place.start >= place.end:
            place = Place(*self.blocks[-1])
        return tuple(trees), place

    def _stretch(self, start: int, end: int) -> str:
        """The code without a notebook's own commands (`%matplotlib`, `!pip`), line for line."""
        stretch = self.code[start:end]
        return _MAGIC_LINE.sub("", stretch) if self.is_notebook else stretch


def code_of(text: str, blocks: Sequence[Block], media_type: str) -> Code | None:
    """The code blocks of a document; None where there are none."""
    places = tuple(
        Place(block.start, block.end)
        for block in blocks
        if block.kind is BlockKind.CODE and text[block.start : block.end].strip()
    )
    if not places:
        return None
    pieces, at = [], 0
    for start, end in places:
        pieces += [re.sub(r"[^\n]", " ", text[at:start]), text[start:end]]
        at = end
    pieces.append(re.sub(r"[^\n]", " ", text[at:]))
    code = "".join(pieces)
    return Code(text, code, places, language_key(code, media_type), media_type == "application/x-ipynb+json")


def _tree(code: str) -> ast.Module | int:
    """The tree, or the number (from 1) of the line that does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as fault:
        return fault.lineno or 1
    except (ValueError, RecursionError, MemoryError):
        return 1


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return LANGUAGES[key].pattern()
