"""The staff's page of an assignment: what it still needs, the task, its rubric and readers, the steps of its life."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.assignments.before_publishing_pages import before_publishing
from feedforward.assignments.course_pages import assignment_badge
from feedforward.assignments.overview import Overview
from feedforward.assignments.publishing import Check, Move, moves_from
from feedforward.assignments.readers_view import readers_view
from feedforward.assignments.rules import AssignmentStatus
from feedforward.assignments.settings_pages import settings_facts
from feedforward.assignments.text_travel import TextTravel
from feedforward.courses.life_cycle_rules import is_kept
from feedforward.courses.rules import CourseStatus
from feedforward.rubrics.pages import rubric_view
from feedforward.submission_types.registry import SUBMISSION_TYPES
from feedforward.ui.buttons import ButtonKind, button_form, button_row, link_button
from feedforward.ui.dates import moment, moment_and_distance
from feedforward.ui.elements import Child, Em, P
from feedforward.ui.layout import disclosure, page_head, reading, row, section, stack
from feedforward.ui.markdown import markdown
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import definition_list

STATUS_MEANS = {
    AssignmentStatus.DRAFT: "Students do not see this assignment yet.",
    AssignmentStatus.ACTIVE: "Students see this assignment and hand in drafts until it is due.",
    AssignmentStatus.INACTIVE: "Students see this assignment and their feedback; no new drafts are taken in.",
    AssignmentStatus.ARCHIVED: "Everything can be read and nothing changed.",
}


def overview_body(
    *, view: Overview, checks: Sequence[Check], travel: TextTravel, retention_days: int, now: datetime,
    errors: Mapping[str, str], publish_at: str | None = None,
) -> Child:  # fmt: skip
    """The whole page; `retention_days` is the installation's own, `errors` are those of the step just refused."""
    task = view.task
    queue = f"{urls.review_queue()}?assignment={task.assignment_id}"
    published = task.status is not AssignmentStatus.DRAFT
    return (
        page_head(
            title=task.title, lead=_means(view), badges=[assignment_badge(task, now)],
            actions=(
                link_button("Drafts and review", href=queue) if published else None,
                link_button("Students’ view", href=urls.student_view(task.assignment_id), kind=ButtonKind.QUIET),
            ),
        ),
        _hidden_course_notice(view) if published else None,
        notice(Notice(errors[""], NoticeKind.FAILED)) if "" in errors else None,
        None if published else before_publishing(view=view, checks=checks, errors=errors, publish_at=publish_at),
        section(
            title="Task", actions=_edit(view, "Edit details", urls.edit_assignment(task.assignment_id)),
            body=stack(
                definition_list(items=_facts(view, retention_days, now)),
                reading(markdown(task.instructions) if task.instructions else P(Em("No instructions yet."))),
                disclosure(summary="Guidelines for the readers, which students never see",
                           body=reading(markdown(task.guidelines))) if task.guidelines else None,
            ),
        ),
        section(
            title="Handing in and feedback",
            actions=_edit(view, "Change the settings", urls.assignment_settings(task.assignment_id)),
            lead=_settings_links(view),
            body=disclosure(
                summary="What holds, and where it comes from", body=definition_list(items=settings_facts(task=task)),
                anchor="settings",
            ),
        ),
        section(title="Rubric", actions=_rubric_button(view), lead=_rubric_lead(view), body=_rubric(view),
                anchor="rubric"),
        section(
            title="Readers", actions=_edit(view, "Choose readers", urls.edit_readers(task.assignment_id)),
            lead=_reader_links(view),
            body=readers_view(task=task, readers=view.readers, travel=travel), anchor="readers",
        ),
        section(title="State of the assignment", quiet=True, body=_life(view)) if view.may_move else None,
    )  # fmt: skip


def _means(view: Overview) -> str:
    """What the state of assignment and course together mean for students."""
    if view.task.status is AssignmentStatus.ACTIVE and view.course.status is not CourseStatus.ACTIVE:
        if view.course.status is CourseStatus.DRAFT:
            return "Published, but its course is not open yet."
        return "Students see this assignment and their feedback; its course takes in no new drafts."
    return STATUS_MEANS[view.task.status]


def _edit(view: Overview, label: str, href: str) -> Child:
    return link_button(label, href=href, kind=ButtonKind.QUIET) if view.may_change else None


def _reader_links(view: Overview) -> Child:
    if not view.may_change:
        return None
    task_id = view.task.assignment_id
    return (
        link(Link("What the built-in reader looks at", urls.assignment_signals(task_id))), " · ",
        link(Link("Calibrate a reader", urls.assignment_calibration(task_id))),
    )  # fmt: skip


def _settings_links(view: Overview) -> Child:
    task_id = view.task.assignment_id
    sheet = "The task sheet" if view.task.settings.sheet_id is not None else "Attach a task sheet"
    return (
        link(Link("Extensions", urls.extensions(task_id))), " · ",
        (link(Link(sheet, urls.task_sheet(task_id))), " · ") if view.may_change else None,
        link(Link("What applies to which draft", urls.assignment_versions(task_id))),
        (" · ", link(Link("Hand in for students", urls.hand_in_for(task_id)))) if _may_hand_in_for(view) else None,
    )  # fmt: skip


def _may_hand_in_for(view: Overview) -> bool:
    return view.may_change and view.task.takes_drafts


def _hidden_course_notice(view: Overview) -> Child:
    if view.course.status is not CourseStatus.DRAFT:
        return None
    return notice(
        Notice(
            "The course is still being prepared, so no student sees this assignment.", NoticeKind.PERSON,
            actions=button_form(
                action=urls.course_status(view.course.id), label="Open the course",
                fields={"come_from": CourseStatus.DRAFT, "go_to": CourseStatus.ACTIVE, "confirmation": ""},
            ) if view.course.may_change else None,
        )
    )  # fmt: skip


def _facts(view: Overview, retention_days: int, now: datetime) -> list[tuple[str, Child]]:
    task = view.task
    kept = task.retention_days if task.retention_days is not None else retention_days
    erased = "when the feedback is released" if kept == 0 else f"{kept} {'day' if kept == 1 else 'days'} after release"
    return [
        ("Kind of work", SUBMISSION_TYPES[task.kind].label),
        ("Due", moment_and_distance(task.due_at, task.time_zone, now)),
        ("Most drafts", str(task.max_drafts)),
        ("Length", words_wanted(task.word_min, task.word_max)),
        (
            "Feedback is promised by",
            moment_and_distance(task.settings.return_at, task.time_zone, now) if task.settings.return_at else "No date",
        ),
        ("Text is erased", erased),
        ("Published", moment(view.published_at, task.time_zone) if view.published_at else "Not yet"),
    ]


def words_wanted(least: int | None, most: int | None) -> str:
    """`600 to 900 words`, `at most 900 words`, `no limit`."""
    if least is not None and most is not None:
        return f"{least:,} to {most:,} words"
    if least is not None:
        return f"at least {least:,} words"
    return f"at most {most:,} words" if most is not None else "No limit"


def _rubric_button(view: Overview) -> Child:
    if not view.rubric:
        return None
    return _edit(view, "Change the rubric", urls.edit_rubric(view.task.assignment_id))


def _rubric_lead(view: Overview) -> Child:
    if view.rubric is None:
        return None
    if view.rubric_changed_at is None:
        return view.rubric.name
    when = moment(view.rubric_changed_at, view.task.time_zone)
    return (
        f"{view.rubric.name}. Changed on ",
        when,
        ": drafts handed in before then keep the rubric they came in with.",
    )


def _rubric(view: Overview) -> Child:
    if view.rubric is None:
        build = link_button("Build the rubric", href=urls.edit_rubric(view.task.assignment_id), kind=ButtonKind.QUIET)
        return stack(
            P("No rubric yet. Start from a ready-made one, from a file, or from scratch."),
            button_row(build) if view.may_change else None,
        )
    return rubric_view(rubric=view.rubric, show_points=True)


def _life(view: Overview) -> Child:
    return stack(*(stack(_step(view, move), P(move.effect)) for move in moves_from(view.task.status)))


def _step(view: Overview, move: Move) -> Child:
    if is_kept(move.go_to) or is_kept(move.come_from):
        href = urls.assignment_step(view.task.assignment_id, move.go_to)
        return row(link_button(f"{move.label} …", href=href, kind=ButtonKind.QUIET))
    fields = {"come_from": str(move.come_from), "go_to": str(move.go_to), "confirmation": ""}
    return button_form(action=urls.assignment_status(view.task.assignment_id), label=move.label, fields=fields)
