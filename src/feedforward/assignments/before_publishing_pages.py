"""What an assignment needs before students see it, and publishing it: at once, or at a moment set for it."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.assignments.overview import Overview
from feedforward.assignments.publishing import Check
from feedforward.courses.rules import CourseStatus
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.choices import checkbox
from feedforward.ui.dates import moment
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import date_time_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import ListItem, disclosure, item_list, section, stack
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind, notice


def before_publishing(
    *, view: Overview, checks: Sequence[Check], errors: Mapping[str, str], publish_at: str | None
) -> Child:
    """The checklist, and below it the ways to publish; `publish_at` is a moment as it was typed."""
    task = view.task
    places = {
        "details": Link("Edit details", urls.edit_assignment(task.assignment_id)),
        "rubric": Link("Build the rubric", urls.edit_rubric(task.assignment_id)),
        "readers": Link("Choose readers", urls.edit_readers(task.assignment_id)),
    }
    first = next((check for check in checks if not check.fine), None)
    items = [
        ListItem(
            title=check.label,
            badges=[badge("Done", tone=Tone.DONE) if check.fine else badge("To do", tone=Tone.PERSON)],
            detail=None if check.fine else check.todo,
            actions=_to_do(places[check.place], first=check is first) if view.may_change and not check.fine else None,
        )
        for check in checks
    ]
    ready = all(check.fine for check in checks)
    body: list[Child] = [item_list(items=items, label="What publishing needs")]
    if task.settings.publish_problem:
        told = f"It was to be published by its schedule, and was not. {task.settings.publish_problem}"
        body.insert(0, notice(Notice(told, NoticeKind.PERSON)))
    if view.may_change:
        body.append(_schedule(view, errors, publish_at))
    if ready and view.may_change:
        body.insert(-1, _publish_form(view))
    elif view.may_change:
        body.insert(-1, P("You can publish when every line is done. Until then nobody but the staff sees it."))
    return section(title="Before you publish", body=stack(*body))


def _to_do(where: Link, *, first: bool) -> Child:
    return link_button(where.label, href=where.href, kind=ButtonKind.PRIMARY if first else ButtonKind.QUIET)


def _publish_form(view: Overview) -> Child:
    students = view.course.students
    seen_by = f"The {students} enrolled students see it" if students > 1 else "The enrolled student sees it"
    told = f"{seen_by} at once." if students else "Nobody is enrolled yet: students see it as soon as you enrol them."
    hidden = view.course.status is CourseStatus.DRAFT
    return form(
        action=urls.publish(view.task.assignment_id), submit="Publish",
        fields=(
            hidden_field(name="version", value=str(view.task.version)),
            P(told) if not hidden else None,
            checkbox(
                name="open_course", label="Open the course to its students too", checked=True,
                hint="The course is still being prepared, and while it is, students see nothing in it. " + told,
            ) if hidden else None,
        ),
    )  # fmt: skip


def _schedule(view: Overview, errors: Mapping[str, str], publish_at: str | None) -> Child:
    task = view.task
    if task.settings.publish_at is not None:
        told = P(
            "It will be published ", moment(task.settings.publish_at, task.time_zone),
            ", if every line above is done by then.",
        )  # fmt: skip
        return stack(told, button_form(action=urls.unschedule_publication(task.assignment_id), label="Take that back"))
    fields = (
        hidden_field(name="version", value=str(task.version)),
        date_time_field(
            name="publish_at", label="Publish at", value=publish_at or "", zone=task.time_zone,
            hint="Every line above has to be done by then; if one is not, it stays hidden and you read why here.",
            error=errors.get("publish_at"),
        ),
        checkbox(name="open_course", label="Open the course to its students then too", checked=True)
        if view.course.status is CourseStatus.DRAFT else None,
    )  # fmt: skip
    return disclosure(
        summary="Publish it later, at a set moment",
        body=form(
            action=urls.schedule_publication(task.assignment_id), submit="Set the moment", fields=fields,
            errors={name: told for name, told in errors.items() if name}, submit_kind=ButtonKind.QUIET,
        ),
        opened="publish_at" in errors,
    )  # fmt: skip
