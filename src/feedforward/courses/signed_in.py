"""The loader of the signed-in person: account, session, and whether they teach or study anywhere, in one query."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, select

from feedforward.accounts.tables import Session, User
from feedforward.courses.tables import CourseStaff, Enrolment
from feedforward.web.access import Person, Role

_PERSON = (
    select(
        User.id, User.name, User.email, User.role, Session.seen_at,
        exists(select(1).where(CourseStaff.user_id == User.id).correlate(User)).label("teaches"),
        exists(select(1).where(Enrolment.student_id == User.id, Enrolment.status == "active").correlate(User)).label(
            "studies"
        ),
    )
    .join(User, User.id == Session.user_id)
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.expires_at > bindparam("now"),
        Session.seen_at > bindparam("idle_since"),
        User.status == "active",
    )
)  # fmt: skip


def person_loader(
    *, idle: timedelta, refuse_demonstration: bool
) -> Callable[[Connection, str, datetime], Person | None]:
    """A loader for sessions not idle longer than `idle`; demonstration accounts are nobody off loopback."""
    statement = _PERSON.where(User.demonstration.is_(False)) if refuse_demonstration else _PERSON

    def load(connection: Connection, token_hash: str, now: datetime) -> Person | None:
        row = connection.execute(
            statement, {"token_hash": token_hash, "now": now, "idle_since": now - idle}
        ).one_or_none()
        if row is None:
            return None
        return Person(row.id, row.name, row.email, Role(row.role), row.teaches, row.studies, token_hash, row.seen_at)

    return load
