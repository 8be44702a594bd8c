"""Leases on a provider's concurrent calls: never more than it allows, whoever asks and whatever was allowed before."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from feedforward.llm.leases import free_slots, give_back, take_slots
from feedforward.wiring import Wiring

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=90)


def take(connection: Connection, holder: str, at_once: int, now: datetime = NOW) -> bool:
    slots = free_slots(connection, "mock", at_once, now)
    take_slots(connection, "mock", slots[:1], [holder][: len(slots)], now + timedelta(seconds=90))
    return bool(slots)


def test_no_more_leases_than_the_provider_allows(wiring: Wiring) -> None:
    taken = [wiring.database.write_now(take, f"r{number}", 2) for number in range(4)]
    assert taken == [True, True, False, False]


def test_a_lease_that_is_over_is_free_again(wiring: Wiring) -> None:
    assert wiring.database.write_now(take, "a", 1)
    assert not wiring.database.write_now(take, "b", 1, LATER)
    assert wiring.database.write_now(take, "b", 1, LATER + timedelta(seconds=1))


def test_lowered_concurrency_holds_at_once_and_raised_concurrency_makes_room(wiring: Wiring) -> None:
    for number in range(3):
        wiring.database.write_now(take, f"r{number}", 3)
    wiring.database.write_now(give_back, "r2")
    assert not wiring.database.write_now(take, "late", 2)
    assert wiring.database.write_now(take, "late", 4)
    assert wiring.database.write_now(take, "later", 4)


def test_giving_back_what_one_does_not_hold_changes_nothing(wiring: Wiring) -> None:
    wiring.database.write_now(take, "a", 1)
    wiring.database.write_now(give_back, "b")
    assert not wiring.database.write_now(take, "c", 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.integers(1, 4)), max_size=20))
def test_the_number_held_never_exceeds_the_most_that_was_allowed(
    wiring: Wiring, acts: list[tuple[str, bool, int]]
) -> None:
    held: set[str] = set()
    for holder in "abcdef":
        wiring.database.write_now(give_back, holder)
    for holder, takes, at_once in acts:
        if takes and holder not in held:
            before = len(held)
            if wiring.database.write_now(take, holder, at_once):
                held.add(holder)
                assert before < 4
        elif not takes:
            wiring.database.write_now(give_back, holder)
            held.discard(holder)
        assert len(held) <= 4
