"""How a reading ends: stored, tried again, failed with its fallback planned; and its lease goes to the next."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.planning import begin_reading
from feedforward.assessment.settling import Failure, Outcome, pause_before, settle_done, settle_failed
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes, not_started
from tests.factories.pipeline import Pipeline, make_pipeline, reader

BUSY = Failure("rate_limited", retryable=True, retry_after=7.0)
BAD_KEY = Failure("bad_key", retryable=False)


@pytest.fixture
def engine() -> HandedOver:
    return HandedOver()


def begun(wiring: Wiring, engine: HandedOver, *readers: tuple[str, str | None]) -> tuple[Pipeline, int]:
    pipe = make_pipeline(wiring, *(reader(name, fallback=fallback) for name, fallback in readers))
    draft_id = pipe.hand_in(start=not_started)
    wiring.database.write_now(begin_reading, engine, lanes(mock=9), draft_id, wiring.clock.now())
    return pipe, draft_id


def fail(pipe: Pipeline, engine: HandedOver, reading_id: str, failure: Failure, before: int = 0) -> str:
    return pipe.wiring.database.write_now(
        settle_failed, engine, lanes(mock=9), reading_id, failure, failures_before=before, tries=3,
        now=pipe.wiring.clock.now(),
    )  # fmt: skip


def done(pipe: Pipeline, engine: HandedOver, reading_id: str, answer: bytes = b"answer") -> bool:
    outcome = Outcome(answer, b"record", [(key, 3.0, 2) for key in pipe.criteria], 2.5, 10, "p1")
    return pipe.wiring.database.write_now(
        settle_done, engine, lanes(mock=9), reading_id, outcome, pipe.wiring.clock.now()
    )


def test_a_busy_provider_is_asked_again_after_the_pause_it_asked_for(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", "mock/b"))
    assert fail(pipe, engine, f"{draft_id}-1-1-1", BUSY) == "planned"
    (reading,) = pipe.readings(draft_id)
    assert reading.not_before == wiring.clock.now() + timedelta(seconds=7)
    assert reading.error == "rate_limited"
    assert reading.answer is None


def test_after_the_last_try_the_fallback_is_planned_once(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", "mock/b"))
    assert fail(pipe, engine, f"{draft_id}-1-1-1", BUSY, before=2) == "failed"
    assert fail(pipe, engine, f"{draft_id}-1-1-1", BUSY, before=2) == "failed"
    failed, fallback = pipe.readings(draft_id)
    assert (failed.status, fallback.reader, fallback.fallback_for) == ("failed", "mock/b", failed.id)
    assert fallback.fallback_reader is None
    assert engine.readings[-1] == (fallback.id, 1)


def test_what_no_other_try_can_mend_fails_at_once(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", None))
    assert fail(pipe, engine, f"{draft_id}-1-1-1", BAD_KEY) == "failed"
    assert [each.status for each in pipe.readings(draft_id)] == ["failed"]


def test_a_pause_longer_than_a_quarter_of_an_hour_counts_as_failed(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", None))
    assert fail(pipe, engine, f"{draft_id}-1-1-1", Failure("rate_limited", True, 901.0)) == "failed"


def test_a_fallback_that_is_a_reader_already_reads_once_more(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", "mock/b"), ("mock/b", None))
    fail(pipe, engine, f"{draft_id}-1-1-1", BAD_KEY)
    assert sorted((each.reader, each.run) for each in pipe.readings(draft_id)) == [
        ("mock/a", 1), ("mock/b", 1), ("mock/b", 2),
    ]  # fmt: skip


def test_the_built_in_reader_is_no_second_voice_for_itself(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", "built-in"), ("built-in", None))
    fail(pipe, engine, f"{draft_id}-1-1-1", BAD_KEY)
    assert [each.reader for each in pipe.readings(draft_id)] == ["mock/a", "built-in"]


def test_an_answer_is_stored_once_and_a_failure_after_it_changes_nothing(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", "mock/b"))
    reading_id = f"{draft_id}-1-1-1"
    assert done(pipe, engine, reading_id)
    assert not done(pipe, engine, reading_id, b"another")
    fail(pipe, engine, reading_id, BAD_KEY)
    (reading,) = pipe.readings(draft_id)
    assert (reading.status, bytes(reading.answer), reading.error) == ("done", b"answer", None)


def test_an_answer_that_comes_after_its_lease_was_over_counts(wiring: Wiring, engine: HandedOver) -> None:
    pipe, draft_id = begun(wiring, engine, ("mock/a", None))
    fail(pipe, engine, f"{draft_id}-1-1-1", BUSY)
    assert done(pipe, engine, f"{draft_id}-1-1-1")
    assert pipe.readings(draft_id)[0].status == "done"


def test_the_lease_goes_to_whoever_waits_in_the_same_transaction(wiring: Wiring, engine: HandedOver) -> None:
    pipe = make_pipeline(wiring, reader("mock/a", runs=2))
    draft_id = pipe.hand_in(start=not_started)
    now = wiring.clock.now()
    wiring.database.write_now(begin_reading, engine, lanes(mock=1), draft_id, now)
    wiring.database.write_now(
        settle_done, engine, lanes(mock=1), f"{draft_id}-1-1-1", Outcome(b"a", b"r", [], 1.0, 0, "p"), now
    )
    assert engine.readings == [(f"{draft_id}-1-1-1", 1), (f"{draft_id}-1-1-2", 1)]


@given(st.integers(1, 40), st.one_of(st.none(), st.floats(0, 900)))
def test_a_pause_is_what_was_asked_for_or_at_most_a_minute(attempt: int, asked: float | None) -> None:
    pause = pause_before(attempt, asked).total_seconds()
    assert pause == pytest.approx(asked, abs=1e-5) if asked is not None else 2 <= pause <= 60
