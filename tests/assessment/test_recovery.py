"""Every way in which work can stand still is taken up again, from our own rows alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from feedforward.assessment.calls import WorkerIdentity, claim_call
from feedforward.assessment.lanes import Lane
from feedforward.assessment.planning import begin_reading
from feedforward.assessment.recovery import Recovered, recover, take_over
from feedforward.assessment.tables import Reading
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.llm.tables import ProviderLease
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes, not_started
from tests.factories.pipeline import Pipeline, make_pipeline, reader

SECONDS = timedelta(seconds=1)


@pytest.fixture
def engine() -> HandedOver:
    return HandedOver()


@pytest.fixture
def pipe(wiring: Wiring) -> Pipeline:
    return make_pipeline(wiring, reader("mock/a", runs=2, fallback="built-in"))


def begun(pipe: Pipeline, engine: HandedOver, at_once: int = 5) -> int:
    draft_id = pipe.hand_in(start=not_started)
    pipe.wiring.database.write_now(begin_reading, engine, lanes(mock=at_once), draft_id, pipe.wiring.clock.now())
    return draft_id


def take_up(pipe: Pipeline, engine: HandedOver, *, patience: bool = True, **at_once: int) -> Recovered:
    named: dict[str, Lane] = dict(lanes(**(at_once or {"mock": 5})))
    return pipe.wiring.database.write_now(recover, engine, named, pipe.wiring.clock.now(), tries=3, patience=patience)


def claim(pipe: Pipeline, reading_id: str, dispatch: int, slot: int) -> bool:
    worker, now = WorkerIdentity(slot, f"boot-{slot}"), pipe.wiring.clock.now()
    made = pipe.wiring.database.write_now(claim_call, reading_id, dispatch, worker, now, 90 * SECONDS)
    return made is not None


def end_all(pipe: Pipeline, status: str = "done") -> None:
    pipe.wiring.database.write_now(lambda connection: connection.execute(update(Reading).values(status=status)))


def test_a_submitted_draft_that_nobody_began_is_begun(pipe: Pipeline, engine: HandedOver, clock: SetClock) -> None:
    draft_id = pipe.hand_in(start=not_started)
    assert take_up(pipe, engine).to_begin == ()
    clock.moment += 16 * SECONDS
    assert take_up(pipe, engine).to_begin == (draft_id,)


def test_readings_whose_lease_is_over_are_handed_over_anew(pipe: Pipeline, engine: HandedOver, clock: SetClock) -> None:
    draft_id = begun(pipe, engine)
    assert claim(pipe, f"{draft_id}-1-1-1", 1, slot=0)
    clock.moment += 89 * SECONDS
    assert take_up(pipe, engine).replanned == 0
    clock.moment += 2 * SECONDS
    assert take_up(pipe, engine).replanned == 2
    assert sorted(engine.readings)[-2:] == [(f"{draft_id}-1-1-2", 1), (f"{draft_id}-1-1-2", 2)]
    assert not claim(pipe, f"{draft_id}-1-1-1", 1, slot=0)
    assert claim(pipe, f"{draft_id}-1-1-1", 2, slot=1)


def test_the_living_take_over_what_the_worker_of_a_dead_slot_had_in_hand(
    pipe: Pipeline, engine: HandedOver, clock: SetClock
) -> None:
    draft_id = begun(pipe, engine)
    assert claim(pipe, f"{draft_id}-1-1-1", 1, slot=0)
    assert claim(pipe, f"{draft_id}-1-1-2", 1, slot=1)
    clock.moment += 12 * SECONDS
    taken = pipe.wiring.database.write_now(take_over, engine, lanes(mock=5), 1, clock.now())
    assert taken == 1
    assert [each.outcome for each in pipe.calls(draft_id)] == [None, "lost"]
    assert claim(pipe, f"{draft_id}-1-1-2", 2, slot=0)
    assert not claim(pipe, f"{draft_id}-1-1-1", 2, slot=0)
    held = pipe.value(select(func.count()).select_from(ProviderLease).where(ProviderLease.holder.is_not(None)))
    assert held == 2


def test_what_the_dead_slot_may_have_fetched_and_not_begun_is_handed_over_again(
    pipe: Pipeline, engine: HandedOver, clock: SetClock
) -> None:
    draft_id = begun(pipe, engine)
    clock.moment += 16 * SECONDS
    assert pipe.wiring.database.write_now(take_over, engine, lanes(mock=5), 1, clock.now()) == 2
    assert sorted(engine.readings)[1::2] == [(f"{draft_id}-1-1-1", 2), (f"{draft_id}-1-1-2", 2)]


@pytest.mark.parametrize("status", ["done", "failed"])
def test_a_draft_whose_readings_are_all_in_is_merged_though_the_last_one_forgot(
    pipe: Pipeline, engine: HandedOver, status: str
) -> None:
    draft_id = begun(pipe, engine)
    end_all(pipe, status)
    assert take_up(pipe, engine).to_merge == (draft_id,)


def test_a_merging_that_was_abandoned_is_taken_up(pipe: Pipeline, engine: HandedOver, clock: SetClock) -> None:
    draft_id = begun(pipe, engine)
    end_all(pipe)
    pipe.wiring.database.write_now(
        lambda connection: connection.execute(update(Draft).values(status="merging", changed_at=clock.now()))
    )
    clock.moment += 14 * SECONDS
    assert take_up(pipe, engine).to_merge == ()
    clock.moment += 2 * SECONDS
    assert take_up(pipe, engine).to_merge == (draft_id,)


def test_readings_of_a_provider_that_is_gone_fail_and_their_fallback_reads(pipe: Pipeline, engine: HandedOver) -> None:
    draft_id = begun(pipe, engine, at_once=1)
    recovered = take_up(pipe, engine, built_in=2)
    statuses = {each.id: (each.status, each.error) for each in pipe.readings(draft_id)}
    assert statuses[f"{draft_id}-1-1-2"] == ("failed", "unknown_reader")
    assert statuses[f"{draft_id}-1-1-2f"] == ("queued", None)
    assert recovered.to_merge == ()


def test_without_patience_everything_unfinished_is_taken_up_at_once(pipe: Pipeline, engine: HandedOver) -> None:
    submitted = pipe.hand_in(start=not_started)
    draft_id = begun(pipe, engine)
    claim(pipe, f"{draft_id}-1-1-1", 1, slot=4)
    recovered = take_up(pipe, engine, patience=False)
    assert recovered == Recovered(2, (submitted,), ())
    assert claim(pipe, f"{draft_id}-1-1-1", 2, slot=0)


def test_recovering_twice_changes_nothing_more(pipe: Pipeline, engine: HandedOver, clock: SetClock) -> None:
    begun(pipe, engine)
    clock.moment += 100 * SECONDS
    take_up(pipe, engine)
    handed = list(engine.readings)
    assert take_up(pipe, engine) == Recovered(0, (), ())
    assert engine.readings == handed
