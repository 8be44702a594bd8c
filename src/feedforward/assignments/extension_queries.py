"""Reading extensions: those of an assignment for its staff, and the students who may get one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import aliased

from feedforward.accounts.tables import User
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_tables import Extension
from feedforward.courses.parts import in_my_part
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.tables import CourseStaff, Enrolment

_GRANTED_BY = aliased(User)
_STANDING = (
    select(
        Extension.student_id, User.name, User.email, Extension.due_at, Extension.reason, Extension.granted_at,
        _GRANTED_BY.name.label("granted_by"),
    )
    .join(User, User.id == Extension.student_id)
    .join(_GRANTED_BY, _GRANTED_BY.id == Extension.created_by)
    .join(CourseStaff, CourseStaff.course_id == bindparam("course_id"))
    .where(
        Extension.assignment_id == bindparam("assignment_id"), Extension.withdrawn_at.is_(None),
        CourseStaff.user_id == bindparam("user_id"), in_my_part(Extension.student_id),
    )
    .order_by(Extension.due_at, User.name, User.id)
)  # fmt: skip
_ENROLLED = (
    select(User.id, User.name, User.email)
    .join(Enrolment, Enrolment.student_id == User.id)
    .where(Enrolment.course_id == bindparam("course_id"), Enrolment.status == "active")
    .order_by(User.name, User.id)
)
_ONE_ENROLLED = select(Enrolment.student_id).where(
    Enrolment.course_id == bindparam("course_id"),
    Enrolment.student_id == bindparam("student_id"),
    Enrolment.status == "active",
)


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """One extension that stands."""

    student_id: int
    name: str
    email: str
    due_at: datetime
    reason: str
    granted_at: datetime
    granted_by: str


@dataclass(frozen=True, slots=True)
class ExtensionsView:
    """The extensions of an assignment; `students` are those one can be given to, (id, name, e-mail)."""

    task: Task
    course: CourseView
    lines: tuple[ExtensionLine, ...]
    students: tuple[tuple[int, str, str], ...]


def extensions_for_staff(connection: Connection, user_id: int, assignment_id: int) -> ExtensionsView:
    """NotFound unless this person teaches the course; of a part of the roster only those in it."""
    task = task_for_staff(connection, user_id, assignment_id)
    course = course_for_staff(connection, user_id, task.course_id)
    asked = {"assignment_id": assignment_id, "course_id": task.course_id, "user_id": user_id}
    students = connection.execute(_ENROLLED, {"course_id": task.course_id}) if course.may_change else ()
    return ExtensionsView(
        task, course, tuple(ExtensionLine(*row) for row in connection.execute(_STANDING, asked)),
        tuple((row[0], row[1], row[2]) for row in students),
    )  # fmt: skip


def is_enrolled(connection: Connection, course_id: int, student_id: int) -> bool:
    """Whether this student is enrolled now."""
    return connection.execute(_ONE_ENROLLED, {"course_id": course_id, "student_id": student_id}).first() is not None
