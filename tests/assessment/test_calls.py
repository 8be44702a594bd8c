"""One paid call, once: who may claim it, who may not, and what is written down about its end."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from feedforward.assessment.calls import (
    Claim,
    WorkerIdentity,
    claim_call,
    give_up_calls,
    microdollars,
    settle_call,
    spent_on,
)  # fmt: skip
from feedforward.assessment.key_use import claim_with_key
from feedforward.assessment.planning import begin_reading
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.llm.providers import ModelReply
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes, not_started
from tests.factories.pipeline import Pipeline, make_pipeline, reader

LASTS = timedelta(seconds=90)
WORKER = WorkerIdentity(0, "boot-a")
REPLY = ModelReply("", 100, 20, 0, Decimal("0.0015"), 2.0)


@pytest.fixture
def pipe(wiring: Wiring) -> Pipeline:
    made = make_pipeline(wiring, reader("mock/a"))
    draft_id = made.hand_in(start=not_started)
    wiring.database.write_now(begin_reading, HandedOver(), lanes(mock=1), draft_id, wiring.clock.now())
    return made


def claim(pipe: Pipeline, worker: WorkerIdentity = WORKER, dispatch: int = 1) -> Claim | None:
    reading_id = pipe.readings(pipe.handed_in[0])[0].id
    return pipe.wiring.database.write_now(claim_call, reading_id, dispatch, worker, pipe.wiring.clock.now(), LASTS)


def outcomes(pipe: Pipeline) -> list[str | None]:
    return [each.outcome for each in pipe.calls(pipe.handed_in[0])]


def test_an_older_hand_over_makes_no_call(pipe: Pipeline) -> None:
    assert claim(pipe, dispatch=0) is None
    assert claim(pipe, dispatch=2) is None
    assert outcomes(pipe) == []


def test_a_call_that_another_living_worker_may_be_making_is_not_made_again(pipe: Pipeline) -> None:
    assert claim(pipe) is not None
    assert claim(pipe, WorkerIdentity(1, "boot-b")) is None
    assert claim(pipe) is None
    assert outcomes(pipe) == [None]


def test_the_next_process_in_the_same_slot_takes_over_what_the_last_one_left(pipe: Pipeline) -> None:
    claim(pipe)
    taken = claim(pipe, replace(WORKER, boot="boot-b"))
    assert taken is not None
    assert (taken.attempt, taken.failures) == (2, 0)
    assert outcomes(pipe) == ["lost", None]


def test_a_call_whose_time_is_over_is_taken_over_by_anybody(pipe: Pipeline, clock: SetClock) -> None:
    claim(pipe)
    clock.moment += LASTS + timedelta(seconds=1)
    taken = claim(pipe, WorkerIdentity(1, "boot-b"))
    assert taken is not None
    assert outcomes(pipe) == ["lost", None]


def test_lost_calls_do_not_count_as_failures_and_failed_ones_do(pipe: Pipeline) -> None:
    first = claim(pipe)
    assert first is not None
    database, now = pipe.wiring.database, pipe.wiring.clock.now()
    assert database.write_now(settle_call, first, outcome="timeout", reply=None, seconds=1.0, now=now)
    claim(pipe)
    third = claim(pipe, replace(WORKER, boot="boot-b"))
    assert third is not None
    assert (third.attempt, third.failures) == (3, 1)


def test_a_call_is_settled_once_and_a_late_reply_is_still_paid_for(pipe: Pipeline) -> None:
    made = claim(pipe)
    assert made is not None
    database, now = pipe.wiring.database, pipe.wiring.clock.now()
    assert database.write_now(give_up_calls, 0, now) == [made.reading_id]
    assert database.write_now(give_up_calls, 0, now) == []
    assert not database.write_now(settle_call, made, outcome="done", reply=REPLY, seconds=95.0, now=now)
    assert outcomes(pipe) == ["lost"]
    spent = database.read_now(spent_on, made.reading_id)
    assert (spent.tokens_in, spent.tokens_out, spent.cost_microdollars) == (100, 20, 1500)


def test_giving_up_a_slot_leaves_the_calls_of_other_slots(pipe: Pipeline) -> None:
    claim(pipe, WorkerIdentity(3, "boot-c"))
    database, now = pipe.wiring.database, pipe.wiring.clock.now()
    assert database.write_now(give_up_calls, 0, now) == []
    assert outcomes(pipe) == [None]
    assert len(database.write_now(give_up_calls, None, now)) == 1


@pytest.mark.parametrize(
    ("dollars", "expected"), [(None, None), ("0", 0), ("0.0000005", 1), ("0.0000004", 0), ("1.234567", 1234567)]
)
def test_money_is_kept_in_whole_millionths(dollars: str | None, expected: int | None) -> None:
    assert microdollars(None if dollars is None else Decimal(dollars)) == expected


def test_the_key_of_a_provider_is_noted_with_the_first_call_of_an_hour(pipe: Pipeline, clock: SetClock) -> None:
    reading_id = pipe.readings(pipe.handed_in[0])[0].id

    def keyed(provider: str | None) -> list[tuple[str, str]]:
        now = pipe.wiring.clock.now()
        pipe.wiring.database.write_now(claim_with_key, reading_id, 1, WORKER, now, LASTS, provider)
        clock.moment += LASTS + timedelta(seconds=1)
        of = select(AuditEvent.subject_kind, AuditEvent.subject_id).where(AuditEvent.action == "key.use")
        return [tuple(row) for row in pipe.wiring.database.read_now(lambda c: c.execute(of).all())]

    assert keyed(None) == []
    assert keyed("mock") == [("provider", "mock")]
    assert keyed("mock") == [("provider", "mock")]
    clock.moment += timedelta(hours=1)
    assert len(keyed("mock")) == 2
