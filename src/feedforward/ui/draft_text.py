"""A draft as it is read: paragraphs in the reading face, with numbered marks that lead to their comments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedforward.ui.comments import comment_anchor, mark_anchor
from feedforward.ui.elements import A, Child, Div, Element, P
from feedforward.ui.elements import Mark as MarkTag

_KIND_WORDS = {"strength": "strength", "improvement": "improvement", "general": "note"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the text, the `number` that stands there, and the comment it belongs to."""

    number: int
    start: int
    end: int
    kind: str
    comment_id: str


def draft_text(*, text: str, label: str = "The draft") -> Element:
    """The draft without marks: the preview before a student confirms."""
    return marked_text(text=text, marks=(), label=label)


def structured_text(*parts: Child, label: str = "The draft") -> Element:
    """The draft with its structure kept: the headings, paragraphs, lists and tables it is given, as one sheet."""
    return Div(*parts, role="group", aria_label=label, cls="draft-text prose")


def marked_text(*, text: str, marks: Sequence[Mark], label: str = "The draft") -> Element:
    """The draft's paragraphs with its marks; marks may overlap and cross paragraphs, those outside the text are cut."""
    inside = sorted(
        (Mark(mark.number, max(0, mark.start), min(len(text), mark.end), mark.kind, mark.comment_id) for mark in marks),
        key=lambda mark: (mark.start, mark.end),
    )
    shown = [mark for mark in inside if mark.start < mark.end]
    paragraphs = [_pieces(start, end, shown) for start, end in _paragraphs(text)]
    last_piece = {
        mark.comment_id: piece
        for paragraph in paragraphs
        for piece in paragraph
        if text[piece.start : piece.end].strip()
        for mark in piece.marks
    }
    return Div(
        *(P(*(_written(text, piece, last_piece) for piece in paragraph)) for paragraph in paragraphs),
        role="group",
        aria_label=label,
        cls="draft-text",
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of one paragraph that lie under the same marks."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph starts and ends, without the empty lines between them."""
    place = 0
    for piece in text.split("\n\n"):
        end = place + len(piece)
        if piece.strip():
            yield place, end
        place = end + 2


def _pieces(start: int, end: int, marks: Sequence[Mark]) -> list[_Piece]:
    """The paragraph cut at every edge of a mark."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(max(mark.start, start) for mark in here), *(min(mark.end, end) for mark in here)})
    return [
        _Piece(first, last, tuple(mark for mark in here if mark.start <= first and mark.end >= last))
        for first, last in pairwise(edges)
    ]


def _written(text: str, piece: _Piece, last_piece: Mapping[str, _Piece]) -> Child:
    """The words, marked, and behind them the numbers of the marks that end here."""
    words = text[piece.start : piece.end]
    if not piece.marks:
        return words
    kind = piece.marks[0].kind if len({mark.kind for mark in piece.marks}) == 1 else "several"
    return (
        MarkTag(words, cls=f"mark mark-{kind}", data_comments=" ".join(mark.comment_id for mark in piece.marks)),
        *(_number(mark) for mark in piece.marks if last_piece.get(mark.comment_id) is piece),
    )


def _number(mark: Mark) -> Element:
    return A(
        str(mark.number),
        href=f"#{comment_anchor(mark.comment_id)}",
        id=mark_anchor(mark.comment_id),
        cls=f"mark-number mark-number-{mark.kind}",
        data_comment=mark.comment_id,
        aria_label=f"Comment {mark.number}, {_KIND_WORDS.get(mark.kind, 'note')}",
    )
