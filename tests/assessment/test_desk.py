"""The desk with a gateway of our own: readings made once, failures as codes, answers that survive, erased texts."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from feedforward.assessment.answer_json import ANSWER_PLACE
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.settling import LONGEST_PAUSE
from feedforward.assessment.tables import Reading
from feedforward.drafts.tables import Draft
from feedforward.errors import TemporarilyUnavailable
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.providers import ModelReply
from feedforward.wiring import Wiring
from tests.assessment.desk_work import Scripted, criteria, desk, gateway, produced, sealed, work_off
from tests.assessment.handed_over import not_started
from tests.factories.pipeline import CANARY, make_pipeline, model_answer, reader

__all__ = ["desk", "gateway"]


def test_facts_are_measured_once_for_all_readers_of_a_draft(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedforward.assessment import thinking as module

    measured = []

    def measure(*_: object) -> str:
        measured.append(1)
        return "facts"

    monkeypatch.setattr(module, "facts_for_prompt", measure)
    pipe = make_pipeline(wiring, reader("mock/a", runs=3))
    gateway.answers = {"a": model_answer(pipe.criteria)}
    draft_id = pipe.hand_in(start=not_started)

    async def all_at_once() -> None:
        await desk.begin(draft_id)
        await asyncio.gather(*(desk.read(f"{draft_id}-1-1-{run}", 1) for run in (1, 2, 3)))

    asyncio.run(all_at_once())
    assert (len(measured), len(gateway.calls)) == (1, 3)


@pytest.mark.parametrize("when", ["before reading", "before merging"])
def test_a_text_that_was_erased_meanwhile_ends_with_the_instructor(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted, when: str
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria)}
    draft_id = pipe.hand_in(start=not_started)
    content_id = pipe.value(select(Draft.content_id).where(Draft.id == draft_id))

    async def erased() -> None:
        await desk.begin(draft_id)
        if when == "before reading":
            wiring.content.erase(content_id)
        await desk.read(f"{draft_id}-1-1-1", 1)
        wiring.content.erase(content_id)
        await desk.finish(draft_id)

    asyncio.run(erased())
    assert pipe.status(draft_id) == "needs_manual_feedback"
    assert pipe.value(select(Draft.trouble).where(Draft.id == draft_id)) == "erased"
    assert [each.score for each in criteria(pipe, draft_id).values()] == [None, None]


@pytest.mark.parametrize(
    ("answer", "code", "tokens"),
    [
        ("no JSON at all", "malformed", 120),
        (ModelCallFailed(CallFault.BAD_KEY), "bad_key", 0),
        (ModelCallFailed(CallFault.RATE_LIMITED, retry_after=LONGEST_PAUSE + 1), "rate_limited", 0),
        (ModelCallFailed(CallFault.REFUSED, spent=ModelReply("", 100, 20, 0, None, 0.1)), "refused", 120),
        (ValueError(CANARY), "internal", 0),
        (TemporarilyUnavailable(), "database_busy", 0),
    ],
)
def test_a_failed_call_leaves_its_code_and_its_cost_and_nothing_else(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted, answer: str | Exception, code: str, tokens: int
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": answer}
    draft_id = produced(desk, pipe)
    (reading,) = pipe.readings(draft_id)
    (call,) = pipe.calls(draft_id)
    assert (reading.status, reading.error, call.outcome) == ("failed", code, code)
    assert reading.tokens_in + reading.tokens_out == call.tokens_in + call.tokens_out == tokens
    assert (reading.answer, reading.record) == (None, None)


def test_an_answer_survives_a_database_that_is_away_for_a_moment(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria)}
    draft_id = pipe.hand_in(start=not_started)
    write: Callable[..., Any] = wiring.database.write
    away = iter([True, True])

    async def sometimes(action: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if getattr(action, "__name__", "") == "_store_answer" and next(away, False):
            raise TemporarilyUnavailable
        return await write(action, *args, **more)

    monkeypatch.setattr(wiring.database, "write", sometimes)
    asyncio.run(work_off(desk, draft_id))
    assert len(gateway.calls) == 1
    answer = pipe.value(select(Reading.answer).where(Reading.draft_id == draft_id))
    assert sealed(pipe, draft_id, answer, ANSWER_PLACE)["summary"] == "A clear start."
