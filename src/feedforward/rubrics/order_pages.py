"""The criteria at a glance: their order, which buttons or dragging change, and their weights made to add up to 100."""

from collections.abc import Sequence

from feedforward.rubrics.builder import TypedRubric
from feedforward.rubrics.criterion_pages import step_button
from feedforward.ui.buttons import button_row
from feedforward.ui.elements import A, Caption, Div, Element, Span, Table, Tbody, Td, Th, Thead, Tr
from feedforward.ui.layout import stack


def order_table(*, action: str, typed: TypedRubric, shares: Sequence[str]) -> Element:
    """A row per criterion with its weight and share; each row can be moved by its buttons or dragged by its handle."""
    many = len(typed.criteria)
    rows = [_row(action, typed, at, shares[at], many) for at in range(many)]
    return stack(
        Div(
            Table(
                Caption("Criteria in their order"),
                Thead(Tr(Th("Criterion", scope="col"), Th("Weight", scope="col", cls="number"),
                         Th("Share", scope="col", cls="number"), Th("Order", scope="col"))),
                Tbody(*rows, data_drag_rows="move"),
                cls="table",
            ),
            cls="table-frame",
        ),
        button_row(
            step_button(action=action, label="Make weights add up to 100", step="normalise", anchor="rubric"),
        ),
    )  # fmt: skip


def _row(action: str, typed: TypedRubric, at: int, share: str, many: int) -> Element:
    criterion = typed.criteria[at]
    name = criterion.name.strip() or f"Criterion {at + 1}"
    # The handle is for pointers and shown by the script that gives it something to do.
    handle = Span("⠿", cls="drag-handle", aria_hidden="true", draggable="true", title="Drag to another place")
    return Tr(
        Th(Span(handle, A(name, href=f"#criterion-{at + 1}")), scope="row", data_label="Criterion"),
        Td(criterion.weight, data_label="Weight", cls="number"),
        Td(share or "none yet", data_label="Share", cls="number"),
        Td(
            Div(
                step_button(action=action, label="Up", step=f"up:{at}", anchor="rubric", heard=f"Move {name} up")
                if at else None,
                step_button(action=action, label="Down", step=f"down:{at}", anchor="rubric", heard=f"Move {name} down")
                if at + 1 < many else None,
                cls="row",
            ),
            data_label="Order",
        ),
    )  # fmt: skip
