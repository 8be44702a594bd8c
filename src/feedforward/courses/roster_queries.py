"""Reading the roster a page at a time: a tutor sees their part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from feedforward.accounts.tables import User
from feedforward.courses.parts import in_my_part
from feedforward.courses.queries import is_staff_of
from feedforward.courses.tables import CourseStaff, Enrolment
from feedforward.errors import NotFound

PER_PAGE = 50
ACTIVE, REMOVED = "active", "removed"


@dataclass(frozen=True, slots=True)
class Student:
    """A student of a course; removed ones stay listed so that they can be enrolled again."""

    student_id: int
    name: str
    email: str
    number: str
    section: str
    active: bool
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class RosterPage:
    """One page of students by name. `found` counts those of the filter, `active` and `removed` all that this person
    sees; `sections` are the names in use."""

    students: Sequence[Student]
    found: int
    active: int
    removed: int
    sections: Sequence[str]


_STUDENT = (
    select(
        User.id, User.name, User.email, Enrolment.student_number, Enrolment.section, Enrolment.status,
        Enrolment.enrolled_at,
    )
    .join(Enrolment, Enrolment.student_id == User.id)
    .join(CourseStaff, CourseStaff.course_id == Enrolment.course_id)
    .where(in_my_part(Enrolment.student_id))
)  # fmt: skip


def roster_page(
    connection: Connection, user_id: int, course_id: int, *, status: str, section: str, search: str, page: int
) -> RosterPage:
    """`status` is ACTIVE or REMOVED, `section` and `search` narrow it ("" for all), `page` counts from 1. NotFound
    unless this person teaches the course."""
    if not is_staff_of(connection, user_id, course_id):
        raise NotFound
    mine = _STUDENT.where(Enrolment.course_id == course_id, CourseStaff.user_id == user_id)
    by_section = mine.with_only_columns(Enrolment.status, Enrolment.section, func.count().label("many")).group_by(
        Enrolment.status, Enrolment.section
    )
    counted = connection.execute(by_section).all()
    wanted = mine.where(Enrolment.status == status)
    if section:
        wanted = wanted.where(Enrolment.section == section)
    if search:
        wanted = wanted.where(
            or_(
                func.lower(User.name).contains(search.lower(), autoescape=True),
                User.email.contains(search.lower(), autoescape=True),
                Enrolment.student_number.contains(search, autoescape=True),
            )
        )
    found = (
        connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        if search
        else sum(row.many for row in counted if row.status == status and section in ("", row.section))
    )
    rows = connection.execute(
        wanted.order_by(func.lower(User.name), User.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    )
    return RosterPage(
        [
            Student(row.id, row.name, row.email, row.student_number, row.section, row.status == ACTIVE, row.enrolled_at)
            for row in rows
        ],
        found,
        sum(row.many for row in counted if row.status == ACTIVE),
        sum(row.many for row in counted if row.status == REMOVED),
        sorted({row.section for row in counted if row.section}),
    )


def student_of_course(connection: Connection, user_id: int, course_id: int, student_id: int) -> Student:
    """One student; NotFound unless this person teaches the course and the student is in their part of it."""
    row = connection.execute(
        _STUDENT.where(Enrolment.course_id == course_id, CourseStaff.user_id == user_id, User.id == student_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Student(
        row.id, row.name, row.email, row.student_number, row.section, row.status == ACTIVE, row.enrolled_at
    )  # fmt: skip
