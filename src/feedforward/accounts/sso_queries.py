"""Reading who is connected to which institution."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.sso_tables import SignOnIdentity
from feedforward.accounts.tables import User


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The account an identity is connected to."""

    user_id: int
    active: bool
    demonstration: bool
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Connected:
    """An institution a person is connected to, as their account page shows it."""

    identity_id: int
    issuer: str
    linked_at: datetime
    used_at: datetime | None


def optional_person(connection: Connection, *, issuer: str, subject: str) -> KnownPerson | None:
    """Whose account this identity is connected to; None where it is connected to none."""
    row = connection.execute(
        select(User.id, User.status, User.demonstration, SignOnIdentity.used_at)
        .join(User, User.id == SignOnIdentity.user_id)
        .where(SignOnIdentity.issuer == issuer, SignOnIdentity.subject == subject)
    ).one_or_none()
    return KnownPerson(row.id, row.status == "active", row.demonstration, row.used_at) if row else None


def connected_to(connection: Connection, user_id: int) -> tuple[Connected, ...]:
    """The institutions a person is connected to, the oldest first."""
    rows = connection.execute(
        select(SignOnIdentity.id, SignOnIdentity.issuer, SignOnIdentity.linked_at, SignOnIdentity.used_at)
        .where(SignOnIdentity.user_id == user_id)
        .order_by(SignOnIdentity.id)
    )
    return tuple(Connected(row.id, row.issuer, row.linked_at, row.used_at) for row in rows)


def has_password(connection: Connection, user_id: int) -> bool:
    """Whether the account has a password at all."""
    found = select(User.id).where(User.id == user_id, User.password_hash != NO_PASSWORD)
    return connection.execute(found).first() is not None


def is_active_admin(connection: Connection, email: str) -> bool:
    """Whether this folded address is that of somebody who runs the installation."""
    found = select(User.id).where(User.email == email, User.role == "admin", User.status == "active")
    return connection.execute(found).first() is not None
