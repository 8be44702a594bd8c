"""The chain of audit seals: whatever is changed afterwards is found."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from feedforward.audit.record import record
from feedforward.audit.sealing import first_broken_seal, seal_events, unsealed
from feedforward.audit.tables import AuditEvent, AuditSeal
from feedforward.wiring import Wiring

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def events(connection: Connection, first: int, count: int) -> None:
    for number in range(first, first + count):
        record(connection, at=NOON, actor_id=1, action="draft.submit", subject=("draft", number), number=number)


@pytest.fixture
def chained(wiring: Wiring) -> Wiring:
    """Three seals over nine events."""
    for step in range(3):
        wiring.database.write_now(events, step * 3 + 1, 3)
        assert wiring.database.write_now(seal_events, NOON + timedelta(minutes=step)) == 3
    assert broken(wiring) is None
    return wiring


def broken(wiring: Wiring) -> int | None:
    return wiring.database.read_now(first_broken_seal)


def test_events_wait_until_they_are_sealed_and_an_empty_minute_makes_no_seal(wiring: Wiring) -> None:
    wiring.database.write_now(events, 1, 2)
    assert wiring.database.read_now(unsealed) == 2
    assert wiring.database.write_now(seal_events, NOON) == 2
    assert wiring.database.write_now(seal_events, NOON) == 0
    assert wiring.database.read_now(unsealed) == 0


SECOND = AuditEvent.subject_id == "5"
TAMPERING = {
    "an actor is changed": update(AuditEvent).where(SECOND).values(actor_id=2),
    "a detail is changed": update(AuditEvent).where(SECOND).values(detail={"number": 6}),
    "a time is changed": update(AuditEvent).where(SECOND).values(at=NOON + timedelta(seconds=1)),
    "an act is changed": update(AuditEvent).where(SECOND).values(action="draft.discard"),
    "an event is removed": delete(AuditEvent).where(SECOND),
    "an event is taken out of its seal": update(AuditEvent).where(SECOND).values(seal_id=None),
    "an event is moved to another seal": update(AuditEvent).where(SECOND).values(seal_id=3),
    "an event is added to a seal": insert(AuditEvent).values(
        at=NOON, actor_id=1, action="x", subject_kind="x", subject_id="x", detail={}, seal_id=2
    ),
    "a seal's time is changed": update(AuditSeal).where(AuditSeal.id == 2).values(at=NOON),
    "a seal's digest is changed": update(AuditSeal).where(AuditSeal.id == 2).values(digest="0" * 64),
}


@pytest.mark.parametrize("how", list(TAMPERING))
def test_tampering_is_found(chained: Wiring, how: str) -> None:
    chained.database.write_now(lambda connection: connection.execute(TAMPERING[how]))
    assert broken(chained) == 2, how


def test_a_seal_that_is_taken_out_with_its_events_is_found(chained: Wiring) -> None:
    def remove(connection: Connection) -> None:
        connection.execute(delete(AuditEvent).where(AuditEvent.seal_id == 2))
        connection.execute(delete(AuditSeal).where(AuditSeal.id == 2))

    chained.database.write_now(remove)
    assert broken(chained) == 3


def test_two_sealers_at_the_same_time_make_one_chain(wiring: Wiring) -> None:
    wiring.database.write_now(events, 1, 200)

    async def both() -> list[int]:
        return list(await asyncio.gather(*(wiring.database.write(seal_events, NOON) for _ in range(4))))

    assert sum(asyncio.run(both())) == 200
    assert broken(wiring) is None
    count = select(func.count()).select_from(AuditSeal)
    assert wiring.database.read_now(lambda c: c.execute(count).scalar_one()) == 1
