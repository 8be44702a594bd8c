"""The courses of somebody who teaches many: searched, narrowed and a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from feedforward import urls
from feedforward.courses.queries import STUDENTS, CourseView, view_of
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.courses.tables import Course, CourseStaff

PER_PAGE = 30
FEW = 10
"""Up to so many are seen at a glance: nothing is offered to narrow them by."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, "" for all; `status` is a course's, `page` counts from 1."""

    search: str = ""
    status: str = ""
    term: str = ""
    department: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.status or self.term or self.department)

    def address(self, page: int) -> str:
        return urls.courses(
            search=self.search, status=self.status, term=self.term, department=self.department, page=page
        )


@dataclass(frozen=True, slots=True)
class CourseList:
    """One page of courses, the newest first; `found` counts all that fit. `terms` and `departments` are those in use,
    empty where there are few courses."""

    courses: Sequence[CourseView]
    found: int
    terms: Sequence[str]
    departments: Sequence[str]


def course_list(connection: Connection, user_id: int, wanted: Wanted) -> CourseList:
    """The courses this person teaches; deleted ones only where asked for, and only those they own."""
    order = (Course.created_at.desc(), Course.id.desc())
    # Which ones is decided first: students are counted for one page, not for all.
    chosen = (
        select(Course.id, CourseStaff.role, func.count().over().label("found"))
        .join(CourseStaff, CourseStaff.course_id == Course.id)
        .where(CourseStaff.user_id == user_id, *_conditions(wanted))
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((wanted.page - 1) * PER_PAGE)
        .subquery("chosen")
    )
    rows = connection.execute(
        select(
            Course.id, Course.code, Course.title, Course.term, Course.description, Course.time_zone, Course.status,
            Course.created_at, Course.version, Course.department, chosen.c.role, STUDENTS.label("students"),
            chosen.c.found,
        )
        .join(chosen, chosen.c.id == Course.id)
        .order_by(*order)
    ).all()  # fmt: skip
    if not rows and wanted.page > 1:
        return course_list(connection, user_id, replace(wanted, page=1))
    found = rows[0].found if rows else 0
    terms, departments = _in_use(connection, user_id) if found > FEW or wanted.narrowed else ((), ())
    return CourseList([view_of(row) for row in rows], found, terms, departments)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.status == CourseStatus.DELETED:
        mine = CourseStaff.role == StaffRole.OWNER
        conditions.append(and_(Course.status == CourseStatus.DELETED, mine))
    elif wanted.status:
        conditions.append(Course.status == wanted.status)
    else:
        conditions.append(Course.status != CourseStatus.DELETED)
    if wanted.term:
        conditions.append(Course.term == wanted.term)
    if wanted.department:
        conditions.append(Course.department == wanted.department)
    if wanted.search:
        sought = wanted.search.lower()
        columns = (Course.code, Course.title, Course.term, Course.department)
        conditions.append(or_(*(func.lower(each).contains(sought, autoescape=True) for each in columns)))
    return conditions


def _in_use(connection: Connection, user_id: int) -> tuple[Sequence[str], Sequence[str]]:
    rows = connection.execute(
        select(Course.term, Course.department)
        .distinct()
        .join(CourseStaff, CourseStaff.course_id == Course.id)
        .where(CourseStaff.user_id == user_id)
    ).all()
    terms, departments = {row.term for row in rows}, {row.department for row in rows}
    return sorted(filter(None, terms)), sorted(filter(None, departments))
