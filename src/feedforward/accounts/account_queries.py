"""Reading a person's own account: what stands in it, and the browsers that are signed in to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.accounts.second_factor_queries import Factor, optional_factor
from feedforward.accounts.tables import EmailChange, Session, User
from feedforward.accounts.token_rules import LASTS, TokenKind
from feedforward.web.sessions import hash_of

HANDLE_LENGTH = 24


def handle_of(token_hash: str) -> str:
    """What a session is called on its owner's page: nothing that would open it, nor what we look it up by."""
    return hash_of(token_hash)[:HANDLE_LENGTH]


@dataclass(frozen=True, slots=True)
class SessionView:
    """A signed-in browser; `handle` names it on the page, `browser` is what it calls itself."""

    handle: str
    browser: str
    created_at: datetime
    seen_at: datetime
    this_one: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """`new_email` is an address that waits for its confirmation, `factor` one that is being set up too."""

    name: str
    email: str
    created_at: datetime
    new_email: str | None
    factor: Factor | None
    sessions: tuple[SessionView, ...]


def own_account(
    connection: Connection, *, user_id: int, token_hash: str, now: datetime, idle_since: datetime
) -> OwnAccount:
    """The account of the person who asks; sessions that are over are left out, this browser's comes first."""
    user = connection.execute(select(User.name, User.email, User.created_at).where(User.id == user_id)).one()
    sessions = connection.execute(
        select(Session.token_hash, Session.browser, Session.created_at, Session.seen_at)
        .where(Session.user_id == user_id, Session.expires_at > now, Session.seen_at > idle_since)
        .order_by(Session.seen_at.desc())
    ).all()
    views = [
        SessionView(handle_of(each.token_hash), each.browser, each.created_at, each.seen_at,
                    each.token_hash == token_hash)
        for each in sessions
    ]  # fmt: skip
    return OwnAccount(
        user.name, user.email, user.created_at, _waiting_email(connection, user_id, now),
        optional_factor(connection, user_id), tuple(sorted(views, key=lambda view: not view.this_one)),
    )  # fmt: skip


def _waiting_email(connection: Connection, user_id: int, now: datetime) -> str | None:
    found: str | None = connection.execute(
        select(EmailChange.new_email).where(
            EmailChange.user_id == user_id, EmailChange.status == "open",
            EmailChange.asked_at > now - LASTS[TokenKind.EMAIL_CONFIRM],
        )
    ).scalar_one_or_none()  # fmt: skip
    return found
