"""Reading second factors and half-open sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from feedforward.accounts.tables import HalfSession, RecoveryCode, SecondFactor, User


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's authenticator; `secret` is sealed under the key ring, `confirmed_at` None while it is being set up."""

    secret: bytes
    created_at: datetime
    confirmed_at: datetime | None
    codes_left: int


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """Who gave the right password in this browser and owes a code."""

    user_id: int
    browser: str
    secret: bytes


def optional_factor(connection: Connection, user_id: int) -> Factor | None:
    """The authenticator of a person, one that is being set up too."""
    left = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    row = connection.execute(
        select(SecondFactor.secret, SecondFactor.created_at, SecondFactor.confirmed_at, left.label("left")).where(
            SecondFactor.user_id == user_id
        )
    ).one_or_none()
    return Factor(row.secret, row.created_at, row.confirmed_at, row.left) if row else None


def has_second_factor(connection: Connection, user_id: int) -> bool:
    """Whether signing in takes a code."""
    found = select(SecondFactor.user_id).where(SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_not(None))
    return connection.execute(found).first() is not None


def half_signed_in(connection: Connection, token_hash: str, now: datetime) -> HalfSignedIn | None:
    """Who is half signed in with this token; None where it is over or the account is not active any more."""
    row = connection.execute(
        select(HalfSession.user_id, HalfSession.browser, SecondFactor.secret)
        .join(User, User.id == HalfSession.user_id)
        .join(SecondFactor, SecondFactor.user_id == HalfSession.user_id)
        .where(
            HalfSession.token_hash == token_hash, HalfSession.expires_at > now, User.status == "active",
            SecondFactor.confirmed_at.is_not(None),
        )
    ).one_or_none()  # fmt: skip
    return HalfSignedIn(row.user_id, row.browser, row.secret) if row else None
