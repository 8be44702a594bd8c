"""What people and operators do with accounts: create one, sign in, sign out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from feedforward.accounts.people_actions import file_person
from feedforward.accounts.queries import Try, is_taken
from feedforward.accounts.sso_tables import Confirmation
from feedforward.accounts.tables import AccountToken, FailedSignIn, HalfSession, Session, User
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.web.access import Role


def create_account(
    connection: Connection, *, email: str, name: str, role: Role, password_hash: str, now: datetime,
    demonstration: bool = False,
) -> int:  # fmt: skip
    """A new active account; its id. RuleBroken where the (folded) address is taken."""
    if is_taken(connection, email):
        raise RuleBroken("There is an account with this e-mail address already.", field="email")
    user_id: int = connection.execute(
        insert(User)
        .values(
            email=email, name=name.strip(), role=role, status="active", password_hash=password_hash,
            demonstration=demonstration, created_at=now,
        )
        .returning(User.id)
    ).scalar_one()  # fmt: skip
    file_person(connection, user_id)
    record(connection, at=now, actor_id=None, action="account.create", subject=("user", user_id), role=str(role))
    return user_id


def start_session(
    connection: Connection, *, user_id: int, token_hash: str, browser: str, now: datetime, lasts: timedelta,
    replaces: str | None, try_id: int | None = None, proved_elsewhere: bool = False,
) -> None:  # fmt: skip
    """A session for somebody who proved who they are; the one they came with ends, so that no token outlives a sign-in,
    and the try that succeeded counts no more. `proved_elsewhere`: an institution asked for the second factor."""
    if try_id is not None:
        forget_try(connection, try_id)
    if replaces:
        connection.execute(delete(Session).where(Session.token_hash == replaces))
    connection.execute(
        insert(Session).values(
            token_hash=token_hash, user_id=user_id, created_at=now, seen_at=now, expires_at=now + lasts,
            browser=browser[:200], proved_elsewhere=proved_elsewhere,
        )
    )  # fmt: skip
    record(connection, at=now, actor_id=user_id, action="session.start", subject=("user", user_id))


def mark_seen(connection: Connection, token_hash: str, now: datetime) -> None:
    connection.execute(update(Session).where(Session.token_hash == token_hash).values(seen_at=now))


def end_session(connection: Connection, *, user_id: int, token_hash: str, now: datetime) -> None:
    """Sign out this browser."""
    connection.execute(delete(Session).where(Session.token_hash == token_hash))
    record(connection, at=now, actor_id=user_id, action="session.end", subject=("user", user_id))


def note_try(connection: Connection, tried: Try) -> int:
    """Counts as failed until it is forgotten; its row."""
    try_id: int = connection.execute(
        insert(FailedSignIn)
        .values(at=tried.at, account_hash=tried.account_hash, address_hash=tried.address_hash)
        .returning(FailedSignIn.id)
    ).scalar_one()
    return try_id


def forget_try(connection: Connection, try_id: int) -> None:
    connection.execute(delete(FailedSignIn).where(FailedSignIn.id == try_id))


def refuse_sign_in(connection: Connection, *, user_id: int | None, pauses: bool, now: datetime) -> None:
    """Note a password that was wrong; `user_id` None where the address has no account, `pauses` with the last one
    before a pause. The same work for both."""
    subject = ("user", "unknown" if user_id is None else user_id)
    record(connection, at=now, actor_id=None, action="session.refuse", subject=subject, pauses=pauses)
    if pauses:
        record(connection, at=now, actor_id=None, action="session.pause", subject=subject, what="password")


def note_network_pause(connection: Connection, *, what: str, now: datetime) -> None:
    """That the last try of `what` before a pause came from a network address; the next ones are turned away."""
    record(connection, at=now, actor_id=None, action="session.pause", subject=("network", "address"), what=what)


def purge_sign_in_traces(connection: Connection, now: datetime) -> int:
    """Remove ended sessions, confirmations and tokens that are over, and day-old tries; how many rows went."""
    return sum(
        connection.execute(statement).rowcount
        for statement in (
            delete(Session).where(Session.expires_at < now),
            delete(HalfSession).where(HalfSession.expires_at < now),
            delete(Confirmation).where(Confirmation.expires_at < now),
            delete(AccountToken).where(AccountToken.expires_at < now - timedelta(days=1)),
            delete(FailedSignIn).where(FailedSignIn.at < now - timedelta(days=1)),
        )
    )
