"""The lines of a draft that holds program code, each with the number its writer knows it by."""

from dataclasses import dataclass

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.places import Places


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line, characters `start` to `end` of the text without its line end.

    `name` is the line of the file ("41"), in a notebook with its cell before it ("3.4" is line 4 of cell 3), and ""
    for a line that stands outside code or that the file does not number.
    """

    name: str
    start: int
    end: int


def code_lines(document: Document) -> tuple[CodeLine, ...]:
    """Every line of the text, in order; those of code have a name."""
    places = Places(document)
    blocks = iter([block for block in document.blocks if block.kind is BlockKind.CODE])
    block = next(blocks, None)
    found, start = [], 0
    for line in document.text.split("\n"):
        while block is not None and block.end < start:
            block = next(blocks, None)
        name = ""
        if block is not None and block.start <= start < block.end:
            number, page = places.line(block, start), places.page(block, start)
            name = "" if number is None else str(number) if page is None else f"{page}.{number}"
        found.append(CodeLine(name, start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def with_numbers(document: Document) -> str:
    """The text, the number of each line of code and a bar before it: `  41| return total`."""
    lines = code_lines(document)
    width = max((len(each.name) for each in lines), default=0)
    return "\n".join(
        f"{each.name:>{width}}| {document.text[each.start : each.end]}".rstrip()
        if each.name
        else document.text[each.start : each.end]
        for each in lines
    )
