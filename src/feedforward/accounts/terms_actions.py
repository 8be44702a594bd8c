"""Publishing an edition of the terms, and accepting one."""

from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from feedforward.accounts.tables import TermsAcceptance, TermsEdition
from feedforward.accounts.terms_queries import current_terms
from feedforward.audit.record import record
from feedforward.errors import RuleBroken

CHANGED = "The terms have changed since you opened this page. Please read them once more."


def accept(connection: Connection, *, user_id: int, version: int, now: datetime) -> None:
    """The person accepts this edition, the one in force; twice is once. RuleBroken where it is no longer in force.

    `version` is `current_terms(connection).version` as it was when the page was shown.
    """
    if version != current_terms(connection).version:
        raise RuleBroken(CHANGED, field="accepted")
    before = select(TermsAcceptance.version).where(
        TermsAcceptance.user_id == user_id, TermsAcceptance.version == version
    )
    if connection.execute(before).first() is not None:
        return
    note_acceptance(connection, user_id=user_id, version=version, at=now, now=now)


def note_acceptance(connection: Connection, *, user_id: int, version: int, at: datetime, now: datetime) -> None:
    """Write down an acceptance given at a moment before there was an account."""
    connection.execute(insert(TermsAcceptance).values(user_id=user_id, version=version, accepted_at=at))
    record(connection, at=now, actor_id=user_id, action="terms.accept", subject=("user", user_id), version=version)


def publish_terms(
    connection: Connection, *, admin_id: int, seen: int, terms: str, privacy: str, needs_acceptance: bool, now: datetime
) -> int:
    """A new edition, in force at once; its version. `seen` is the one the administrator started from; RuleBroken where
    somebody has published another one since."""
    if seen != current_terms(connection).version:
        raise RuleBroken("Somebody else has published an edition since you opened this page. Look at it first.")
    try:
        connection.execute(
            insert(TermsEdition).values(
                version=seen + 1, terms=terms, privacy=privacy, needs_acceptance=needs_acceptance, published_at=now,
                published_by=admin_id,
            )
        )  # fmt: skip
    except IntegrityError:
        raise RuleBroken("Somebody else has published an edition in this moment. Look at it first.") from None
    record(
        connection, at=now, actor_id=admin_id, action="terms.publish", subject=("terms", seen + 1),
        needs_acceptance=needs_acceptance,
    )  # fmt: skip
    return seen + 1
