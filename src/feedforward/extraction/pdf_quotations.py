"""Which paragraphs of a PDF are quotations: those set in as a block from the text before or after them."""

from collections.abc import Sequence

from feedforward.extraction.pdf_lines import Line

_LEAST, _MOST = 1.3, 9.0
_SAME = 0.35
_FEWEST_LINES = 2
_FEW = 3


def set_in(paragraphs: Sequence[Sequence[Line]]) -> frozenset[int]:
    """The numbers of the paragraphs whose every line, two or more, begins at one place further in than the paragraph
    beside it on the same page.

    A list of works hangs, a title is centred and a drawing's labels stand anywhere: their lines begin at several
    places. Nothing where a third of the paragraphs or more are set in: then it is how the text is laid out.
    """
    found = frozenset(
        number
        for number, lines in enumerate(paragraphs)
        if _is_block(lines)
        and any(_is_further_in(lines, other) for other in _beside(paragraphs, number))
        and not _is_of_a_list(paragraphs, number)
    )
    return found if _FEW * len(found) < max(_FEW, len(paragraphs)) else frozenset()


def _is_block(lines: Sequence[Line]) -> bool:
    size = lines[0].size
    return (
        len(lines) >= _FEWEST_LINES
        and all(abs(line.left - lines[0].left) <= _SAME * size for line in lines)
        and not any("\t" in line.text or line.bold for line in lines)
    )


def _is_of_a_list(paragraphs: Sequence[Sequence[Line]], number: int) -> bool:
    """Whether a neighbour of one line, or both neighbours, begin at the same place: items whose bullets are drawn."""
    lines = paragraphs[number]
    same = [
        other
        for other in _beside(paragraphs, number)
        if all(abs(line.left - lines[0].left) <= _SAME * lines[0].size for line in other)
    ]
    return len(same) > 1 or any(len(other) == 1 for other in same)


def _beside(paragraphs: Sequence[Sequence[Line]], number: int) -> list[Sequence[Line]]:
    """The nearest paragraphs before and after; one of them is enough, since a page may end in between."""
    return [paragraphs[at] for at in (number - 1, number + 1) if 0 <= at < len(paragraphs)]


def _is_further_in(lines: Sequence[Line], other: Sequence[Line]) -> bool:
    near = [line for line in other if line.page in {lines[0].page, lines[-1].page}]
    if len(near) < _FEWEST_LINES:
        return False
    size, edge = lines[0].size, min(line.left for line in near)
    widest = max(line.right for line in near) - edge
    step = lines[0].left - edge
    is_same_column = lines[0].left < edge + 0.5 * widest
    return _LEAST * size <= step <= _MOST * size and is_same_column
