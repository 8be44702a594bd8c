"""A class as its staff see it: who is in it and where each student's drafts stand, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select

from feedforward.accounts.tables import User
from feedforward.assignments.queries import tasks_of_course
from feedforward.assignments.rules import SEEN_BY_STUDENTS, Task
from feedforward.courses.parts import in_my_part
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.tables import CourseStaff, Enrolment
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.class_rules import SHOWN, ClassDraft, Standing
from feedforward.feedback.class_tables import ClassReminder
from feedforward.feedback.tables import Feedback

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the class is narrowed to: an assignment, a section, a standing and a name; None and "" for all."""

    assignment_id: int | None = None
    section: str = ""
    standing: Standing | None = None
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ClassStudent:
    """An enrolled student of the part of the roster that who asks looks after."""

    student_id: int
    name: str
    email: str
    number: str
    section: str


@dataclass(frozen=True, slots=True)
class ClassGrid:
    """One page: students by name, the `tasks` shown as columns (all published ones, or the chosen one), their drafts
    and when somebody was reminded. `found` counts the students that fit, `everybody` all; `missing` those without a
    draft for the chosen assignment in the chosen section."""

    course: CourseView
    every_task: Sequence[Task]
    tasks: Sequence[Task]
    students: Sequence[ClassStudent]
    found: int
    everybody: int
    missing: int
    sections: Sequence[str]
    drafts: Mapping[tuple[int, int], Sequence[ClassDraft]]
    reminded: Mapping[tuple[int, int], datetime]

    def of(self, student: ClassStudent, task: Task) -> Sequence[ClassDraft]:
        """The student's drafts for a task by number."""
        return self.drafts.get((student.student_id, task.assignment_id), ())


def class_grid(connection: Connection, user_id: int, course_id: int, asked: Narrowed) -> ClassGrid:
    """Eight statements whatever the size of the class. NotFound unless this person teaches the course and the chosen
    assignment is one its students see."""
    course, every_task, tasks = class_tasks(connection, user_id, course_id, asked.assignment_id)
    by_section = connection.execute(
        select(Enrolment.section, func.count().label("many"))
        .join(CourseStaff, CourseStaff.course_id == Enrolment.course_id)
        .where(*_mine(user_id, course_id))
        .group_by(Enrolment.section)
    ).all()
    chosen = [task.assignment_id for task in tasks]
    wanted = class_students(user_id, course_id, asked, chosen)
    found = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    rows = connection.execute(
        wanted.order_by(func.lower(User.name), User.id).limit(PER_PAGE).offset((asked.page - 1) * PER_PAGE)
    )
    students = [ClassStudent(*row) for row in rows]
    ids = [student.student_id for student in students]
    missing = 0
    if asked.assignment_id is not None:
        nothing = Narrowed(asked.assignment_id, asked.section, Standing.NOTHING)
        without = class_students(user_id, course_id, nothing, chosen)
        missing = connection.execute(select(func.count()).select_from(without.subquery())).scalar_one()
    return ClassGrid(
        course, every_task, tasks, students, found, sum(row.many for row in by_section), missing,
        sorted(row.section for row in by_section if row.section), drafts_of_class(connection, chosen, ids),
        _reminded(connection, chosen, ids),
    )  # fmt: skip


def class_tasks(
    connection: Connection, user_id: int, course_id: int, assignment_id: int | None
) -> tuple[CourseView, Sequence[Task], Sequence[Task]]:
    """The course, all tasks its students see, and those among them that are chosen."""
    course = course_for_staff(connection, user_id, course_id)
    every = [task for task in tasks_of_course(connection, user_id, course_id) if task.status in SEEN_BY_STUDENTS]
    tasks = [task for task in every if assignment_id in (None, task.assignment_id)]
    if assignment_id is not None and not tasks:
        raise NotFound
    return course, every, tasks


def class_students(
    user_id: int, course_id: int, asked: Narrowed, assignments: Sequence[int]
) -> Select[int, str, str, str, str]:
    """The students that fit, in the part of the roster of who asks; `assignments` are those their drafts are looked at
    for."""
    wanted = (
        select(User.id, User.name, User.email, Enrolment.student_number, Enrolment.section)
        .join(Enrolment, Enrolment.student_id == User.id)
        .join(CourseStaff, CourseStaff.course_id == Enrolment.course_id)
        .where(*_mine(user_id, course_id))
    )
    if asked.section:
        wanted = wanted.where(Enrolment.section == asked.section)
    if asked.search:
        sought = asked.search.lower()
        wanted = wanted.where(
            or_(
                func.lower(User.name).contains(sought, autoescape=True), User.email.contains(sought, autoescape=True),
                Enrolment.student_number.contains(asked.search, autoescape=True),
            )
        )  # fmt: skip
    if asked.standing is not None:
        wanted = wanted.where(_stands(asked.standing, assignments))
    return wanted


def drafts_of_class(
    connection: Connection, assignments: Sequence[int], students: Sequence[int]
) -> Mapping[tuple[int, int], Sequence[ClassDraft]]:
    """(student, assignment) → the drafts handed in, by number. For callers that know whom this person looks after."""
    if not assignments or not students:
        return {}
    rows = connection.execute(
        select(
            Draft.id, Draft.assignment_id, Draft.student_id, Draft.number, Draft.status, Draft.submitted_at,
            Feedback.status.label("feedback"), Feedback.released_at, Feedback.opened_at,
        )
        .outerjoin(Feedback, Feedback.draft_id == Draft.id)
        .where(
            Draft.assignment_id.in_(assignments), Draft.student_id.in_(students), Draft.number.is_not(None)
        )
        .order_by(Draft.number)
    )  # fmt: skip
    found: dict[tuple[int, int], list[ClassDraft]] = {}
    for row in rows:
        values: tuple[Any, ...] = tuple(row)
        found.setdefault((row.student_id, row.assignment_id), []).append(ClassDraft(*values))
    return found


def _mine(user_id: int, course_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        CourseStaff.user_id == user_id, Enrolment.course_id == course_id, Enrolment.status == "active",
        in_my_part(Enrolment.student_id),
    )  # fmt: skip


def _stands(standing: Standing, assignments: Sequence[int]) -> ColumnElement[bool]:
    """NOTHING: no draft for one of these assignments at least; otherwise the newest draft for one of them is there."""
    if not assignments:
        return false()
    later = Draft.__table__.alias("later")
    handed_in: Any = (
        select(1)
        .where(Draft.student_id == Enrolment.student_id, Draft.number.is_not(None))
        .correlate(Enrolment)
    )  # fmt: skip
    if standing is Standing.NOTHING:
        return or_(*(~exists(handed_in.where(Draft.assignment_id == each)) for each in assignments))
    newer = select(1).where(
        later.c.assignment_id == Draft.assignment_id, later.c.student_id == Draft.student_id,
        later.c.number > Draft.number,
    )  # fmt: skip
    newest = handed_in.where(
        Draft.assignment_id.in_(assignments), Draft.status.in_(SHOWN.get(standing, ())),
        ~exists(newer.correlate(Draft)),
    )  # fmt: skip
    return exists(newest)


def _reminded(
    connection: Connection, assignments: Sequence[int], students: Sequence[int]
) -> Mapping[tuple[int, int], datetime]:
    rows = connection.execute(
        select(ClassReminder.student_id, ClassReminder.assignment_id, ClassReminder.reminded_at).where(
            ClassReminder.assignment_id.in_(assignments), ClassReminder.student_id.in_(students)
        )
    )
    return {(row.student_id, row.assignment_id): row.reminded_at for row in rows}
