"""Reading who teaches a course, and the part of the roster a tutor was given."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from feedforward.accounts.tables import User
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import StaffRole
from feedforward.courses.tables import CourseStaff, Enrolment, TutorSection, TutorStudent
from feedforward.errors import NotFound
from feedforward.web.access import Role

MOST_CHOICES = 2000


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches a course; `part` says in words what they look after ("" for everybody), `may_own` whether
    the course could be theirs."""

    user_id: int
    name: str
    email: str
    role: StaffRole
    sees_all: bool
    part: str
    instructor: bool
    active: bool

    @property
    def may_own(self) -> bool:
        return self.role is StaffRole.CO_INSTRUCTOR and self.instructor and self.active


@dataclass(frozen=True, slots=True)
class TutorPart:
    """What a tutor looks after, and what can be chosen: sections in use, students (id, name, section and number) by
    name; `numbers` are their student numbers, folded, each with whom it names."""

    tutor: Teacher
    sections: frozenset[str]
    students: frozenset[int]
    all_sections: Sequence[str]
    all_students: Sequence[tuple[int, str, str]]
    numbers: Mapping[str, Collection[int]]


def staff_of_course(connection: Connection, user_id: int, course_id: int) -> list[Teacher]:
    """Who teaches a course, its owner first; NotFound unless this person is one of them."""
    rows = connection.execute(
        select(
            User.id, User.name, User.email, User.role.label("account"), User.status, CourseStaff.role,
            CourseStaff.sees_all,
        )
        .join(CourseStaff, CourseStaff.user_id == User.id)
        .where(CourseStaff.course_id == course_id)
        .order_by(func.lower(User.name), User.id)
    ).all()  # fmt: skip
    if user_id not in [row.id for row in rows]:
        raise NotFound
    sections: dict[int, list[str]] = {}
    for row in connection.execute(
        select(TutorSection.user_id, TutorSection.section)
        .where(TutorSection.course_id == course_id)
        .order_by(TutorSection.section)
    ):
        sections.setdefault(row.user_id, []).append(row.section)
    chosen = {
        row.user_id: row.many
        for row in connection.execute(
            select(TutorStudent.user_id, func.count().label("many"))
            .where(TutorStudent.course_id == course_id)
            .group_by(TutorStudent.user_id)
        )
    }
    people = [
        Teacher(
            row.id, row.name, row.email, StaffRole(row.role), row.sees_all,
            "" if row.sees_all else _part(sections.get(row.id, []), chosen.get(row.id, 0)),
            row.account == Role.INSTRUCTOR, row.status == "active",
        )
        for row in rows
    ]  # fmt: skip
    return sorted(people, key=lambda person: list(StaffRole).index(person.role))


def _part(sections: Sequence[str], students: int) -> str:
    told = [f"section {sections[0]}" if len(sections) == 1 else f"sections {', '.join(sections)}"] if sections else []
    if students:
        told.append("1 student" if students == 1 else f"{students} students")
    return " and ".join(told) or "nobody yet"


def tutor_part(connection: Connection, user_id: int, course_id: int, tutor_id: int) -> TutorPart:
    """A tutor's part and what can be chosen for it. NotFound unless they are a tutor of a course this person may
    change."""
    require_may_change(connection, user_id, course_id)
    tutor = next(
        (
            each
            for each in staff_of_course(connection, user_id, course_id)
            if each.user_id == tutor_id and each.role is StaffRole.TUTOR
        ),
        None,
    )
    if tutor is None:
        raise NotFound
    sections = connection.execute(
        select(TutorSection.section).where(TutorSection.course_id == course_id, TutorSection.user_id == tutor_id)
    ).scalars()
    students = connection.execute(
        select(TutorStudent.student_id).where(TutorStudent.course_id == course_id, TutorStudent.user_id == tutor_id)
    ).scalars()
    roster = connection.execute(
        select(User.id, User.name, Enrolment.section, Enrolment.student_number)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(Enrolment.course_id == course_id, Enrolment.status == "active")
        .order_by(func.lower(User.name), User.id)
        .limit(MOST_CHOICES)
    ).all()
    chosen = frozenset(sections)
    in_use = {row.section for row in roster if row.section}
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in roster:
        if row.student_number:
            numbers[row.student_number.casefold()].add(row.id)
    listed = [(row.id, row.name, ", ".join(filter(None, (row.section, row.student_number)))) for row in roster]
    return TutorPart(tutor, chosen, frozenset(students), sorted(in_use | chosen), listed, numbers)
