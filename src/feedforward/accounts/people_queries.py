"""Reading accounts for administrators: the list that can be searched, and one person's account."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.people_rules import AccountStatus, PeopleAsked, searched_words
from feedforward.accounts.second_factor_queries import has_second_factor
from feedforward.accounts.tables import PersonKey, Session, User
from feedforward.audit.tables import AuditEvent
from feedforward.errors import NotFound
from feedforward.web.access import Role

PER_PAGE = 50
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An account in the list."""

    user_id: int
    name: str
    email: str
    role: Role
    status: AccountStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PersonView:
    """One account: `sessions` that are open now, `seen_at` when it was last used (None: never, as far as we know)."""

    user_id: int
    name: str
    email: str
    role: Role
    status: AccountStatus
    demonstration: bool
    created_at: datetime
    deleted_at: datetime | None
    sessions: int
    second_factor: bool
    has_password: bool
    seen_at: datetime | None


def people(connection: Connection, asked: PeopleAsked) -> tuple[list[PersonLine], int | None]:
    """Newest accounts first, at most 50, and the id after which the next page begins (None: this is the last)."""
    wanted: list[ColumnElement[bool]] = [
        User.id.in_(select(PersonKey.user_id).where(_begins(connection, word)))
        for word in searched_words(asked.words)
    ]  # fmt: skip
    if asked.role is not None:
        wanted.append(User.role == asked.role)
    if asked.status is None:
        wanted.append(User.status.in_((AccountStatus.ACTIVE, AccountStatus.INACTIVE)))
    else:
        wanted.append(User.status == asked.status)
    if asked.before is not None:
        wanted.append(User.id < asked.before)
    rows = connection.execute(
        select(User.id, User.name, User.email, User.role, User.status, User.created_at)
        .where(*wanted)
        .order_by(User.id.desc())
        .limit(PER_PAGE + 1)
    ).all()
    lines = [
        PersonLine(row.id, row.name, row.email, Role(row.role), AccountStatus(row.status), row.created_at)
        for row in rows[:PER_PAGE]
    ]
    return lines, lines[-1].user_id if len(rows) > PER_PAGE else None


def _begins(connection: Connection, word: str) -> ColumnElement[bool]:
    """Keys that begin with the word, told so that the index answers whatever the collation of the database is."""
    if connection.dialect.name == "postgresql":
        return and_(PersonKey.key.op("~>=~", is_comparison=True)(word),
                    PersonKey.key.op("~<~", is_comparison=True)(word + _LAST))  # fmt: skip
    return and_(PersonKey.key >= word, PersonKey.key < word + _LAST)


def person_for_admin(connection: Connection, user_id: int, *, now: datetime, idle_since: datetime) -> PersonView:
    """NotFound where there is no such account."""
    row = connection.execute(
        select(
            User.id,
            User.name,
            User.email,
            User.role,
            User.status,
            User.demonstration,
            User.created_at,
            User.deleted_at,
            User.password_hash,
        ).where(User.id == user_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    open_now = connection.execute(
        select(func.count())
        .select_from(Session)
        .where(Session.user_id == user_id, Session.expires_at > now, Session.seen_at > idle_since)
    ).scalar_one()
    return PersonView(
        row.id, row.name, row.email, Role(row.role), AccountStatus(row.status), row.demonstration, row.created_at,
        row.deleted_at, open_now, has_second_factor(connection, user_id),
        row.password_hash != NO_PASSWORD, _seen_at(connection, user_id),
    )  # fmt: skip


def _seen_at(connection: Connection, user_id: int) -> datetime | None:
    """Sessions go when they are over; the record of what was done stays."""
    moments: tuple[datetime | None, ...] = (
        connection.execute(select(func.max(Session.seen_at)).where(Session.user_id == user_id)).scalar_one(),
        connection.execute(select(func.max(AuditEvent.at)).where(AuditEvent.actor_id == user_id)).scalar_one(),
    )
    return max((each for each in moments if each is not None), default=None)
