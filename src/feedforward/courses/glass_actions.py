"""Break glass: opening student work with a reason, each page read under it, and closing it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from feedforward.audit.record import record
from feedforward.courses.glass_letters import GLASS_OPENED
from feedforward.courses.glass_queries import optional_opening
from feedforward.courses.glass_rules import Opening, Place, problem_with_reason
from feedforward.courses.glass_tables import GlassOpening
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import StaffRole
from feedforward.courses.tables import Course
from feedforward.errors import NotFound, NotPermitted, RuleBroken
from feedforward.mail.outbox import post


def open_glass(
    connection: Connection, *, admin_id: int, place: Place, reason: str, lasts: timedelta, now: datetime
) -> int:
    """Let this administrator read the place for so long, and tell the owner of its course; the opening's id.

    RuleBroken where the reason is none, NotFound for a course that is gone.
    """
    problem = problem_with_reason(reason)
    if problem is not None:
        raise RuleBroken(problem, field="reason")
    course = select(Course.owner_id).where(Course.id == place.course_id, Course.status != "deleted")
    owner_id = connection.execute(course).scalar_one_or_none()
    if owner_id is None:
        raise NotFound
    opening_id: int = connection.execute(
        insert(GlassOpening)
        .values(
            admin_id=admin_id, course_id=place.course_id, scope=place.scope, student_id=place.student_id,
            draft_id=place.draft_id, reason=reason.strip(), opened_at=now, ends_at=now + lasts,
        )
        .returning(GlassOpening.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=admin_id, action="break_glass.open", subject=("glass", opening_id),
        scope=place.scope, course=place.course_id, student=place.student_id, draft=place.draft_id,
        minutes=int(lasts.total_seconds() // 60),
    )  # fmt: skip
    post(
        connection, template=GLASS_OPENED, to=owner_id, ids={"opening_id": opening_id}, asked_by=None, now=now
    )  # fmt: skip
    return opening_id


def read_under_glass(
    connection: Connection, *, admin_id: int, place: Place, page: str, now: datetime
) -> Opening | None:  # fmt: skip
    """Note that this page is read, and say under which opening; None where nothing open takes it in: show nothing.

    Written before the page is made: what is not recorded is not shown.
    """
    opening = optional_opening(connection, admin_id, place, now)
    if opening is None:
        return None
    still = (GlassOpening.id == opening.id, GlassOpening.closed_at.is_(None), GlassOpening.ends_at > now)
    counted = update(GlassOpening).where(*still).values(pages=GlassOpening.pages + 1)
    if not connection.execute(counted).rowcount:
        return None
    if place.draft_id is not None:
        subject = ("draft", place.draft_id)
    else:
        subject = ("course", place.course_id) if place.student_id is None else ("user", place.student_id)
    record(
        connection, at=now, actor_id=admin_id, action="break_glass.read", subject=subject, opening=opening.id,
        course=place.course_id, page=page,
    )  # fmt: skip
    return opening


def close_glass(connection: Connection, *, admin_id: int, opening_id: int, now: datetime) -> None:
    """Give back what one opened before its time is over. NotFound for an opening of somebody else."""
    own = (GlassOpening.id == opening_id, GlassOpening.admin_id == admin_id)
    if connection.execute(select(GlassOpening.id).where(*own)).one_or_none() is None:
        raise NotFound
    closed = (
        update(GlassOpening)
        .where(*own, GlassOpening.closed_at.is_(None), GlassOpening.ends_at > now)
        .values(closed_at=now)
    )
    if not connection.execute(closed).rowcount:
        raise RuleBroken("It is closed already: you cannot read there any more.")
    record(connection, at=now, actor_id=admin_id, action="break_glass.close", subject=("glass", opening_id))


def mark_openings_seen(connection: Connection, *, owner_id: int, course_id: int, newest: int, now: datetime) -> None:
    """The owner of a course saw who opened it, up to the opening with the id `newest`."""
    if require_may_change(connection, owner_id, course_id, archived=True) is not StaffRole.OWNER:
        raise NotPermitted("Only the owner of a course says that they saw this.")
    seen = (
        update(GlassOpening)
        .where(GlassOpening.course_id == course_id, GlassOpening.id <= newest, GlassOpening.seen_at.is_(None))
        .values(seen_at=now)
    )
    if connection.execute(seen).rowcount:
        record(
            connection, at=now, actor_id=owner_id, action="break_glass.seen", subject=("course", course_id),
            newest=newest,
        )  # fmt: skip
