"""Reading who opened student work: for the administrator, and for the owner of a course."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from feedforward.accounts.tables import User
from feedforward.courses.glass_rules import GlassScope, Opening, Place, covers
from feedforward.courses.glass_tables import GlassOpening
from feedforward.courses.tables import Course
from feedforward.errors import NotFound

MOST_SHOWN = 50
_OPENINGS = (
    select(
        GlassOpening.id, GlassOpening.admin_id, User.name.label("admin"), GlassOpening.course_id, Course.code,
        Course.title, GlassOpening.scope, GlassOpening.student_id, GlassOpening.draft_id, GlassOpening.reason,
        GlassOpening.opened_at, GlassOpening.ends_at, GlassOpening.closed_at, GlassOpening.pages, GlassOpening.seen_at,
    )
    .join(User, User.id == GlassOpening.admin_id)
    .join(Course, Course.id == GlassOpening.course_id)
)  # fmt: skip
_NEWEST = _OPENINGS.order_by(GlassOpening.id.desc()).limit(MOST_SHOWN)
_OF_COURSE = _NEWEST.where(GlassOpening.course_id == bindparam("course_id"))
_ONE = _OPENINGS.where(GlassOpening.id == bindparam("opening_id"))
_OPEN_NOW = _OPENINGS.where(
    GlassOpening.admin_id == bindparam("admin_id"), GlassOpening.ends_at > bindparam("now"),
    GlassOpening.closed_at.is_(None),
).order_by(GlassOpening.ends_at.desc())  # fmt: skip
_COURSE = select(Course.code, Course.title).where(Course.id == bindparam("course_id"), Course.status != "deleted")


def all_openings(connection: Connection) -> list[Opening]:
    """The newest of all administrators and courses, for administrators."""
    return [_opening(row) for row in connection.execute(_NEWEST)]


def openings_of_course(connection: Connection, course_id: int) -> list[Opening]:
    """The newest of a course, for who is known to own it."""
    return [_opening(row) for row in connection.execute(_OF_COURSE, {"course_id": course_id})]


def optional_one_opening(connection: Connection, opening_id: int) -> Opening | None:
    row = connection.execute(_ONE, {"opening_id": opening_id}).one_or_none()
    return None if row is None else _opening(row)


def optional_opening(connection: Connection, admin_id: int, place: Place, now: datetime) -> Opening | None:
    """What this administrator has open that takes in the place; the one that stays open longest."""
    rows = connection.execute(_OPEN_NOW, {"admin_id": admin_id, "now": now})
    return next((each for each in map(_opening, rows) if covers(each, place)), None)


def course_name(connection: Connection, course_id: int) -> str:
    """“ENG 101 Academic Writing”; NotFound where there is no such course, or no more."""
    row = connection.execute(_COURSE, {"course_id": course_id}).one_or_none()
    if row is None:
        raise NotFound
    return f"{row.code} {row.title}"


def _opening(row: Row[*tuple[Any, ...]]) -> Opening:
    return Opening(
        id=row.id, admin_id=row.admin_id, admin=row.admin, course_id=row.course_id, course=f"{row.code} {row.title}",
        scope=GlassScope(row.scope), student_id=row.student_id, draft_id=row.draft_id, reason=row.reason,
        opened_at=row.opened_at, ends_at=row.ends_at, closed_at=row.closed_at, pages=row.pages,
        seen=row.seen_at is not None,
    )  # fmt: skip
