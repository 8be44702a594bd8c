"""Making and revoking the address of a person's calendar."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from feedforward.assignments.calendar_tables import CalendarLink
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.web.sessions import hash_of, new_token


def make_calendar_link(connection: Connection, *, user_id: int, now: datetime) -> str:
    """A new token, in clear for this once; the one before is worth nothing from now on."""
    token = new_token()
    connection.execute(delete(CalendarLink).where(CalendarLink.user_id == user_id))
    connection.execute(insert(CalendarLink).values(user_id=user_id, token_hash=hash_of(token), made_at=now))
    record(connection, at=now, actor_id=user_id, action="calendar.make", subject=("user", user_id))
    return token


def revoke_calendar_link(connection: Connection, *, user_id: int, now: datetime) -> None:
    """Make the address worthless. RuleBroken where there is none."""
    if not connection.execute(delete(CalendarLink).where(CalendarLink.user_id == user_id)).rowcount:
        raise RuleBroken("There is no calendar address to revoke: it was revoked already.")
    record(connection, at=now, actor_id=user_id, action="calendar.revoke", subject=("user", user_id))


def forget_calendar_link(connection: Connection, user_id: int) -> None:
    """With the account itself, whose end is recorded."""
    connection.execute(delete(CalendarLink).where(CalendarLink.user_id == user_id))
