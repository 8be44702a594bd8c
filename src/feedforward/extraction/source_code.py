"""Source code: the layout stays as it is, and each run of lines between blank lines at the margin is a block."""

import re
from collections.abc import Iterator

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind

LANGUAGES = {
    "c": "c", "cc": "c++", "cpp": "c++", "cs": "csharp", "css": "css", "go": "go", "h": "c", "hpp": "c++",
    "hs": "haskell", "htm": "html", "html": "html", "java": "java", "jl": "julia", "js": "javascript", "json": "json",
    "jsx": "javascript", "kt": "kotlin", "lua": "lua", "m": "matlab", "ml": "ocaml", "php": "php", "pl": "perl",
    "py": "python", "r": "r", "rb": "ruby", "rs": "rust", "scala": "scala", "sh": "shell", "sql": "sql",
    "swift": "swift", "tex": "tex", "ts": "typescript", "tsx": "typescript", "xml": "xml", "yaml": "yaml",
    "yml": "yaml",
}  # fmt: skip
_APART = re.compile(r"\n(?:[ \t]*\n)+(?=[^\s])")


def pieces_of_code(text: str) -> Iterator[Piece]:
    """The blocks of a program with their first lines; what stands between them is the blank lines the file has."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    position = len(text) - len(text.lstrip("\n"))
    text = text.rstrip("\n")
    line, gap = 1 + position, None
    for found in _APART.finditer(text, position):
        yield Piece(BlockKind.CODE, text[position : found.start()], gap=gap, line=line)
        gap = "\n" * found.group().count("\n")
        line += text.count("\n", position, found.end())
        position = found.end()
    yield Piece(BlockKind.CODE, text[position:], gap=gap, line=line)
