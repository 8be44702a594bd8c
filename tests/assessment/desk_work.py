"""A reading desk with a gateway of our own, and what a test asks its rows afterwards."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Comment, Feedback, FeedbackCriterion
from feedforward.llm.providers import ModelCall, ModelReply, Provider, ProviderKind
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes, not_started
from tests.factories.pipeline import Pipeline

MOCK = Provider("mock", ProviderKind.OPENAI_COMPATIBLE, "http://127.0.0.1:9/v1", None, ("a", "b"))


@dataclass
class Scripted:
    """A gateway that answers per model with a text, or fails with a fault."""

    answers: dict[str, str | Exception] = field(default_factory=dict)
    calls: list[ModelCall] = field(default_factory=list)

    async def complete(self, call: ModelCall) -> ModelReply:
        self.calls.append(call)
        answer = self.answers[call.model]
        if isinstance(answer, Exception):
            raise answer
        return ModelReply(answer, 100, 20, 5, None, 0.1)


@pytest.fixture
def gateway() -> Scripted:
    return Scripted()


@pytest.fixture
def desk(wiring: Wiring, gateway: Scripted) -> ReadingDesk:
    return ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=gateway, providers=(MOCK,),
        lanes=lanes(mock=9, built_in=2), engine=HandedOver(), worker=WorkerIdentity(0, "boot"), tries=1,
    )  # fmt: skip


async def work_off(desk: ReadingDesk, draft_id: int) -> None:
    """What the engine does: run what is handed over until nothing is."""
    assert isinstance(desk.engine, HandedOver)
    await desk.begin(draft_id)
    seen = 0
    while seen < len(desk.engine.readings):
        reading_id, dispatch = desk.engine.readings[seen]
        seen += 1
        await desk.read(reading_id, dispatch)
        await desk.finish(draft_id)


def produced(desk: ReadingDesk, pipe: Pipeline, **more: Any) -> int:
    draft_id = pipe.hand_in(start=not_started, **more)
    asyncio.run(work_off(desk, draft_id))
    return draft_id


def feedback(pipe: Pipeline, draft_id: int) -> Any:
    (row,) = pipe.rows(*Feedback.__table__.columns, where=[Feedback.draft_id == draft_id])
    return row


def criteria(pipe: Pipeline, draft_id: int) -> dict[int, Any]:
    table = FeedbackCriterion.__table__.columns
    rows = pipe.rows(*table, where=[FeedbackCriterion.feedback_id == feedback(pipe, draft_id).id])
    return {row.criterion_id: row for row in rows}


def comments(pipe: Pipeline, draft_id: int) -> list[Any]:
    where = [Comment.feedback_id == feedback(pipe, draft_id).id]
    return pipe.rows(*Comment.__table__.columns, where=where, order_by=Comment.position)


def sealed(pipe: Pipeline, draft_id: int, value: bytes, place: str) -> Any:
    content_id = pipe.value(select(Draft.content_id).where(Draft.id == draft_id))
    return pipe.wiring.content.unseal(content_id, bytes(value), place)
