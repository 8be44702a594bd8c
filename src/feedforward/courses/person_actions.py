"""What a person's courses mean for the end of their account: which they own, and forgetting them in rosters."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from feedforward.courses.rules import StaffRole
from feedforward.courses.tables import Course, CourseStaff, Enrolment, Invitation


@dataclass(frozen=True, slots=True)
class CourseOfPerson:
    """A course somebody teaches (`role`) or studies in (None), by its name alone."""

    course_id: int
    code: str
    title: str
    term: str
    status: str
    role: StaffRole | None


def courses_of_person(connection: Connection, user_id: int) -> list[CourseOfPerson]:
    """Those they teach first, then those they study in; deleted ones aside."""
    about = (Course.id, Course.code, Course.title, Course.term, Course.status)
    taught = connection.execute(
        select(*about, CourseStaff.role)
        .join(CourseStaff, CourseStaff.course_id == Course.id)
        .where(CourseStaff.user_id == user_id, Course.status != "deleted")
        .order_by(Course.code, Course.id)
    ).all()
    studied = connection.execute(
        select(*about)
        .join(Enrolment, Enrolment.course_id == Course.id)
        .where(Enrolment.student_id == user_id, Enrolment.status == "active", Course.status != "deleted")
        .order_by(Course.code, Course.id)
    ).all()
    return [
        *(CourseOfPerson(row.id, row.code, row.title, row.term, row.status, StaffRole(row.role)) for row in taught),
        *(CourseOfPerson(row.id, row.code, row.title, row.term, row.status, None) for row in studied),
    ]


def owned_courses(connection: Connection, user_id: int) -> list[str]:
    """Code and title of every course this person owns: somebody else has to, before the account can end."""
    rows = connection.execute(
        select(Course.code, Course.title)
        .where(Course.owner_id == user_id, Course.status != "deleted")
        .order_by(Course.code, Course.id)
    )
    return [f"{row.code}, {row.title}" for row in rows]


def forget_person(connection: Connection, *, user_id: int, email: str, now: datetime) -> None:
    """Take a person out of their courses; rows stay, and say nothing about them. `email` as it was, for invitations
    that nobody followed."""
    connection.execute(
        update(Enrolment)
        .where(Enrolment.student_id == user_id)
        .values(status="removed", student_number="", deleted_at=func.coalesce(Enrolment.deleted_at, now))
    )
    connection.execute(
        update(Invitation)
        .where(or_(Invitation.joined_as == user_id, Invitation.email == email))
        .values(status="removed", email=None, name="", section="", student_number="", deleted_at=now)
    )
