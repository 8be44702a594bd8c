"""The chain over audit events: what was written stays as it was written, or the first broken seal says so."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from feedforward.audit.record import record
from feedforward.audit.sealing import first_broken_seal, seal_events, unsealed
from feedforward.clock import SetClock
from feedforward.wiring import Wiring


def write(wiring: Wiring, clock: SetClock, act: str, number: int) -> None:
    def event(connection: Connection) -> None:
        record(connection, at=clock.now(), actor_id=7, action=act, subject=("draft", number), words=400 + number)

    wiring.database.write_now(event)


@pytest.fixture
def sealed(wiring: Wiring, clock: SetClock) -> Wiring:
    """Three seals over two events each."""
    for number in range(3):
        for act in ("draft.submit", "feedback.release"):
            write(wiring, clock, act, number)
        clock.moment += timedelta(minutes=1)
        assert wiring.database.write_now(seal_events, clock.now()) == 2
    return wiring


def change(wiring: Wiring, statement: str) -> None:
    wiring.database.write_now(lambda connection: connection.execute(text(statement)))


def test_an_untouched_chain_holds(sealed: Wiring) -> None:
    assert sealed.database.read_now(first_broken_seal) is None
    assert sealed.database.read_now(unsealed) == 0
    assert sealed.database.write_now(seal_events, sealed.clock.now()) == 0


@pytest.mark.parametrize(
    "act",
    [
        "update audit_events set actor_id = 8 where id = 3",
        "update audit_events set action = 'draft.view' where id = 4",
        "update audit_events set at = '2026-11-16 12:00:30.000000' where id = 3",
        "delete from audit_events where id = 4",
        "update audit_events set seal_id = 2 where id = 5",
    ],
)
def test_an_event_that_was_changed_moved_or_removed_breaks_its_seal(sealed: Wiring, act: str) -> None:
    change(sealed, act)
    assert sealed.database.read_now(first_broken_seal) == 2


def test_a_seal_that_was_made_anew_breaks_the_next_one(sealed: Wiring) -> None:
    change(sealed, "update audit_seals set digest = 'f' where id = 1")
    assert sealed.database.read_now(first_broken_seal) == 1


def test_what_is_not_sealed_yet_is_counted(sealed: Wiring, clock: SetClock) -> None:
    write(sealed, clock, "draft.submit", 9)
    assert sealed.database.read_now(unsealed) == 1
