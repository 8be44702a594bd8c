"""Tables that become cards where it is narrow, lists of facts, and what stands where a list is empty."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.ui.elements import (
    H2,
    Caption,
    Child,
    Dd,
    Div,
    Dl,
    Dt,
    Element,
    P,
    Span,
    Table,
    Tbody,
    Td,
    Th,
    Thead,
    Tr,
)
from feedforward.ui.stencils import Stencil


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one column; numbers stand at the right."""

    label: str
    number: bool = False


def data_table(
    *,
    caption: str,
    head: Sequence[str | Column],
    rows: Sequence[Sequence[Child]],
    show_caption: bool = False,
    row_head: bool = True,
) -> Element:
    """A table of `rows`, each as long as `head`; below 600 px every row is a card with its labels. The first cell of a
    row names it (`row_head`). The caption is read aloud; `show_caption` shows it too."""
    named = [each if isinstance(each, Column) else Column(each) for each in head]
    return Div(
        Table(
            Caption(caption, cls=None if show_caption else "only-heard"),
            Thead(Tr(*(Th(each.label, scope="col", cls="number" if each.number else None) for each in named))),
            Tbody(*(_row(named, cells, row_head) for cells in rows)),
            cls="table",
        ),
        # What scrolls sideways must be reachable by keyboard.
        tabindex="0",
        role="group",
        aria_label=caption,
        cls="table-frame",
    )


def _row(head: Sequence[Column], cells: Sequence[Child], row_head: bool) -> Element:
    shown: list[Child] = []
    for place, (column, cell) in enumerate(zip(head, cells, strict=True)):
        shown.append(_cell(column.label, cell, names=place == 0 and row_head, number=column.number))
    return Tr(*shown)


# A class has hundreds of cells that differ in nothing but this.
@Stencil
def _cell(label: str, content: str, /, *, names: bool, number: bool) -> Element:
    cls = "number" if number else None
    if names:
        return Th(content, scope="row", data_label=label, cls=cls)
    return Td(content, data_label=label, cls=cls)


def empty_state(*, title: str, text: Child, action: Child = None) -> Element:
    """What stands in place of an empty list: what will be here, and the next step as a button or link."""
    return Div(H2(title), P(text), Div(action, cls="button-row") if action else None, cls="empty")


def definition_list(*, items: Sequence[tuple[str, Child]], wide: bool = False) -> Element:
    """Names and values: term left, value right; `wide` puts the value under its term."""
    return Dl(
        *(Div(Dt(term), Dd(value if value is not None else Span("none", cls="quiet"))) for term, value in items),
        cls="facts facts-wide" if wide else "facts",
    )
