"""The extensions of an assignment: who has one until when and why, and giving another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feedforward import urls
from feedforward.assignments.extension_queries import ExtensionLine, ExtensionsView
from feedforward.ui.buttons import button_form
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import day, moment, moment_and_distance
from feedforward.ui.elements import Child, P, Span
from feedforward.ui.fields import date_time_field, text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import page_head, section
from feedforward.ui.tables import data_table, empty_state

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class TypedExtension:
    """The form as it was typed."""

    student: str = ""
    due: str = ""
    reason: str = ""


def extensions_body(*, view: ExtensionsView, typed: TypedExtension, errors: Mapping[str, str], now: datetime) -> Child:
    """Those that stand, and the form to give one where this person may."""
    task = view.task
    may_change = view.course.may_change
    return (
        page_head(
            title="Extensions",
            lead=("Everybody else’s drafts are due ", moment(task.due_at, task.time_zone), "."),
        ),
        section(title="Who has one", body=_table(view, may_change, now)),
        section(title="Give an extension", body=_form(view, typed, errors)) if may_change else None,
    )  # fmt: skip


def _table(view: ExtensionsView, may_change: bool, now: datetime) -> Child:
    if not view.lines:
        return empty_state(title="Nobody has an extension", text="Those you give stand here, with your reasons.")
    return data_table(
        caption="Extensions by their deadline", head=["Student", "Due", "Reason", "Given", *(["Undo"] * may_change)],
        rows=[_row(view, line, may_change, now) for line in view.lines],
    )  # fmt: skip


def _row(view: ExtensionsView, line: ExtensionLine, may_change: bool, now: datetime) -> list[Child]:
    zone = view.task.time_zone
    cells: list[Child] = [
        Span(line.name, " ", Span(line.email, cls="quiet")), moment_and_distance(line.due_at, zone, now),
        line.reason or "–", Span(day(line.granted_at, zone), f" by {line.granted_by}"),
    ]  # fmt: skip
    if may_change:
        action = urls.withdraw_extension(view.task.assignment_id, line.student_id)
        cells.append(button_form(action=action, label="Take it back"))
    return cells


def _form(view: ExtensionsView, typed: TypedExtension, errors: Mapping[str, str]) -> Child:
    if not view.students:
        return P("Nobody is enrolled in this course yet.")
    return form(
        action=urls.extensions(view.task.assignment_id), submit="Give the extension", errors=errors, guard=True,
        fields=(
            select_field(
                name="student", label="Student", value=typed.student, empty="Choose a student",
                choices=[Choice(str(number), f"{name} ({email})") for number, name, email in view.students],
                hint="Who has one already gets the new deadline instead.", error=errors.get("student"),
            ),
            date_time_field(
                name="due", label="Due for this student", value=typed.due, zone=view.task.time_zone,
                hint="Drafts up to this moment are not late. The student sees it on the assignment’s page.",
                error=errors.get("due"),
            ),
            text_field(
                name="reason", label="Reason", value=typed.reason, required=False, max_length=LONGEST_REASON,
                hint="Only the staff of this course see it. Leave out what is nobody’s business, such as an illness.",
                error=errors.get("reason"),
            ),
        ),
    )  # fmt: skip
