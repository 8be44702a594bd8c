"""Finding work that stands still, from our own rows alone, and setting it going again; every step may run twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, literal_column, or_, select, update

from feedforward.assessment.calls import give_up_calls
from feedforward.assessment.lanes import Lane
from feedforward.assessment.planning import PLANNED, HandOver, hand_over
from feedforward.assessment.settling import TERMINAL, Failure, settle_failed
from feedforward.assessment.tables import Reading
from feedforward.drafts.queries import IN_PROGRESS
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.llm.leases import give_back
from feedforward.llm.tables import ProviderLease

# A workflow starts within a second: one that has not after this long was lost with its engine rows or its worker.
STARTS_WITHIN = timedelta(seconds=15)
# Merging takes less than a second, and the feedback is written once however many try.
MERGES_WITHIN = timedelta(seconds=15)
# The condition of the index ix_readings_in_flight in its own words: with parameters SQLite could not use that index.
IN_HAND = Reading.status.in_([literal_column("'queued'"), literal_column("'running'")])
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Recovered:
    """What stood still: readings planned again, and the drafts somebody must begin and merge now."""

    replanned: int
    to_begin: tuple[int, ...]
    to_merge: tuple[int, ...]


def recover(
    connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], now: datetime, *, tries: int,
    patience: bool = True,
) -> Recovered:  # fmt: skip
    """Free what a gone worker held, and find what stands still.

    Without `patience` everything unfinished is taken up, whatever its age: for a start after a restore or a move, when
    no worker runs.
    """
    if not patience:
        give_up_calls(connection, None, now)
    lease_over = ~exists(
        select(1).where(ProviderLease.holder == Reading.id, ProviderLease.expires_at > now).correlate(Reading)
    )
    replanned = _replan(connection, [lease_over] if patience else [], now)
    _fail_orphans(connection, engine, lanes, now, tries)
    hand_over(connection, engine, lanes, now)
    return Recovered(replanned, _to_begin(connection, now, patience), _to_merge(connection, now, patience))


def take_over(connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], slot: int, now: datetime) -> int:
    """Give up what the worker of this slot had in hand, and hand it to the living; how many readings.

    The caller holds the slot, so that its worker is known to be gone. What was queued for a while goes along: it may
    have been in the gone worker's hands, and handing over once more costs nothing.
    """
    lost = give_up_calls(connection, slot, now)
    replanned = _replan(
        connection,
        [or_(Reading.id.in_(lost), and_(Reading.status == "queued", Reading.changed_at <= now - STARTS_WITHIN))], now,
    )  # fmt: skip
    hand_over(connection, engine, lanes, now)
    return replanned


def _replan(connection: Connection, conditions: Sequence[ColumnElement[bool]], now: datetime) -> int:
    """These readings go back to waiting: whoever held them is gone, or is too late."""
    stuck = connection.execute(select(Reading.id).where(IN_HAND, *conditions)).scalars().all()
    for reading_id in stuck:
        give_back(connection, reading_id)
        connection.execute(
            update(Reading)
            .where(Reading.id == reading_id, IN_HAND)
            .values(status="planned", not_before=None, changed_at=now)
        )
    return len(stuck)


def _fail_orphans(
    connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], now: datetime, tries: int
) -> None:
    """Readings of a provider that is no longer configured end as failed: waiting for it would be for ever."""
    orphans = connection.execute(select(Reading.id).where(PLANNED, Reading.provider.not_in(list(lanes)))).scalars()
    for reading_id in orphans.all():
        failure = Failure("unknown_reader", retryable=False)
        settle_failed(connection, engine, lanes, reading_id, failure, failures_before=0, tries=tries, now=now)


def _to_begin(connection: Connection, now: datetime, patience: bool) -> tuple[int, ...]:
    """Submitted drafts whose readings nobody planned."""
    waited = now - STARTS_WITHIN if patience else now
    return tuple(
        connection.execute(
            select(Draft.id)
            .where(IN_PROGRESS, Draft.status == DraftStatus.SUBMITTED, Draft.changed_at <= waited)
            .order_by(Draft.changed_at, Draft.id)
            .limit(AT_ONCE)
        ).scalars()
    )


def _to_merge(connection: Connection, now: datetime, patience: bool) -> tuple[int, ...]:
    """Drafts whose readings are all in and that nobody merges."""
    unfinished = exists(
        select(1)
        .where(Reading.draft_id == Draft.id, Reading.round == Draft.round, Reading.status.not_in(TERMINAL))
        .correlate(Draft)
    )
    too_long = now - MERGES_WITHIN if patience else now
    connection.execute(
        update(Draft)
        .where(IN_PROGRESS, Draft.status == DraftStatus.MERGING, Draft.changed_at <= too_long)
        .values(status=DraftStatus.READING, changed_at=now)
    )
    return tuple(
        connection.execute(
            select(Draft.id)
            .where(IN_PROGRESS, Draft.status == DraftStatus.READING, ~unfinished)
            .order_by(Draft.changed_at, Draft.id)
            .limit(AT_ONCE)
        ).scalars()
    )
