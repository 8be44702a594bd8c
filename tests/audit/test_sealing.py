"""The chain of audit seals: whatever is changed afterwards is found."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from feedforward.audit.origin import ERASED, erase_addresses, erase_addresses_of
from feedforward.audit.record import record, record_each
from feedforward.audit.sealing import COLUMNS, digest_of_events, seal_events, unsealed
from feedforward.audit.tables import AuditEvent, AuditSeal
from feedforward.audit.verifying import Broken, verify
from feedforward.web.came_from import coming_from
from feedforward.wiring import Wiring

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def events(connection: Connection, first: int, count: int) -> None:
    with coming_from({"client": ("192.0.2.1", 1)}):
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


def broken(wiring: Wiring) -> Broken | None:
    return wiring.database.read_now(verify).broken


def run(wiring: Wiring, statement: Any) -> None:
    wiring.database.write_now(lambda connection: connection.execute(statement))


def test_events_wait_until_they_are_sealed_and_an_empty_minute_makes_no_seal(wiring: Wiring) -> None:
    wiring.database.write_now(events, 1, 2)
    assert wiring.database.read_now(unsealed) == 2
    assert wiring.database.write_now(seal_events, NOON) == 2
    assert wiring.database.write_now(seal_events, NOON) == 0
    assert wiring.database.read_now(unsealed) == 0


FIFTH = AuditEvent.subject_id == "5"
# What is done, the event that must be named (None: its seal alone can be), and words the finding must hold.
TAMPERING = {
    "an actor is changed": (update(AuditEvent).where(FIFTH).values(actor_id=2), 5, "changed"),
    "a detail is changed": (update(AuditEvent).where(FIFTH).values(detail={"number": 6}), 5, "changed"),
    "a time is changed": (update(AuditEvent).where(FIFTH).values(at=NOON + timedelta(seconds=1)), 5, "changed"),
    "an act is changed": (update(AuditEvent).where(FIFTH).values(action="draft.discard"), 5, "changed"),
    "an address is changed": (update(AuditEvent).where(FIFTH).values(came_from="192.0.2.2"), 5, "changed"),
    "an address is taken away": (
        update(AuditEvent).where(FIFTH).values(came_from=None, came_from_key=None), 5, "changed",
    ),
    "an event is removed": (delete(AuditEvent).where(FIFTH), 5, "missing"),
    "an event is taken out of its seal": (update(AuditEvent).where(FIFTH).values(seal_id=None), 5, "under no seal"),
    "an event is moved to another seal": (update(AuditEvent).where(FIFTH).values(seal_id=3), 5, "under seal 3"),
    "an event is added to a seal": (
        insert(AuditEvent).values(
            at=NOON, actor_id=1, action="x", subject_kind="x", subject_id="x", detail={}, seal_id=2
        ), 10, "put under seal 2",
    ),
    "a seal's time is changed": (update(AuditSeal).where(AuditSeal.id == 2).values(at=NOON), None, "seal 2 was"),
    "a seal's digest is changed": (
        update(AuditSeal).where(AuditSeal.id == 2).values(digest="0" * 64), None, "seal 2 was",
    ),
    "a seal's marks are changed": (
        update(AuditSeal).where(AuditSeal.id == 2).values(marks=b"0" * 72), None, "seal 2 was",
    ),
    "a seal's count is changed": (update(AuditSeal).where(AuditSeal.id == 2).values(events=2), None, "how many"),
    "a seal is said to be of another kind": (
        update(AuditSeal).where(AuditSeal.id == 2).values(version=7), None, "does not know",
    ),
}  # fmt: skip


def test_tampering_is_found_and_the_event_named(chained: Wiring) -> None:
    for how, (tampering, event_id, words) in TAMPERING.items():
        # Each in a transaction that is undone: the next one meets the whole chain again.
        with chained.database.engine.connect().execution_options(writes=True) as connection:
            connection.execute(tampering)
            found = verify(connection).broken
            connection.rollback()
        assert found is not None, how
        assert (found.seal_id, found.event_id) == (2, event_id), (how, found)
        assert words in found.what, (how, found)
    assert broken(chained) is None


def test_a_seal_that_is_taken_out_with_its_events_is_found(chained: Wiring) -> None:
    run(chained, delete(AuditEvent).where(AuditEvent.seal_id == 2))
    run(chained, delete(AuditSeal).where(AuditSeal.id == 2))
    found = chained.database.read_now(verify)
    assert found.broken == Broken(None, 3, "seal 2 is missing before seal 3")
    assert (found.events, found.seals, found.left_out, found.first_left_out) == (3, 1, 3, 4)


def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_noted(chained: Wiring) -> None:
    head = chained.database.read_now(verify).head
    assert head is not None
    assert chained.database.read_now(verify, expected=head.digest).known_head == 3
    run(chained, delete(AuditEvent).where(AuditEvent.seal_id == 3))
    run(chained, delete(AuditSeal).where(AuditSeal.id == 3))
    shorter = chained.database.read_now(verify, expected=head.digest)
    assert shorter.broken is None, "nothing in the database tells of it"
    assert shorter.known_head is None, "the digest noted elsewhere does"


def test_a_chain_of_an_earlier_release_holds_and_goes_on_in_the_new_way(wiring: Wiring) -> None:
    def seal_as_released(connection: Connection) -> None:
        rows = connection.execute(select(*COLUMNS).order_by(AuditEvent.id)).all()
        digest = digest_of_events("", NOON, rows)
        seal_id = connection.execute(
            insert(AuditSeal).values(at=NOON, events=len(rows), digest=digest).returning(AuditSeal.id)
        ).scalar_one()
        connection.execute(update(AuditEvent).values(seal_id=seal_id))

    wiring.database.write_now(events, 1, 4)
    wiring.database.write_now(seal_as_released)
    wiring.database.write_now(events, 5, 2)
    wiring.database.write_now(seal_events, NOON)
    found = wiring.database.read_now(verify)
    assert (found.broken, found.events, found.seals) == (None, 6, 2)
    run(wiring, update(AuditEvent).where(AuditEvent.subject_id == "2").values(actor_id=9))
    told = broken(wiring)
    assert told is not None
    assert (told.event_id, told.seal_id) == (1, 1)
    assert "one of events 1 to 4 was changed" in told.what


def test_an_address_is_erased_and_the_chain_holds(wiring: Wiring) -> None:
    def act(connection: Connection, address: str, at: datetime) -> None:
        with coming_from({"client": (address, 1)}):
            record(connection, at=at, actor_id=7, action="session.start", subject=("user", 7))
            refused = [{"pauses": False}]
            record_each(connection, at=at, actor_id=None, action="session.refuse", subject=("user", 8), details=refused)

    def origins() -> list[str | None]:
        of = select(AuditEvent.came_from).order_by(AuditEvent.id)
        return list(wiring.database.read_now(lambda c: c.execute(of).scalars().all()))

    wiring.database.write_now(act, "192.0.2.1", NOON)
    wiring.database.write_now(act, "::ffff:192.0.2.9", NOON + timedelta(days=2))
    wiring.database.write_now(seal_events, NOON)
    assert origins() == ["192.0.2.1", "192.0.2.1", "192.0.2.9", "192.0.2.9"]
    assert wiring.database.write_now(erase_addresses, NOON + timedelta(days=1)) == 2
    assert wiring.database.write_now(erase_addresses, NOON + timedelta(days=1)) == 0
    gone = origins()
    assert all(each is not None and each.startswith(ERASED) for each in gone[:2])
    assert gone[0] != gone[1], "the same address leaves marks that cannot be compared"
    assert wiring.database.write_now(erase_addresses_of, 8) == 1
    assert origins()[2] == "192.0.2.9"
    assert wiring.database.write_now(erase_addresses_of, 7) == 1
    assert broken(wiring) is None
    run(wiring, update(AuditEvent).where(AuditEvent.id == 1).values(came_from=f"{ERASED}{'0' * 32}"))
    assert broken(wiring) == Broken(1, 1, "event 1 was changed after it was sealed")


def test_two_sealers_at_the_same_time_make_one_chain(wiring: Wiring) -> None:
    wiring.database.write_now(events, 1, 200)

    async def both() -> list[int]:
        return list(await asyncio.gather(*(wiring.database.write(seal_events, NOON) for _ in range(4))))

    assert sum(asyncio.run(both())) == 200
    assert broken(wiring) is None
    count = select(func.count()).select_from(AuditSeal)
    assert wiring.database.read_now(lambda c: c.execute(count).scalar_one()) == 1
