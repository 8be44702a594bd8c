"""Keeping one draft's content beyond its time, by an instructor's choice and with a reason; and undoing it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from feedforward.audit.record import record
from feedforward.drafts.tables import Draft
from feedforward.errors import RuleBroken
from feedforward.retention.tables import Erasure
from feedforward.review.queries import head_for_staff
from feedforward.review.rules import FeedbackStatus

GONE = "The content of this draft was erased already, so there is nothing left to keep."
LONGEST_REASON = 500


def preserve(connection: Connection, *, user_id: int, draft_id: int, reason: str, now: datetime) -> None:
    """Keep the content until somebody undoes it. Twice is the same as once; the first reason stands."""
    head_for_staff(connection, user_id, draft_id)
    _lock(connection, draft_id)
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.erased_at.is_(None), Draft.content_preserved.is_(False))
        .values(content_preserved=True, preserved_by=user_id, preserved_reason=reason, erase_after=None)
    ).rowcount
    if changed:
        record(connection, at=now, actor_id=user_id, action="draft.preserve", subject=("draft", draft_id))


def stop_preserving(connection: Connection, *, user_id: int, draft_id: int, retention_days: int, now: datetime) -> None:
    """The clock runs again; a released draft gets at least a day, so that undoing by mistake can be undone too."""
    head = head_for_staff(connection, user_id, draft_id)
    erase_after = None
    if head.status is FeedbackStatus.RELEASED and head.released_at is not None:
        days = head.retention_days if head.retention_days is not None else retention_days
        erase_after = max(head.released_at + timedelta(days=days), now + timedelta(days=1))
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.content_preserved.is_(True))
        .values(content_preserved=False, preserved_by=None, preserved_reason="", erase_after=erase_after)
    ).rowcount
    if changed:
        record(connection, at=now, actor_id=user_id, action="draft.stop_preserving", subject=("draft", draft_id))


def _lock(connection: Connection, draft_id: int) -> None:
    """Waits for an erasure that is being decided, and refuses where it was: a destroyed key cannot come back."""
    connection.execute(select(Draft.id).where(Draft.id == draft_id).with_for_update())
    if connection.execute(select(Erasure.draft_id).where(Erasure.draft_id == draft_id)).first() is not None:
        raise RuleBroken(GONE)
