"""The page of a course for its staff: its assignments, its people, and what its state means."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.assignments.rules import AssignmentStatus, Task
from feedforward.courses.pages import counted, course_badge, course_life
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import CourseStatus, moves_from
from feedforward.submission_types.registry import SUBMISSION_TYPES
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, link_button
from feedforward.ui.dates import moment_and_distance
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.layout import ListItem, item_list, page_head, row, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.tables import empty_state

STATUS_WORDS = {
    AssignmentStatus.DRAFT: ("Not published", Tone.PERSON),
    AssignmentStatus.ACTIVE: ("Open", Tone.ACTIVE),
    AssignmentStatus.INACTIVE: ("Closed", Tone.NEUTRAL),
    AssignmentStatus.ARCHIVED: ("Archived", Tone.NEUTRAL),
    AssignmentStatus.DELETED: ("Deleted", Tone.NEUTRAL),
}


def assignment_badge(task: Task, now: datetime) -> Element:
    """The state of an assignment as students meet it: its course and its due date count too."""
    if task.status is AssignmentStatus.ACTIVE and task.course_status is not CourseStatus.ACTIVE:
        hidden = task.course_status is CourseStatus.DRAFT
        return badge("Hidden with its course" if hidden else "Closed with its course", tone=Tone.PERSON)
    if task.status is AssignmentStatus.ACTIVE and task.deadline <= now:
        return badge("Past its due date", tone=Tone.NEUTRAL)
    word, tone = STATUS_WORDS[task.status]
    return badge(word, tone=tone)


def course_body(*, course: CourseView, tasks: Sequence[Task], now: datetime) -> Child:
    """The course as its staff see it."""
    new = link_button("New assignment", href=urls.new_assignment(course.id)) if course.may_change else None
    moves = moves_from(course.status, course.role)
    return (
        page_head(
            title=f"{course.code} {course.title}",
            lead=", ".join(filter(None, (course.term, course.department))) or None,
            badges=[course_badge(course.status)],
            actions=(
                link_button("Class", href=urls.course_class(course.id), kind=ButtonKind.QUIET),
                link_button("Defaults", href=urls.course_defaults(course.id), kind=ButtonKind.QUIET)
                if course.may_change else None,
                link_button("Edit details", href=urls.edit_course(course.id), kind=ButtonKind.QUIET)
                if course.may_change else None,
            ),
        ),
        P(course.description) if course.description else None,
        section(title="Assignments", actions=new if tasks else None, body=_assignments(course, tasks, now, new)),
        section(
            title="People",
            actions=link_button("See and enrol people", href=urls.course_people(course.id), kind=ButtonKind.QUIET),
            body=P(f"{counted(course.students, 'student', 'students')} enrolled.".capitalize()),
        ),
        section(
            title="State of the course", quiet=True,
            body=stack(course_life(course=course, moves=moves), _more(course)),
        ),
    )  # fmt: skip


def _more(course: CourseView) -> Child:
    """What is done with a course once a term; nothing for tutors."""
    if not course.role.may_change:
        return None
    return stack(
        row(link_button("Duplicate into another term …", href=urls.duplicate_course(course.id), kind=ButtonKind.QUIET)),
        P(link(Link("Deleted assignments", urls.deleted_assignments(course.id)))),
    )


def _assignments(course: CourseView, tasks: Sequence[Task], now: datetime, new: Child) -> Child:
    if not tasks:
        return empty_state(
            title="No assignments yet",
            text="An assignment is a task with a rubric, a due date and the readers who read each draft."
            if course.may_change
            else "The instructors of this course have not made one.",
            action=new,
        )
    items = [
        ListItem(
            title=task.title, href=urls.assignment(task.assignment_id), badges=[assignment_badge(task, now)],
            detail=f"{SUBMISSION_TYPES[task.kind].label}, {counted(task.max_drafts, 'draft', 'drafts at most')}",
            meta=moment_and_distance(task.due_at, task.time_zone, now),
            actions=link(Link("Review", f"{urls.review_queue()}?assignment={task.assignment_id}"))
            if task.status is not AssignmentStatus.DRAFT else None,
        )
        for task in tasks
    ]  # fmt: skip
    return item_list(items=items, label="Assignments by due date")
