"""The courses of somebody who teaches many: searched, narrowed and a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from feedforward import urls
from feedforward.courses.queries import STUDENTS, CourseView
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.courses.tables import Course, CourseStaff
from feedforward.hot_reads import HotRead

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


_IN_USE = HotRead(
    select(Course.term, Course.department)
    .distinct()
    .join(CourseStaff, CourseStaff.course_id == Course.id)
    .where(CourseStaff.user_id == bindparam("user_id"))
)


def course_list(connection: Connection, user_id: int, wanted: Wanted) -> CourseList:
    """The courses this person teaches; deleted ones only where asked for, and only those they own."""
    pages = _pages(bool(wanted.search), wanted.status, bool(wanted.term), bool(wanted.department))
    given = {"search": _like(wanted.search), "term": wanted.term, "department": wanted.department}
    asked: dict[str, Any] = {name: value for name, value in given.items() if getattr(wanted, name)}
    rows = pages.rows(connection, user_id=user_id, skip=(wanted.page - 1) * PER_PAGE, **asked)
    if not rows and wanted.page > 1:
        return course_list(connection, user_id, replace(wanted, page=1))
    found: int = rows[0][-1] if rows else 0
    terms, departments = _in_use(connection, user_id) if found > FEW or wanted.narrowed else ((), ())
    return CourseList([_view(row) for row in rows], found, terms, departments)


def _like(text: str) -> str:
    """A pattern that finds this text anywhere, folded; for `like(…, escape="/")`."""
    folded = text.lower().replace("/", "//").replace("%", "/%").replace("_", "/_")
    return f"%{folded}%"


# A few dozen shapes: what was typed is a parameter of each.
@lru_cache(maxsize=64)
def _pages(search: bool, status: str, term: bool, department: bool) -> HotRead:
    mine = CourseStaff.user_id == bindparam("user_id")
    within = (mine, *_conditions(search, status, term, department))
    # Which ones is decided first: students are counted for one page, not for all. Ids rise as courses are made, and an
    # index holds them in order: two thousand need not be sorted by their moment.
    chosen = (
        select(Course.id, CourseStaff.role)
        .join(CourseStaff, CourseStaff.course_id == Course.id)
        .where(*within)
        .order_by(CourseStaff.course_id.desc())
        .limit(PER_PAGE)
        .offset(bindparam("skip"))
        .subquery("chosen")
    )
    found = select(func.count()).join_from(Course, CourseStaff, CourseStaff.course_id == Course.id).where(*within)
    return HotRead(
        select(
            Course.id, Course.code, Course.title, Course.term, Course.description, Course.time_zone, Course.status,
            chosen.c.role, STUDENTS.label("students"), Course.created_at, Course.version, Course.department,
            found.scalar_subquery(),
        )
        .join(chosen, chosen.c.id == Course.id)
        .order_by(Course.id.desc())
    )  # fmt: skip


def _view(row: tuple[Any, ...]) -> CourseView:
    """In the order of the columns, which is that of a view; the last says how many there are on all pages."""
    *before, status, role, students, created_at, version, department, _ = row
    values: tuple[Any, ...] = (
        *before, CourseStatus(status), StaffRole(role), students, created_at, version, department
    )  # fmt: skip
    return CourseView(*values)


def _conditions(search: bool, status: str, term: bool, department: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if status == CourseStatus.DELETED:
        mine = CourseStaff.role == StaffRole.OWNER
        conditions.append(and_(Course.status == CourseStatus.DELETED, mine))
    elif status:
        conditions.append(Course.status == status)
    else:
        conditions.append(Course.status != CourseStatus.DELETED)
    if term:
        conditions.append(Course.term == bindparam("term"))
    if department:
        conditions.append(Course.department == bindparam("department"))
    if search:
        columns = (Course.code, Course.title, Course.term, Course.department)
        conditions.append(or_(*(func.lower(each).like(bindparam("search"), escape="/") for each in columns)))
    return conditions


def _in_use(connection: Connection, user_id: int) -> tuple[Sequence[str], Sequence[str]]:
    rows = _IN_USE.rows(connection, user_id=user_id)
    return sorted({term for term, _ in rows if term}), sorted({department for _, department in rows if department})
