"""A draft as it is read: its headings, paragraphs and lines in the reading face, with numbered marks that lead to their
comments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from feedforward.ui.comments import comment_anchor, mark_anchor
from feedforward.ui.elements import (
    H3,
    A,
    Blockquote,
    Child,
    Code,
    Div,
    Element,
    Li,
    P,
    Pre,
    Small,
    Span,
    Table,
    Tbody,
    Td,
    Tr,
    Ul,
)
from feedforward.ui.elements import Mark as MarkTag
from feedforward.ui.stencils import Stencil

_KIND_WORDS = {"strength": "strength", "improvement": "improvement", "general": "note"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the text, the `number` that stands there, and the comment it belongs to."""

    number: int
    start: int
    end: int
    kind: str
    comment_id: str


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of the text and how they are shown; neighbours of a list or table share one.

    `kind` is heading, paragraph, list_item, quotation, table_row (cells parted by tabs), footnote, reference or code.
    `number` stands in the margin ("": none), `line` is the number of the first line where lines are numbered, and
    `turns` are the characters where a page begins, with its name ("Page 3").
    """

    kind: str
    start: int
    end: int
    number: str = ""
    line: int | None = None
    turns: tuple[tuple[int, str], ...] = ()


def draft_text(*, text: str, label: str = "The draft") -> Element:
    """The draft without marks: the preview before a student confirms."""
    return marked_text(text=text, marks=(), label=label)


def marked_text(
    *, text: str, marks: Sequence[Mark], label: str = "The draft", parts: Sequence[Part] | None = None
) -> Element:
    """The draft with its marks; marks may overlap and cross paragraphs, those outside the text are cut.

    Without `parts` the text is shown paragraph by paragraph. Numbers of paragraphs, lines and pages are attributes, so
    that whoever copies the text gets the text alone.
    """
    inside = sorted(
        (
            mark
            if mark.start >= 0 and mark.end <= len(text)
            else Mark(mark.number, max(0, mark.start), min(len(text), mark.end), mark.kind, mark.comment_id)
            for mark in marks
        ),
        key=lambda mark: (mark.start, mark.end),
    )
    shown = [mark for mark in inside if mark.start < mark.end]
    known = list(_paragraphs(text)) if parts is None else parts
    sheet = _Sheet(text, shown, {mark.comment_id: _last_sign(text, mark) for mark in shown})
    return Div(*sheet.parts(known), role="group", aria_label=label, cls="draft-text")


def _paragraphs(text: str) -> Iterator[Part]:
    """Where each paragraph starts and ends, without the empty lines between them."""
    place = 0
    for piece in text.split("\n\n"):
        end = place + len(piece)
        if piece.strip():
            yield Part("paragraph", place, end)
        place = end + 2


def _last_sign(text: str, mark: Mark) -> int:
    """Where the last sign under the mark stands that is no white space; -1 where there is none."""
    words = text[mark.start : mark.end].rstrip()
    return mark.start + len(words) - 1 if words else -1


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One text with its marks in order, and where the number of each comment stands."""

    text: str
    marks: Sequence[Mark]
    ends: Mapping[str, int]

    def parts(self, parts: Sequence[Part]) -> Iterator[Child]:
        for kind, group in groupby(parts, key=lambda part: part.kind):
            members = list(group)
            first = members[0]
            if kind in ("list_item", "table_row"):
                yield from (_page(name) for at, name in first.turns if at == first.start)
                rest = [self._member(each, top=each is first) for each in members]
                yield Ul(*rest) if kind == "list_item" else Table(Tbody(*rest))
                continue
            for each in members:
                yield from (_page(name) for at, name in each.turns if at == each.start)
                yield self._block(each)

    def _member(self, part: Part, *, top: bool) -> Element:
        turns = [turn for turn in part.turns if not (top and turn[0] == part.start)]
        if part.kind == "list_item":
            return Li(*self._words(part.start, part.end, turns))
        cells, place = [], part.start
        for cell in self.text[part.start : part.end].split("\t"):
            cells.append(Td(*self._words(place, place + len(cell), turns)))
            place += len(cell) + 1
        return Tr(*cells)

    def _block(self, part: Part) -> Element:
        turns = [turn for turn in part.turns if turn[0] > part.start]
        if part.kind == "code":
            return Pre(Code(*self._lines(part, turns)))
        words = self._words(part.start, part.end, turns)
        number = part.number or None
        match part.kind:
            case "heading":
                return H3(*words)
            case "quotation":
                return Blockquote(*words, data_number=number)
            case "footnote":
                return P(Small(*words))
            case _:
                return P(*words, data_number=number)

    def _lines(self, part: Part, turns: Sequence[tuple[int, str]]) -> Iterator[Child]:
        """Code line by line, each with its number where lines are numbered."""
        place = part.start
        for index, line in enumerate(self.text[part.start : part.end].split("\n")):
            if index:
                yield "\n"
            words = self._words(place, place + len(line), turns)
            yield tuple(words) if part.line is None else Span(*words, cls="code-line", data_line=str(part.line + index))
            place += len(line) + 1

    def _words(self, start: int, end: int, turns: Sequence[tuple[int, str]]) -> Iterator[Child]:
        """The words cut at every edge of a mark, and behind them the numbers of the marks that end here."""
        here = [mark for mark in self.marks if mark.start < end and mark.end > start]
        if not here and not turns:
            yield self.text[start:end]
            return
        pages = {at: name for at, name in turns if start <= at < end}
        edges = sorted({start, end, *pages, *(max(m.start, start) for m in here), *(min(m.end, end) for m in here)})
        for first, last in pairwise(edges):
            if first in pages:
                yield _page(pages[first], within=True)
            over = [mark for mark in here if mark.start <= first and mark.end >= last]
            if not over:
                yield self.text[first:last]
                continue
            kind = over[0].kind if len({mark.kind for mark in over}) == 1 else "several"
            comments = " ".join(mark.comment_id for mark in over)
            yield _marked(self.text[first:last], comments, kind=kind)
            for mark in over:
                if first <= self.ends[mark.comment_id] < last:
                    yield _number(mark.comment_id, str(mark.number), kind=mark.kind)


def _page(name: str, *, within: bool = False) -> Element:
    """Where a page begins: a rule between blocks, a small sign within one."""
    made = Span if within else Div
    return made(
        role="separator", aria_label=name, data_page=name, cls="page-turn page-turn-within" if within else "page-turn"
    )


@Stencil
def _marked(words: str, comments: str, /, *, kind: str) -> Element:
    return MarkTag(words, cls=f"mark mark-{kind}", data_comments=comments)


@Stencil
def _number(comment_id: str, number: str, /, *, kind: str) -> Element:
    return A(
        number,
        href=f"#{comment_anchor(comment_id)}",
        id=mark_anchor(comment_id),
        cls=f"mark-number mark-number-{kind}",
        data_comment=comment_id,
        aria_label=f"Comment {number}, {_KIND_WORDS.get(kind, 'note')}",
    )
