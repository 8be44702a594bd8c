"""Ending sessions: one, or all of a person's, and what a new one needs to be started."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from feedforward.accounts.account_queries import handle_of
from feedforward.accounts.actions import start_session
from feedforward.accounts.tables import HalfSession, Session
from feedforward.audit.record import record
from feedforward.errors import NotFound


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that is about to be started in this browser; its token is in the cookie of the answer."""

    token_hash: str
    browser: str
    lasts: timedelta


def end_every_session(connection: Connection, *, user_id: int) -> int:
    """Sign a person out of every browser, half-open sign-ins too; how many sessions ended."""
    connection.execute(delete(HalfSession).where(HalfSession.user_id == user_id))
    return connection.execute(delete(Session).where(Session.user_id == user_id)).rowcount


def sign_out_everywhere(connection: Connection, *, user_id: int, now: datetime) -> None:
    """End all sessions, because the person said so."""
    ended = end_every_session(connection, user_id=user_id)
    record(connection, at=now, actor_id=user_id, action="session.end_all", subject=("user", user_id), ended=ended)


def end_one_session(connection: Connection, *, user_id: int, handle: str, now: datetime) -> None:
    """End the session with this handle; NotFound where it is none of theirs."""
    hashes = connection.execute(select(Session.token_hash).where(Session.user_id == user_id)).scalars()
    found = next((each for each in hashes if handle_of(each) == handle), None)
    if found is None:
        raise NotFound("This browser is signed out already.")
    connection.execute(delete(Session).where(Session.token_hash == found))
    record(connection, at=now, actor_id=user_id, action="session.end_other", subject=("user", user_id))


def only_this_session(connection: Connection, *, user_id: int, new: NewSession, now: datetime) -> None:
    """End all sessions of a person and start one afresh for the browser they are using."""
    end_every_session(connection, user_id=user_id)
    start_session(
        connection, user_id=user_id, token_hash=new.token_hash, browser=new.browser, now=now, lasts=new.lasts,
        replaces=None,
    )  # fmt: skip
