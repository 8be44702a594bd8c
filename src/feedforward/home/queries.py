"""What a student's home shows: the tasks of their courses and their drafts, in two statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from feedforward.assignments.settings_tables import Extension
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course, Enrolment
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.hot_reads import HotRead

MOST_DRAFTS = 60
MOST_TASKS = 60


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task that still takes drafts; `due_at` is the deadline as it holds for this student."""

    assignment_id: int
    title: str
    course_code: str
    due_at: datetime
    time_zone: str
    max_drafts: int


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft with what came back; `version` and the moments of the feedback are None before there is any."""

    draft_id: int
    assignment_id: int
    number: int | None
    status: DraftStatus
    submitted_at: datetime | None
    changed_at: datetime
    erase_after: datetime | None
    erased_at: datetime | None
    content_preserved: bool
    title: str
    course_code: str
    due_at: datetime
    time_zone: str
    version: int | None
    released_at: datetime | None
    opened_at: datetime | None

    def erased_on(self, unreleased_days: int) -> datetime | None:
        """When the text goes, as far as it is known; None where it is kept, gone or was never handed in."""
        if self.erased_at is not None or self.content_preserved or self.number is None:
            return None
        return self.erase_after or self.due_at + timedelta(days=unreleased_days)


@dataclass(frozen=True, slots=True)
class StudentHome:
    """Tasks by due date, drafts newest first."""

    tasks: tuple[TaskLine, ...]
    drafts: tuple[DraftLine, ...]


_DUE = (
    select(
        Assignment.id.label("assignment_id"), Assignment.title, Course.code.label("course_code"), Assignment.due_at,
        Assignment.time_zone, Assignment.max_drafts, Extension.due_at.label("extended_to"),
    )
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(
        Extension,
        and_(
            Extension.assignment_id == Assignment.id, Extension.student_id == bindparam("student_id"),
            Extension.withdrawn_at.is_(None),
        ),
    )
    .join(Enrolment, Enrolment.course_id == Course.id)
    .where(
        Enrolment.student_id == bindparam("student_id"), Enrolment.status == "active", Course.status == "active",
        Assignment.status == "active",
        or_(Assignment.due_at >= bindparam("now"), Extension.due_at >= bindparam("now")),
    )
    .order_by(Assignment.due_at, Assignment.id)
    .limit(MOST_TASKS)
)  # fmt: skip
_WRITTEN = (
    select(
        Draft.id.label("draft_id"), Draft.assignment_id, Draft.number, Draft.status, Draft.submitted_at,
        Draft.changed_at, Draft.erase_after, Draft.erased_at, Draft.content_preserved, Assignment.title,
        Course.code.label("course_code"), Assignment.due_at, Assignment.time_zone, Feedback.version,
        Feedback.released_at, Feedback.opened_at,
    )
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(Feedback, Feedback.draft_id == Draft.id)
    .where(
        Draft.student_id == bindparam("student_id"), Draft.status != DraftStatus.DISCARDED,
        Assignment.status != "deleted", Course.status != "deleted",
    )
    .order_by(Draft.changed_at.desc(), Draft.id.desc())
    .limit(MOST_DRAFTS)
)  # fmt: skip
_IN_ONE = Course.id == bindparam("course_id")
_TASKS, _TASKS_OF_COURSE = HotRead(_DUE), HotRead(_DUE.where(_IN_ONE))
_DRAFTS, _DRAFTS_OF_COURSE = HotRead(_WRITTEN), HotRead(_WRITTEN.where(_IN_ONE))


def _task_line(row: tuple[Any, ...]) -> TaskLine:
    """With the deadline as it holds for this student."""
    *task, due_at, time_zone, max_drafts, extended_to = row
    values: tuple[Any, ...] = (*task, max(due_at, extended_to) if extended_to else due_at, time_zone, max_drafts)
    return TaskLine(*values)


def _draft_line(row: tuple[Any, ...]) -> DraftLine:
    values: tuple[Any, ...] = (*row[:3], DraftStatus(row[3]), *row[4:])
    return DraftLine(*values)


def student_home(connection: Connection, student_id: int, now: datetime) -> StudentHome:
    """Two statements, whatever the number of courses and drafts."""
    return _home(
        _TASKS.rows(connection, student_id=student_id, now=now), _DRAFTS.rows(connection, student_id=student_id)
    )


def home_in_course(connection: Connection, student_id: int, course_id: int, now: datetime) -> StudentHome:
    """The same of one course alone."""
    return _home(
        _TASKS_OF_COURSE.rows(connection, student_id=student_id, now=now, course_id=course_id),
        _DRAFTS_OF_COURSE.rows(connection, student_id=student_id, course_id=course_id),
    )


def _home(tasks: Sequence[tuple[Any, ...]], drafts: Sequence[tuple[Any, ...]]) -> StudentHome:
    by_date = sorted((_task_line(row) for row in tasks), key=lambda each: each.due_at)
    return StudentHome(tasks=tuple(by_date), drafts=tuple(_draft_line(row) for row in drafts))
