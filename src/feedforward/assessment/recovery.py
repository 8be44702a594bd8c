"""Finding work that stands still, from our own rows alone, and setting it going again; every step may run twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, and_, exists, select, update

from feedforward.assessment.lanes import Lane
from feedforward.assessment.planning import HandOver, hand_over
from feedforward.assessment.settling import Failure, settle_failed
from feedforward.assessment.tables import Reading
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.llm.leases import give_back
from feedforward.llm.tables import ProviderLease

# A workflow starts within a second; one that has not after this long was lost with its engine rows or its worker.
STARTS_WITHIN = timedelta(seconds=30)
MERGES_WITHIN = timedelta(seconds=60)


class FeedbackEngine(HandOver, Protocol):
    """The engine, as far as recovery needs it."""

    def enqueue_feedback(self, connection: Connection, draft_id: int, again: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Recovered:
    """How much was set going again, and the drafts whose merging somebody must run now."""

    started: int
    replanned: int
    to_merge: tuple[int, ...]


def recover(
    connection: Connection, engine: FeedbackEngine, lanes: Mapping[str, Lane], now: datetime, *, tries: int,
    patience: bool = True,
) -> Recovered:  # fmt: skip
    """Set still-standing work going. Without `patience` everything unfinished is taken up, whatever its age:
    for a start after a restore or a move, when no worker runs."""
    waited = now - STARTS_WITHIN if patience else now
    started = 0
    for draft_id in connection.execute(
        select(Draft.id).where(Draft.status == DraftStatus.SUBMITTED, Draft.changed_at <= waited)
    ).scalars():
        engine.enqueue_feedback(connection, draft_id, again=f"-{int(now.timestamp())}")
        started += 1
    replanned = _replan(connection, now, patience)
    _fail_orphans(connection, engine, lanes, now, tries)
    hand_over(connection, engine, lanes, now)
    return Recovered(started, replanned, tuple(_to_merge(connection, now, patience)))


def _replan(connection: Connection, now: datetime, patience: bool) -> int:
    """Readings whose lease is over go back to waiting: whoever held them is gone, or is too late."""
    living_lease = exists(
        select(1).where(ProviderLease.holder == Reading.id, ProviderLease.expires_at > now).correlate(Reading)
    )
    condition = Reading.status.in_(("queued", "running"))
    if patience:
        condition = and_(condition, ~living_lease)
    stuck = connection.execute(select(Reading.id).where(condition)).scalars().all()
    for reading_id in stuck:
        give_back(connection, reading_id)
        connection.execute(
            update(Reading)
            .where(Reading.id == reading_id, Reading.status.in_(("queued", "running")))
            .values(status="planned", not_before=None, changed_at=now)
        )
    return len(stuck)


def _fail_orphans(
    connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], now: datetime, tries: int
) -> None:
    """Readings of a provider that is no longer configured end as failed: waiting for it would be for ever."""
    orphans = connection.execute(
        select(Reading.id).where(Reading.status == "planned", Reading.provider.not_in(list(lanes)))
    ).scalars()
    for reading_id in orphans.all():
        failure = Failure("unknown_reader", retryable=False)
        settle_failed(connection, engine, lanes, reading_id, failure, failures_before=0, tries=tries, now=now)


def _to_merge(connection: Connection, now: datetime, patience: bool) -> list[int]:
    """Drafts whose readings are all in and that nobody merges."""
    unfinished = exists(
        select(1)
        .where(Reading.draft_id == Draft.id, Reading.round == Draft.round, Reading.status.not_in(("done", "failed")))
        .correlate(Draft)
    )
    too_long = now - MERGES_WITHIN if patience else now
    connection.execute(
        update(Draft)
        .where(Draft.status == DraftStatus.MERGING, Draft.changed_at <= too_long)
        .values(status=DraftStatus.READING, changed_at=now)
    )
    return list(
        connection.execute(
            select(Draft.id).where(Draft.status == DraftStatus.READING, ~unfinished).order_by(Draft.id).limit(100)
        ).scalars()
    )
