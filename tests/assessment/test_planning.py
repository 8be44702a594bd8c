"""Planning readings and handing them over: as many as there are leases, the longest waiting first, each once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from feedforward.assessment.planning import begin_reading, draft_of, hand_over, somebody_waits
from feedforward.assessment.tables import Reading
from feedforward.llm.leases import give_back
from feedforward.llm.tables import ProviderLease
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes, not_started
from tests.factories.pipeline import Pipeline, make_pipeline, reader


@pytest.fixture
def engine() -> HandedOver:
    return HandedOver()


def begin(pipe: Pipeline, engine: HandedOver, draft_id: int, **at_once: int) -> bool:
    wiring = pipe.wiring
    return wiring.database.write_now(begin_reading, engine, lanes(**at_once), draft_id, wiring.clock.now())


def test_a_draft_is_planned_once_however_often_it_is_begun(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a", runs=2), reader("mock/b"))
    draft_id = pipe.hand_in(start=not_started)
    assert begin(pipe, engine, draft_id, mock=5)
    assert not begin(pipe, engine, draft_id, mock=5)
    readings = pipe.readings(draft_id)
    assert [(each.reader, each.run, each.status) for each in readings] == [
        ("mock/a", 1, "queued"), ("mock/a", 2, "queued"), ("mock/b", 1, "queued"),
    ]  # fmt: skip
    assert engine.readings == [(each.id, 1) for each in readings]
    assert {draft_of(each.id) for each in readings} == {draft_id}
    assert pipe.status(draft_id) == "reading"


def test_a_draft_that_was_taken_back_is_not_begun(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    _, draft_id = pipe.keep()
    assert not begin(pipe, engine, draft_id, mock=5)
    assert engine.readings == []


def test_a_reading_that_waits_for_a_lease_is_a_row_and_nothing_else(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a", runs=3))
    first, second = pipe.hand_in(start=not_started), pipe.hand_in(start=not_started)
    begin(pipe, engine, first, mock=2)
    begin(pipe, engine, second, mock=2)
    assert engine.readings == [(f"{first}-1-1-1", 1), (f"{first}-1-1-2", 1)]
    waiting = [each for each in pipe.readings(first) + pipe.readings(second) if each.status == "planned"]
    assert len(waiting) == 4
    assert {each.dispatch for each in waiting} == {0}


def test_leases_pass_on_to_who_waited_longest(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a", runs=2))
    drafts = [pipe.hand_in(start=not_started) for _ in range(3)]
    for draft_id in drafts:
        begin(pipe, engine, draft_id, mock=1)
    for done in range(5):
        wiring.database.write_now(give_back, engine.readings[done][0])
        assert wiring.database.write_now(hand_over, engine, lanes(mock=1), wiring.clock.now()) == 1
    assert [each for each, _ in engine.readings] == [f"{draft}-1-1-{run}" for draft in drafts for run in (1, 2)]


def test_one_provider_that_is_full_does_not_keep_another_waiting(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("slow/a", runs=3), reader("mock/b"))
    draft_id = pipe.hand_in(start=not_started)
    begin(pipe, engine, draft_id, slow=1, mock=1)
    assert sorted(engine.readings) == [(f"{draft_id}-1-1-1", 1), (f"{draft_id}-1-2-1", 1)]


def test_a_reading_whose_pause_is_not_over_is_left_waiting(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    draft_id = pipe.hand_in(start=not_started)
    begin(pipe, engine, draft_id)
    now = wiring.clock.now()
    wiring.database.write_now(
        lambda connection: connection.execute(update(Reading).values(not_before=now + timedelta(seconds=5)))
    )
    assert wiring.database.write_now(hand_over, engine, lanes(mock=1), now) == 0
    assert wiring.database.write_now(hand_over, engine, lanes(mock=1), now + timedelta(seconds=5)) == 1


def test_two_connections_that_race_never_give_out_more_leases_than_there_are(
    wiring: Wiring, engine: HandedOver
) -> None:
    if wiring.database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    pipe = make_pipeline(wiring, reader("mock/a", runs=5))
    draft_id = pipe.hand_in(start=not_started)
    begin(pipe, engine, draft_id)
    now = wiring.clock.now()
    with wiring.database.engine.connect() as one, wiring.database.engine.connect() as other:
        for connection in (one, other):
            connection.execute(text("set lock_timeout = '2s'"))
            connection.commit()
        assert hand_over(one, engine, lanes(mock=3), now) == 3
        one.commit()
        wiring.database.write_now(give_back, engine.readings[0][0])
        # Neither sees what the other has not committed yet, and neither waits for it.
        first = hand_over(one, engine, lanes(mock=3), now)
        second = hand_over(other, engine, lanes(mock=3), now)
        one.commit()
        other.commit()
    assert (first, second) == (1, 0)
    held = pipe.value(select(func.count()).select_from(ProviderLease).where(ProviderLease.holder.is_not(None)))
    assert held == 3
    assert len(set(engine.readings)) == 4


def test_an_assignment_without_readers_waits_for_nobody(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    draft_id = pipe.hand_in(start=not_started)
    wiring.database.write_now(
        lambda connection: connection.execute(text("update model_settings set removed_at = '2026-11-01'"))
    )
    assert begin(pipe, engine, draft_id, mock=1)
    assert pipe.readings(draft_id) == []
    assert pipe.status(draft_id) == "reading"


def test_a_worker_sees_without_writing_whether_anybody_waits(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a", runs=2))
    now = wiring.clock.now()
    assert not wiring.database.read_now(somebody_waits, now)
    draft_id = pipe.hand_in(start=not_started)
    begin(pipe, engine, draft_id, mock=1)
    assert wiring.database.read_now(somebody_waits, now), "one has the only lease, the other waits for it"
    waiting = pipe.readings(draft_id)[1].id
    wiring.database.write_now(
        lambda connection: connection.execute(
            update(Reading).where(Reading.id == waiting).values(not_before=now + timedelta(seconds=5))
        )
    )
    assert not wiring.database.read_now(somebody_waits, now)
    assert wiring.database.read_now(somebody_waits, now + timedelta(seconds=6))
