"""Reading courses, always for a person who teaches them, and whether they may change them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from feedforward.courses.glass_tables import GlassOpening
from feedforward.courses.life_cycle_rules import Act, may
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.errors import NotFound, NotPermitted


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course as one of its staff sees it; `role` is theirs, `students` counts active enrolments.

    `openings` is how often an administrator opened student work of it, `unseen_openings` those the owner did not see
    yet; both 0 in lists that do not ask for them.
    """

    id: int
    code: str
    title: str
    term: str
    description: str
    time_zone: str
    status: CourseStatus
    role: StaffRole
    students: int
    created_at: datetime
    version: int
    department: str
    openings: int = 0
    unseen_openings: int = 0

    @property
    def may_change(self) -> bool:
        """Whether this person may change settings now: tutors never, nobody in an archived course."""
        return self.role.may_change and may(Act.CHANGE, self.status)


STUDENTS = (
    select(func.count())
    .select_from(Enrolment)
    .where(Enrolment.course_id == Course.id, Enrolment.status == "active")
    .correlate(Course)
    .scalar_subquery()
)
_OPENINGS = select(func.count()).select_from(GlassOpening).where(GlassOpening.course_id == Course.id).correlate(Course)
_UNSEEN = _OPENINGS.where(GlassOpening.seen_at.is_(None))
_COURSES = (
    select(
        Course.id, Course.code, Course.title, Course.term, Course.description, Course.time_zone, Course.status,
        Course.created_at, Course.version, Course.department, CourseStaff.role, STUDENTS.label("students"),
        _OPENINGS.scalar_subquery().label("openings"), _UNSEEN.scalar_subquery().label("unseen_openings"),
    )
    .join(CourseStaff, CourseStaff.course_id == Course.id)
    .where(CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted")
)  # fmt: skip
_ONE_COURSE = _COURSES.where(Course.id == bindparam("course_id"))
_NEWEST = (
    select(Course.id)
    .join(CourseStaff, CourseStaff.course_id == Course.id)
    .where(CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted")
    .order_by(Course.created_at.desc(), Course.id.desc())
    .limit(bindparam("most"))
)
# However old: its owner has something to see.
_TO_SEE = (
    select(GlassOpening.course_id)
    .join(CourseStaff, CourseStaff.course_id == GlassOpening.course_id)
    .where(CourseStaff.user_id == bindparam("user_id"), CourseStaff.role == "owner", GlassOpening.seen_at.is_(None))
)
_MY_COURSES = _COURSES.where(Course.id.in_(_NEWEST) | Course.id.in_(_TO_SEE)).order_by(
    Course.created_at.desc(), Course.id.desc()
)
_ROLE = (
    select(CourseStaff.role, Course.status)
    .join(Course, Course.id == CourseStaff.course_id)
    .where(
        CourseStaff.user_id == bindparam("user_id"),
        CourseStaff.course_id == bindparam("course_id"),
        Course.status != "deleted",
    )
)


def view_of(row: Row[*tuple[Any, ...]]) -> CourseView:
    """A row with the columns of a view and the `role` of who asks."""
    return CourseView(
        id=row.id, code=row.code, title=row.title, term=row.term, description=row.description, time_zone=row.time_zone,
        status=CourseStatus(row.status), role=StaffRole(row.role), students=row.students, created_at=row.created_at,
        version=row.version, department=row.department, openings=getattr(row, "openings", 0),
        unseen_openings=getattr(row, "unseen_openings", 0),
    )  # fmt: skip


def course_for_staff(connection: Connection, user_id: int, course_id: int) -> CourseView:
    """The course; NotFound unless this person teaches it and it is not deleted."""
    row = connection.execute(_ONE_COURSE, {"user_id": user_id, "course_id": course_id}).one_or_none()
    if row is None:
        raise NotFound
    return view_of(row)


def newest_courses(connection: Connection, user_id: int, most: int) -> list[CourseView]:
    """What this person teaches, the newest first and at most so many, deleted ones aside."""
    return [view_of(row) for row in connection.execute(_MY_COURSES, {"user_id": user_id, "most": most})]


def is_staff_of(connection: Connection, user_id: int, course_id: int) -> bool:
    """Whether this person teaches the course, in any role."""
    return connection.execute(_ROLE, {"user_id": user_id, "course_id": course_id}).one_or_none() is not None


def require_may_change(connection: Connection, user_id: int, course_id: int, *, archived: bool = False) -> StaffRole:
    """This person's role in a course whose settings they may change.

    NotFound where they do not teach it, NotPermitted for tutors and in an archived course (unless `archived`: to look
    at what only those may see who can change it).
    """
    row = connection.execute(_ROLE, {"user_id": user_id, "course_id": course_id}).one_or_none()
    if row is None:
        raise NotFound
    role = StaffRole(row.role)
    if not role.may_change:
        raise NotPermitted("Tutors can look at this. To change it, ask an instructor of the course.")
    if not may(Act.CHANGE, row.status) and not archived:
        raise NotPermitted("This course is archived. Take it out of the archive first to change anything in it.")
    return role


def require_owner(connection: Connection, user_id: int, course_id: int) -> None:
    """NotFound where they do not teach it; NotPermitted unless it is theirs, and in an archived course."""
    if require_may_change(connection, user_id, course_id) is not StaffRole.OWNER:
        raise NotPermitted("Only the owner of a course decides who teaches it.")
