"""A student's courses, and what one of them asks and has given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.queries import tasks_of_student
from feedforward.assignments.rules import Task
from feedforward.courses.rules import SEEN_BY_STUDENTS, CourseStatus
from feedforward.courses.tables import Course, Enrolment
from feedforward.errors import NotFound
from feedforward.home.queries import StudentHome, home_in_course


@dataclass(frozen=True, slots=True)
class MyCourse:
    """A course as a student of it sees it; `owner` is the name of whose course it is."""

    course_id: int
    code: str
    title: str
    term: str
    description: str
    status: CourseStatus
    owner: str


@dataclass(frozen=True, slots=True)
class MyCoursePage:
    """`tasks` are all that the student sees in the course, by due date; `home` what is due, waits and came back."""

    course: MyCourse
    tasks: Sequence[Task]
    home: StudentHome


_MINE: Select[*tuple[object, ...]] = (
    select(
        Course.id, Course.code, Course.title, Course.term, Course.description, Course.status, User.name.label("owner")
    )
    .join(Enrolment, Enrolment.course_id == Course.id)
    .join(User, User.id == Course.owner_id)
    .where(
        Enrolment.student_id == bindparam("student_id"), Enrolment.status == "active",
        Course.status.in_(SEEN_BY_STUDENTS),
    )
    .order_by(Course.created_at.desc(), Course.id.desc())
)  # fmt: skip
_ONE = _MINE.where(Course.id == bindparam("course_id"))


def my_courses(connection: Connection, student_id: int) -> list[MyCourse]:
    """The courses this student is enrolled in and may see, the newest first."""
    return [
        MyCourse(row.id, row.code, row.title, row.term, row.description, CourseStatus(row.status), row.owner)
        for row in connection.execute(_MINE, {"student_id": student_id})
    ]


def my_course(connection: Connection, student_id: int, course_id: int, now: datetime) -> MyCoursePage:
    """NotFound unless this student is enrolled in the course and it is one students see."""
    row = connection.execute(_ONE, {"student_id": student_id, "course_id": course_id}).one_or_none()
    if row is None:
        raise NotFound
    course = MyCourse(row.id, row.code, row.title, row.term, row.description, CourseStatus(row.status), row.owner)
    tasks = [task for task in tasks_of_student(connection, student_id) if task.course_id == course_id]
    return MyCoursePage(course, tasks, home_in_course(connection, student_id, course_id, now))
