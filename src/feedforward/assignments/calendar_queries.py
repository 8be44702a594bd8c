"""Whose calendar an address is for, and what stands in it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.calendar_rules import Entry, entries_of_staff, entries_of_student
from feedforward.assignments.calendar_tables import CalendarLink
from feedforward.assignments.queries import tasks_of_student, taught_tasks
from feedforward.errors import NotFound

_MADE_AT = select(CalendarLink.made_at).where(CalendarLink.user_id == bindparam("user_id"))
_WHOSE = (
    select(User.id)
    .join(CalendarLink, CalendarLink.user_id == User.id)
    .where(CalendarLink.token_hash == bindparam("token_hash"), User.status == "active")
)


def calendar_made_at(connection: Connection, user_id: int) -> datetime | None:
    """When this person's address was made; None where there is none."""
    made_at: datetime | None = connection.execute(_MADE_AT, {"user_id": user_id}).scalar_one_or_none()
    return made_at


def calendar_entries(connection: Connection, token_hash: str, now: datetime) -> list[Entry]:
    """What the person whose address this is has to know, by time. NotFound for an address that is worth nothing, and
    while its person's account is not active."""
    user_id = connection.execute(_WHOSE, {"token_hash": token_hash}).scalar_one_or_none()
    if user_id is None:
        raise NotFound
    found = [
        *entries_of_student(tasks_of_student(connection, user_id), now),
        *entries_of_staff(taught_tasks(connection, user_id), now),
    ]
    # Somebody who teaches and studies in one course has its deadline once: the first, their own.
    return sorted({entry.key: entry for entry in reversed(found)}.values(), key=lambda entry: (entry.at, entry.key))
