"""Tokens that links in mails carry: made when the mail is written, kept as hashes, worth something once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from feedforward.accounts.tables import AccountToken, User
from feedforward.accounts.token_rules import LASTS, TokenKind
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.web.sessions import hash_of, new_token

LINK_IS_OVER = "This link was used already or is over. Nothing was changed; ask for a new one."


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token that is still worth something speaks for; `address` is what it confirms or restores."""

    user_id: int
    name: str
    email: str
    address: str | None


def mint(
    connection: Connection, *, kind: TokenKind, user_id: int, now: datetime, email: str | None = None,
    by: int | None = None,
) -> str:  # fmt: skip
    """A new token, in clear for this once. Earlier ones stay good until one of them is used."""
    token = new_token()
    token_id: int = connection.execute(
        insert(AccountToken)
        .values(
            kind=kind, user_id=user_id, token_hash=hash_of(token), email=email, created_at=now,
            expires_at=now + LASTS[kind],
        )
        .returning(AccountToken.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=by, action="token.mint", subject=("user", user_id), kind=str(kind), token=token_id
    )
    return token


def optional_bearer(connection: Connection, *, kind: TokenKind, token: str, now: datetime) -> Bearer | None:
    """Whom the token speaks for; None where it is unknown, used or over, or the account is not active."""
    row = connection.execute(
        select(User.id, User.name, User.email, AccountToken.email.label("address"))
        .join(User, User.id == AccountToken.user_id)
        .where(
            AccountToken.token_hash == hash_of(token), AccountToken.kind == kind, AccountToken.used_at.is_(None),
            AccountToken.expires_at > now, User.status == "active",
        )
    ).one_or_none()  # fmt: skip
    return Bearer(row.id, row.name, row.email, row.address) if row else None


def redeem(connection: Connection, *, kind: TokenKind, token: str, now: datetime) -> Bearer:
    """Use the token up, with all others of its kind and person. RuleBroken where somebody was first or it is over."""
    bearer = optional_bearer(connection, kind=kind, token=token, now=now)
    used = connection.execute(
        update(AccountToken)
        .where(AccountToken.token_hash == hash_of(token), AccountToken.kind == kind, AccountToken.used_at.is_(None))
        .values(used_at=now)
    ).rowcount
    if bearer is None or not used:
        raise RuleBroken(LINK_IS_OVER)
    void(connection, user_id=bearer.user_id, kinds=(kind,), now=now)
    record(
        connection, at=now, actor_id=bearer.user_id, action="token.use", subject=("user", bearer.user_id),
        kind=str(kind),
    )  # fmt: skip
    return bearer


def void(connection: Connection, *, user_id: int, kinds: tuple[TokenKind, ...], now: datetime) -> None:
    """Make every unused token of these kinds worthless."""
    connection.execute(
        update(AccountToken)
        .where(AccountToken.user_id == user_id, AccountToken.kind.in_(kinds), AccountToken.used_at.is_(None))
        .values(used_at=now)
    )
