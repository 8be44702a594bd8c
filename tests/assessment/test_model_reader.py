"""One reading by a model, from prompt to verified answer, over the wire and with answers of every quality."""

import asyncio
import json

import pytest

from feedforward.assessment.answer import Answer, AnswerRejected
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.model_reader import read_with_model
from feedforward.assessment.prompt import Prompt
from feedforward.extraction.document import Document
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import Gateway, ModelCall, ModelReply, Provider, ProviderKind
from tests.assessment.made import BRIEF, DRAFT
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

GOOD = json.dumps(
    {
        "criteria": {
            "claim": {
                "comments": [
                    {
                        "kind": "improvement",
                        "quote": "most lines lose money",
                        "looked_in": "",
                        "text": "No source.",
                        "next_step": "Cite one.",
                    }
                ],
                "rationale": "A claim with one reason.",
                "score": 3,
            },
            "language": {"comments": [], "rationale": "Correct.", "score": 4},
        },
        "summary": "Add a source.",
    }
)


class Written:
    """A gateway that answers with a given text and remembers what it was asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.calls: list[ModelCall] = []

    async def complete(self, call: ModelCall) -> ModelReply:
        self.calls.append(call)
        return ModelReply(self.text, 100, 20, 0, None, 0.1)


def read(gateway: Gateway, provider: Provider, brief: Brief = BRIEF) -> tuple[Answer, ModelReply, Prompt]:
    return asyncio.run(
        read_with_model(
            gateway,
            provider,
            provider.models[0],
            document=Document(DRAFT, "text/plain"),
            brief=brief,
            facts="",
            temperature=0.2,
            max_tokens=1000,
            nonce="q7w8e9r0t1",
        )
    )


LOCAL = Provider("local", ProviderKind.OPENAI_COMPATIBLE, "http://127.0.0.1:1/v1", models=("m",), timeout_seconds=7)


@pytest.mark.parametrize(
    "text", ["", "Lovely essay.", GOOD[:-20], GOOD.replace('"claim"', '"other"').replace("4", "null")]
)
def test_a_useless_answer_is_rejected_and_its_cost_kept(text: str) -> None:
    with pytest.raises(AnswerRejected) as caught:
        read(Written(text), LOCAL)
    assert caught.value.spent is not None
    assert (caught.value.spent.tokens_in, caught.value.spent.text) == (100, "")


def test_a_good_answer_comes_back_with_its_reply_and_prompt() -> None:
    gateway = Written(GOOD)
    answer, reply, prompt = read(gateway, LOCAL)
    assert [each.score for each in answer.criteria] == [3, 4]
    assert answer.comments[0].quote is not None
    assert (reply.tokens_in, gateway.calls[0].user, gateway.calls[0].timeout_seconds) == (100, prompt.user, 7)


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_a_model_over_the_wire_is_read(model_server: ModelServer, kind: str) -> None:
    url = model_server.anthropic_url if kind == "anthropic" else model_server.openai_url
    provider = Provider("mock", ProviderKind(kind), url, "sk-x", ("m",), allow_private=True)

    class Once:
        async def complete(self, call: ModelCall) -> ModelReply:
            gateway = ModelGateway()
            try:
                return await gateway.complete(call)
            finally:
                await gateway.close()

    model_server.answer(f"```json\n{GOOD}\n```")
    answer, reply, _ = read(Once(), provider)
    assert answer.summary == "Add a source."
    assert reply.tokens_in > 0
    model_server.answer(GOOD[:100])
    with pytest.raises(AnswerRejected):
        read(Once(), provider)
    model_server.fail(503)
    with pytest.raises(ModelCallFailed) as caught:
        read(Once(), provider)
    assert caught.value.fault is CallFault.OVERLOADED
