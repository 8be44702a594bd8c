"""Steps that can be undone, and what is deleted: seen by who may restore it and by nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from feedforward.assignments.life_cycle_tables import LifeStepChange
from feedforward.assignments.rules import AssignmentStatus
from feedforward.assignments.tables import Assignment
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import Course, LifeStep
from feedforward.errors import NotFound


@dataclass(frozen=True, slots=True)
class StandingStep:
    """A step that was not undone; `come_from` is where undoing it leads."""

    id: int
    come_from: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class StepChange:
    """One assignment that went along with a step of its course, where it stood and where it went."""

    assignment_id: int
    title: str
    come_from: str
    go_to: str
    stands_at: str


@dataclass(frozen=True, slots=True)
class DeletedCourse:
    """A deleted course as its owner finds it again. `step_id` None: it was deleted before steps were written down."""

    course_id: int
    code: str
    title: str
    deleted_at: datetime | None
    back_to: CourseStatus
    step_id: int | None


@dataclass(frozen=True, slots=True)
class DeletedAssignment:
    """A deleted assignment of a course that is not deleted."""

    assignment_id: int
    course_id: int
    title: str
    deleted_at: datetime | None
    time_zone: str
    back_to: AssignmentStatus
    step_id: int | None


def standing_step(connection: Connection, kind: str, subject_id: int, go_to: str) -> StandingStep | None:
    """The newest step of this subject there that was not undone; `kind` is "course" or "assignment"."""
    row = connection.execute(
        select(LifeStep.id, LifeStep.come_from, LifeStep.made_at)
        .where(
            LifeStep.kind == kind, LifeStep.subject_id == subject_id, LifeStep.undone_at.is_(None),
            LifeStep.go_to == go_to,
        )
        .order_by(LifeStep.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if row is None else StandingStep(row.id, row.come_from, row.made_at)


def changes_of(connection: Connection, step_id: int) -> Sequence[StepChange]:
    """What went along with a step, by due date."""
    rows = connection.execute(
        select(
            LifeStepChange.assignment_id, Assignment.title, LifeStepChange.come_from, LifeStepChange.go_to,
            Assignment.status,
        )
        .join(Assignment, Assignment.id == LifeStepChange.assignment_id)
        .where(LifeStepChange.step_id == step_id)
        .order_by(Assignment.due_at, Assignment.id)
    )  # fmt: skip
    return [StepChange(*row) for row in rows]


def deleted_course(connection: Connection, owner_id: int, course_id: int) -> DeletedCourse:
    """NotFound unless it is deleted and was this person's."""
    row = connection.execute(
        select(Course.id, Course.code, Course.title, Course.deleted_at).where(
            Course.id == course_id, Course.owner_id == owner_id, Course.status == CourseStatus.DELETED
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    step = standing_step(connection, "course", course_id, CourseStatus.DELETED)
    if step is not None:
        return DeletedCourse(row.id, row.code, row.title, row.deleted_at, CourseStatus(step.come_from), step.id)
    # Deleted by an earlier version: what students saw comes back readable, what they never saw stays hidden.
    published = select(exists(select(1).where(Assignment.course_id == course_id, Assignment.published_at.is_not(None))))
    seen = connection.execute(published).scalar_one()
    back_to = CourseStatus.ARCHIVED if seen else CourseStatus.DRAFT
    return DeletedCourse(row.id, row.code, row.title, row.deleted_at, back_to, None)


def deleted_assignment(connection: Connection, staff_id: int, assignment_id: int) -> DeletedAssignment:
    """NotFound unless it is deleted in a course that is not, and which this person teaches; tutors are refused."""
    course_id = connection.execute(
        select(Assignment.course_id).where(
            Assignment.id == assignment_id, Assignment.status == AssignmentStatus.DELETED
        )
    ).scalar_one_or_none()
    if course_id is None:
        raise NotFound
    require_may_change(connection, staff_id, course_id, archived=True)
    return next(
        each for each in deleted_assignments(connection, staff_id, course_id) if each.assignment_id == assignment_id
    )


def deleted_assignments(connection: Connection, staff_id: int, course_id: int) -> Sequence[DeletedAssignment]:
    """Those of a course that this person may change, the newest first; NotFound, NotPermitted as
    `require_may_change`."""
    require_may_change(connection, staff_id, course_id, archived=True)
    rows = connection.execute(
        select(
            Assignment.id, Assignment.title, Assignment.deleted_at, Assignment.time_zone, Assignment.published_at,
            LifeStep.id.label("step_id"), LifeStep.come_from,
        )
        .outerjoin(
            LifeStep,
            (LifeStep.kind == "assignment") & (LifeStep.subject_id == Assignment.id) & (LifeStep.go_to == "deleted")
            & LifeStep.undone_at.is_(None),
        )
        .where(Assignment.course_id == course_id, Assignment.status == AssignmentStatus.DELETED)
        .order_by(Assignment.deleted_at.desc(), Assignment.id.desc())
    )  # fmt: skip
    return [
        DeletedAssignment(
            row.id, course_id, row.title, row.deleted_at, row.time_zone,
            AssignmentStatus(row.come_from or ("archived" if row.published_at else "draft")), row.step_id,
        )
        for row in rows
    ]  # fmt: skip
