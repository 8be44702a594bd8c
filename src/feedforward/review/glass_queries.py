"""Finding student work for an administrator who opened it: which draft, whose, of which course. Never a text."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.tables import Assignment
from feedforward.courses.glass_queries import course_name
from feedforward.courses.glass_rules import Place
from feedforward.courses.tables import Course, Enrolment
from feedforward.drafts.queries import DraftView, draft_for_work
from feedforward.drafts.rules import NOT_HANDED_IN, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.review.queries import ReviewRows, review_for_work

PER_PAGE = 100
_WORK = (
    select(Draft.status, Draft.student_id, User.name, Assignment.course_id, Assignment.title, Assignment.time_zone)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .join(User, User.id == Draft.student_id)
    .where(Draft.id == bindparam("draft_id"), Course.status != "deleted")
)
_LINES = (
    select(
        Draft.id, Draft.number, Draft.status, Draft.submitted_at, Draft.erased_at, User.name.label("student"),
        Assignment.title, Assignment.time_zone,
    )
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(User, User.id == Draft.student_id)
    .where(
        Draft.assignment_id.in_(select(Assignment.id).where(Assignment.course_id == bindparam("course_id"))),
        Draft.status.not_in(NOT_HANDED_IN), Draft.id < bindparam("before"),
    )
    .order_by(Draft.id.desc())
    .limit(PER_PAGE + 1)
)  # fmt: skip
_OF_STUDENT = _LINES.where(Draft.student_id == bindparam("student_id"))
_STUDENT = (
    select(User.name)
    .join(Enrolment, Enrolment.student_id == User.id)
    .where(Enrolment.course_id == bindparam("course_id"), Enrolment.student_id == bindparam("student_id"))
)
_LAST = 10**18


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its names: `student` and `assignment` "" where it is not about one."""

    place: Place
    course: str
    student: str = ""
    assignment: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A draft in a list: what was handed in when, and whether its text is still there."""

    draft_id: int
    number: int
    status: DraftStatus
    submitted_at: datetime
    erased: bool
    student: str
    assignment: str
    time_zone: str


def work_of_draft(connection: Connection, draft_id: int) -> Named:
    """NotFound for a draft that was never handed in: until then it is the student's alone."""
    row = connection.execute(_WORK, {"draft_id": draft_id}).one_or_none()
    if row is None or row.status in NOT_HANDED_IN:
        raise NotFound
    place = Place(row.course_id, row.student_id, draft_id)
    return Named(place, course_name(connection, row.course_id), row.name, row.title, row.time_zone)


def work_of_student(connection: Connection, course_id: int, student_id: int) -> Named:
    """NotFound for somebody who was never enrolled in the course."""
    student = connection.execute(_STUDENT, {"course_id": course_id, "student_id": student_id}).scalar_one_or_none()
    if student is None:
        raise NotFound
    return Named(Place(course_id, student_id), course_name(connection, course_id), student)


def work_of_course(connection: Connection, course_id: int) -> Named:
    return Named(Place(course_id), course_name(connection, course_id))


def work_lines(connection: Connection, place: Place, before: int | None) -> tuple[list[WorkLine], int | None]:
    """The drafts handed in, newest first, 100 at a time; and the draft before which the next page begins."""
    asked = {"course_id": place.course_id, "before": before or _LAST}
    of = _LINES if place.student_id is None else _OF_STUDENT
    if place.student_id is not None:
        asked["student_id"] = place.student_id
    rows = connection.execute(of, asked).all()
    lines = [
        WorkLine(
            row.id, row.number, DraftStatus(row.status), row.submitted_at, row.erased_at is not None, row.student,
            row.title, row.time_zone,
        )
        for row in rows[:PER_PAGE]
    ]  # fmt: skip
    return lines, lines[-1].draft_id if len(rows) > PER_PAGE else None


def draft_and_review(connection: Connection, draft_id: int) -> tuple[DraftView, ReviewRows | None]:
    """All rows of one draft, still sealed; the second None where there is no feedback yet. For who opened it alone."""
    draft = draft_for_work(connection, draft_id)
    try:
        return draft, review_for_work(connection, draft_id)
    except NotFound:
        return draft, None
