"""Two texts beside each other, row by row: a table that falls into cards where it is narrow."""

from collections.abc import Sequence

from feedforward.ui.elements import Caption, Child, Div, Element, Span, Table, Tbody, Td, Th, Thead, Tr


def side_by_side(*, caption: str, head: tuple[str, str, str], rows: Sequence[Element]) -> Element:
    """`rows` are `side_row`s; `head` names the three columns: what happened, the left text, the right text."""
    # On cards the head is not seen: every cell is told by the position of its column and by a label that is.
    return Div(
        Table(
            Caption(caption, cls="only-heard"),
            Thead(Tr(*(Th(each, scope="col") for each in head))),
            Tbody(*rows),
            cls="sides",
        ),
        cls="sides-frame",
    )


def side_row(*, what: Child, left: Child, right: Child, kind: str) -> Element:
    """What happened, and both sides; inserted and deleted words are `ins` and `del`. `kind` may quieten the row."""
    return Tr(
        Th(what, scope="row", cls="sides-what"),
        Td(Span("Before: ", cls="sides-label"), left, cls="sides-text"),
        Td(Span("Now: ", cls="sides-label"), right, cls="sides-text"),
        cls=f"sides-{kind}",
    )
