"""What a step in the life of a course or an assignment would mean, counted as things stand now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from feedforward.assignments.life_cycle_queries import StepChange, changes_of, deleted_course, standing_step
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import Task
from feedforward.assignments.tables import Assignment
from feedforward.courses.life_cycle_rules import ARCHIVED, CASCADES, DELETED
from feedforward.courses.queries import require_may_change
from feedforward.courses.tables import Enrolment
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback

_WAITING = ("awaiting_review", "needs_manual_feedback")
_READING = ("submitted", "reading", "merging")


@dataclass(frozen=True, slots=True)
class Affected:
    """Drafts by where they stand: looked at and not handed in, with the readers, waiting for review (of these
    `scheduled` would go out by themselves), released, withheld."""

    not_handed_in: int
    reading: int
    waiting: int
    scheduled: int
    released: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Cascade:
    """What goes along with a step: these assignments change, `staying` stay as they are; the drafts behind both."""

    changes: Sequence[StepChange]
    staying: Sequence[StepChange]
    affected: Affected
    students: int


def course_cascade(connection: Connection, course_id: int, go_to: str) -> Cascade:
    """For callers that know that this person may take the step; `go_to` is where the course goes."""
    rows = connection.execute(
        select(Assignment.id, Assignment.title, Assignment.status)
        .where(Assignment.course_id == course_id, Assignment.status != DELETED)
        .order_by(Assignment.due_at, Assignment.id)
    ).all()
    becomes = CASCADES.get(go_to)
    if becomes is not None:
        after = {row.id: becomes.get(row.status, row.status) for row in rows}
    else:
        step = standing_step(connection, "course", course_id, ARCHIVED)
        undone = {each.assignment_id: each for each in changes_of(connection, step.id)} if step else {}
        after = {row.id: undone[row.id].come_from if row.id in undone else row.status for row in rows}
    every = [StepChange(row.id, row.title, row.status, after[row.id], row.status) for row in rows]
    return _cascade(connection, every, course_id, Assignment.course_id == course_id)


def restoring_cascade(connection: Connection, owner_id: int, course_id: int) -> Cascade:
    """What restoring a deleted course gives back; NotFound for anybody but its owner."""
    course = deleted_course(connection, owner_id, course_id)
    gone = changes_of(connection, course.step_id) if course.step_id is not None else []
    every = [StepChange(each.assignment_id, each.title, DELETED, each.come_from, each.stands_at) for each in gone]
    return _cascade(connection, every, course_id, Assignment.course_id == course_id)


def assignment_affected(connection: Connection, user_id: int, assignment_id: int) -> tuple[Task, Affected]:
    """An assignment and its drafts, for who may change it. NotFound, NotPermitted otherwise."""
    task = task_for_staff(connection, user_id, assignment_id)
    require_may_change(connection, user_id, task.course_id)
    return task, _affected(connection, Assignment.id == assignment_id)


def _cascade(
    connection: Connection, every: Sequence[StepChange], course_id: int, which: ColumnElement[bool]
) -> Cascade:
    students = connection.execute(
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.status == "active")
    ).scalar_one()
    moving = [each for each in every if each.come_from != each.go_to]
    staying = [each for each in every if each.come_from == each.go_to]
    return Cascade(moving, staying, _affected(connection, which), students)


def _affected(connection: Connection, which: ColumnElement[bool]) -> Affected:
    rows = connection.execute(
        select(Draft.status, Feedback.status.label("feedback"), func.count().label("many"))
        .select_from(Draft)
        .outerjoin(Feedback, Feedback.draft_id == Draft.id)
        .where(Draft.assignment_id.in_(select(Assignment.id).where(which)))
        .group_by(Draft.status, Feedback.status)
    ).all()

    def many(*statuses: str, feedback: str | None = None) -> int:
        return sum(row.many for row in rows if row.status in statuses and feedback in (None, row.feedback))

    return Affected(
        many("previewed"), many(*_READING), many(*_WAITING), many(*_WAITING, feedback="scheduled"),
        many("released"), many("withheld"),
    )  # fmt: skip
