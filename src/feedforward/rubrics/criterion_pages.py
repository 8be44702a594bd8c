"""One criterion in the builder: its own fields, and its levels as a table whose cells can be typed in."""

from collections.abc import Mapping

from feedforward.rubrics.builder import TypedCriterion
from feedforward.rubrics.files import LONGEST_LABEL, LONGEST_NAME
from feedforward.ui.buttons import ButtonKind, button, button_row
from feedforward.ui.elements import (
    Caption,
    Child,
    Div,
    Element,
    Input,
    P,
    Span,
    Table,
    Tbody,
    Td,
    Textarea,
    Th,
    Thead,
    Tr,
    raw,
)
from feedforward.ui.fields import number_field, text_area, text_field
from feedforward.ui.forms import field_id, field_row
from feedforward.ui.layout import card


def step_button(*, action: str, label: str, step: str, anchor: str, heard: str | None = None) -> Element:
    """A button that takes one step of the builder and comes back at `anchor`."""
    return button(
        label, kind=ButtonKind.QUIET, name="do", value=step, action=f"{action}#{anchor}", unfinished=True,
        label_heard=heard,
    )  # fmt: skip


def criterion_card(
    *, action: str, criterion: TypedCriterion, position: int, share: str, errors: Mapping[str, str]
) -> Element:
    """The criterion at `position` (from 0); `share` is its part of the whole in words, "" while it has none."""
    start, number = f"criterion.{position}.", position + 1
    anchor, called = f"criterion-{number}", f"criterion {number}"
    body = (
        field_row(
            text_field(name=f"{start}name", label="What is looked at", value=criterion.name, max_length=LONGEST_NAME,
                       error=errors.get(f"{start}name")),
            number_field(name=f"{start}weight", label="Weight", value=criterion.weight, least=0, step="any",
                         hint=f"{share} of the whole." if share else "Its share of all weights is worked out.",
                         error=errors.get(f"{start}weight")),
        ),
        text_area(name=f"{start}description", label="Description", value=criterion.description, rows=2, required=False,
                  error=errors.get(f"{start}description")),
        _levels(action, criterion, position, errors) if criterion.levels else P("It has no levels yet."),
        button_row(
            step_button(action=action, label="Add a level", step=f"add-level:{position}", anchor=anchor,
                        heard=f"Add a level to {called}"),
            None if criterion.levels else
            step_button(action=action, label="Give it the usual four levels", step=f"usual-levels:{position}",
                        anchor=anchor, heard=f"Give {called} the usual four levels"),
            step_button(action=action, label="Duplicate", step=f"copy:{position}", anchor=f"criterion-{number + 1}",
                        heard=f"Duplicate {called}"),
            step_button(action=action, label="Remove this criterion", step=f"remove-criterion:{position}",
                        anchor=f"criterion-{max(number - 1, 1)}", heard=f"Remove {called}"),
        ),
    )  # fmt: skip
    return card(title=f"Criterion {number}", top=True, anchor=anchor, body=body)


def _levels(action: str, criterion: TypedCriterion, position: int, errors: Mapping[str, str]) -> Element:
    caption = f"Levels of criterion {position + 1}, from lowest to highest"
    heads = ("Label", "Points", "What it looks like in a draft", "Steps")
    return Div(
        Table(
            Caption(caption),
            Thead(Tr(*(Th(head, scope="col") for head in heads))),
            Tbody(*(_level(action, criterion, position, at, errors) for at in range(len(criterion.levels)))),
            cls="table levels-table",
        ),
        cls="table-frame",
    )


def _level(
    action: str, criterion: TypedCriterion, position: int, at: int, errors: Mapping[str, str]
) -> Element:  # fmt: skip
    level, many = criterion.levels[at], len(criterion.levels)
    start = f"criterion.{position}.level.{at}."
    which = f"level {at + 1} of criterion {position + 1}"
    anchor = f"criterion-{position + 1}"

    def step(label: str, verb: str, heard: str) -> Element:
        return step_button(action=action, label=label, step=f"{verb}:{position}:{at}", anchor=anchor, heard=heard)

    return Tr(
        _cell(
            "Label", f"{start}label", errors,
            Input(type="text", value=level.label, maxlength=LONGEST_LABEL, autocomplete="off", required=True,
                  **_named(f"{start}label", f"Label of {which}", errors)),
        ),
        _cell(
            "Points", f"{start}points", errors,
            Input(type="number", value=level.points, step="any", required=True,
                  **_named(f"{start}points", f"Points of {which}", errors)),
        ),
        _cell(
            "What it looks like in a draft", f"{start}description", errors,
            Textarea(raw("\n"), level.description, rows=3,
                     **_named(f"{start}description", f"What {which} looks like in a draft", errors)),
        ),
        Td(
            Div(
                step("Up", "level-up", f"Move the words of {which} up") if at else None,
                step("Down", "level-down", f"Move the words of {which} down") if at + 1 < many else None,
                step("Copy", "copy-level", f"Add a level with the words of {which}"),
                step("Remove", "remove-level", f"Remove {which}"),
                cls="row",
            ),
        ),
    )  # fmt: skip


def _named(name: str, heard: str, errors: Mapping[str, str]) -> dict[str, str | None]:
    wrong = name in errors
    return {
        "name": name, "id": field_id(name), "aria_label": heard, "aria_invalid": "true" if wrong else None,
        "aria_describedby": f"{field_id(name)}-error" if wrong else None, "cls": "input",
    }  # fmt: skip


def _cell(label: str, name: str, errors: Mapping[str, str], control: Child) -> Element:
    error = errors.get(name)
    return Td(
        Span(label, cls="levels-label", aria_hidden="true"),
        control,
        P(error, id=f"{field_id(name)}-error", cls="field-error") if error else None,
    )
