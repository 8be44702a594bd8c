"""Confirmations at an institution: asked for, given by the one answer, used up once; all within one session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from feedforward.accounts.sso_rules import FLOW_LASTS
from feedforward.accounts.sso_tables import Confirmation
from feedforward.audit.record import record
from feedforward.web.sessions import hash_of

# Enough to look at the form once more and to type a code; then whoever sits there has to show again that it is them.
CONFIRMED_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be confirmed: by whom, in which session, for which form (its address)."""

    user_id: int
    session_hash: str
    purpose: str


def ask_confirmation(
    connection: Connection, *, asking: Asking, state: str, institution: str, now: datetime
) -> None:  # fmt: skip
    """Somebody goes to the institution; what they asked for before on the same form is worth nothing any more."""
    connection.execute(delete(Confirmation).where(*_of(asking)))
    connection.execute(
        insert(Confirmation).values(
            state_hash=hash_of(state), user_id=asking.user_id, session_hash=asking.session_hash,
            purpose=asking.purpose, institution=institution, expires_at=now + FLOW_LASTS,
        )
    )  # fmt: skip


def give_confirmation(connection: Connection, *, asking: Asking, state: str, now: datetime) -> bool:
    """The institution confirmed them; False where this state was answered before, is over, or belongs to another
    session or form."""
    given = connection.execute(
        update(Confirmation)
        .where(
            *_of(asking), Confirmation.state_hash == hash_of(state), Confirmation.confirmed_at.is_(None),
            Confirmation.expires_at > now,
        )
        .values(confirmed_at=now, expires_at=now + CONFIRMED_FOR)
    ).rowcount  # fmt: skip
    if given:
        record(connection, at=now, actor_id=asking.user_id, action="session.confirm", subject=("user", asking.user_id))
    return bool(given)


def confirmed_by(connection: Connection, *, asking: Asking, now: datetime) -> str | None:
    """The name of the institution that confirmed them a moment ago; None where none did."""
    return connection.execute(
        select(Confirmation.institution).where(
            *_of(asking), Confirmation.confirmed_at.is_not(None), Confirmation.expires_at > now
        )
    ).scalar_one_or_none()


def use_confirmation(connection: Connection, *, asking: Asking, now: datetime) -> bool:
    """Use it up; False where there is none, or another window was first."""
    return bool(
        connection.execute(
            delete(Confirmation).where(
                *_of(asking), Confirmation.confirmed_at.is_not(None), Confirmation.expires_at > now
            )
        ).rowcount
    )


def _of(asking: Asking) -> tuple[ColumnElement[bool], ...]:
    return (
        Confirmation.user_id == asking.user_id,
        Confirmation.session_hash == asking.session_hash,
        Confirmation.purpose == asking.purpose,
    )
