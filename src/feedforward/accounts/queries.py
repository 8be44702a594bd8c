"""Reading accounts and failed sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from feedforward.accounts.tables import FailedSignIn, User
from feedforward.web.access import Role


@dataclass(frozen=True, slots=True)
class Account:
    """What a sign-in needs to know of an account."""

    user_id: int
    name: str
    password_hash: str
    active: bool
    demonstration: bool


def optional_account(connection: Connection, email: str) -> Account | None:
    """The account of a folded address, deleted ones aside."""
    row = connection.execute(
        select(User.id, User.name, User.password_hash, User.status, User.demonstration).where(
            User.email == email, User.status != "deleted"
        )
    ).one_or_none()
    return Account(row.id, row.name, row.password_hash, row.status == "active", row.demonstration) if row else None


def is_taken(connection: Connection, email: str) -> bool:
    """Whether any account, a deleted one too, has this folded address: an address is given once."""
    return connection.execute(select(User.id).where(User.email == email)).first() is not None


@dataclass(frozen=True, slots=True)
class Try:
    """Something that is being tried: keyed hashes of the account's and the network's address."""

    account_hash: str
    address_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries within the window."""

    for_account: int
    from_address: int


def recent_failures(
    connection: Connection, account_hash: str, address_hash: str, since: datetime, settled: datetime
) -> Failures:
    """Both counts by index, one round trip. Of an address only tries before `settled` count: a class that signs in at
    the same moment from one address has many under way that will succeed."""
    counted = select(func.count()).select_from(FailedSignIn).where(FailedSignIn.at > since)
    row = connection.execute(
        select(
            counted.where(FailedSignIn.account_hash == account_hash).scalar_subquery().label("account"),
            counted.where(FailedSignIn.address_hash == address_hash, FailedSignIn.at <= settled)
            .scalar_subquery()
            .label("address"),
        )
    ).one()
    return Failures(row.account, row.address)


def pause_ends(
    connection: Connection, tried: Try, *, since: datetime, per_account: int, per_address: int
) -> datetime | None:
    """When the try was made whose age decides over the next one: with it out of the window, one more is allowed."""
    moments = []
    for column, value, limit in (
        (FailedSignIn.account_hash, tried.account_hash, per_account),
        (FailedSignIn.address_hash, tried.address_hash, per_address),
    ):
        moments.append(
            connection.execute(
                select(FailedSignIn.at)
                .where(column == value, FailedSignIn.at > since)
                .order_by(FailedSignIn.at.desc())
                .limit(1)
                .offset(limit - 1)
            ).scalar_one_or_none()
        )
    return max((each for each in moments if each is not None), default=None)


def people_by_email(connection: Connection, emails: list[str]) -> dict[str, tuple[int, Role, str]]:
    """Folded address → (id, role, name) for the active accounts among them."""
    rows = connection.execute(
        select(User.email, User.id, User.role, User.name).where(User.email.in_(emails), User.status == "active")
    )
    return {row.email: (row.id, Role(row.role), row.name) for row in rows}


def people_by_role(connection: Connection) -> dict[Role, int]:
    """How many active accounts there are of each role."""
    rows = connection.execute(
        select(User.role, func.count().label("people")).where(User.status == "active").group_by(User.role)
    )
    return {Role(row.role): row.people for row in rows}
