"""Our own speaking of the wire formats: what is sent, what is left out, and what a hostile server cannot do."""

import asyncio
import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways import wire_gateway
from feedforward.llm.gateways.wire_gateway import WireGateway
from feedforward.llm.providers import ModelCall, ModelReply, Provider, ProviderKind
from tests.llm.conftest import SCHEMA

ANSWERS = {
    "openai": {"choices": [{"message": {"content": "yes"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 5}},
    "anthropic": {"content": [{"type": "text", "text": "yes"}], "usage": {"input_tokens": 5}},
}
Asked = list[tuple[str, dict[str, Any]]]


def answer(body: object, status: int = 200, headers: str = "") -> bytes:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return f"HTTP/1.1 {status} X\r\n{headers}Content-Length: {len(data)}\r\n\r\n".encode() + data


def exchange(
    kind: str, model: str, answers: Callable[[int], bytes], calls: int = 1
) -> tuple[list[ModelReply | ModelCallFailed], Asked, int]:
    """What calls come to against a server that gives these answers in turn; what it was asked; its connections."""
    asked: Asked = []
    connections: list[asyncio.Task[None] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(asyncio.current_task())
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = re.search(r"(?i)content-length: (\d+)", head)
                assert length
                asked.append((head, json.loads(await reader.readexactly(int(length[1])))))
                writer.write(answers(len(asked)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> list[ModelReply | ModelCallFailed]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
            provider = Provider("p", ProviderKind(kind), url, "k", (model,), allow_private=True)
            gateway = WireGateway()
            call = ModelCall(provider, model, "SYS", "USER", SCHEMA, 0.2, 300, 5.0)
            came: list[Any] = []
            for _ in range(calls):
                came += await asyncio.gather(gateway.complete(call), return_exceptions=True)
            await gateway.close()
            await asyncio.gather(*(each for each in connections if each))
            return came

    return asyncio.run(run()), asked, len(connections)


def fault(came: ModelReply | ModelCallFailed) -> CallFault:
    assert isinstance(came, ModelCallFailed), came
    return came.fault


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_calls_share_a_connection(kind: str) -> None:
    came, asked, connections = exchange(kind, "m", lambda _n: answer(ANSWERS[kind]), calls=5)
    assert [each.text for each in came if isinstance(each, ModelReply)] == ["yes"] * 5
    assert (len(asked), connections) == (5, 1)
    assert "/v1/v1" not in asked[0][0]


@pytest.mark.parametrize(
    ("model", "sent", "left_out"),
    [
        ("gpt-4o-mini", {"temperature": 0.2, "max_tokens": 300}, ["max_completion_tokens"]),
        ("gpt-5-mini", {"max_completion_tokens": 300}, ["temperature", "max_tokens"]),
        ("o3-mini", {"max_completion_tokens": 300}, ["temperature", "max_tokens"]),
        ("gpt-5.1", {"max_completion_tokens": 300, "temperature": 0.2}, ["max_tokens"]),
        ("gpt-4", {"max_tokens": 300}, ["response_format"]),
    ],
)
def test_a_model_is_sent_what_it_is_known_to_take(model: str, sent: dict[str, Any], left_out: list[str]) -> None:
    _, asked, _ = exchange("openai", model, lambda _n: answer(ANSWERS["openai"]))
    body = asked[0][1]
    assert {name: body[name] for name in sent} == sent
    assert not set(left_out) & set(body)


def test_a_server_without_schemas_is_asked_in_the_next_weaker_form_and_remembered() -> None:
    def answers(number: int) -> bytes:
        if number > 2:
            return answer(ANSWERS["openai"])
        return answer({"error": {"message": "response_format of this type is not supported"}}, 400)

    came, asked, _ = exchange("openai_compatible", "old", answers, calls=2)
    assert all(isinstance(each, ModelReply) for each in came)
    forms = [body.get("response_format", {}).get("type") for _, body in asked]
    assert forms == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("kind", "said", "check"),
    [
        (
            "openai",
            "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
            lambda body: "max_tokens" not in body and body["max_completion_tokens"] == 300,
        ),
        (
            "openai",
            "Unsupported value: 'temperature' does not support 0.2 with this model.",
            lambda body: "temperature" not in body,
        ),
        ("anthropic", "temperature: Extra inputs are not permitted", lambda body: "temperature" not in body),
        ("anthropic", "forced tool_choice is not supported by this model", lambda body: "tool_choice" not in body),
    ],
)
def test_what_a_model_says_it_does_not_take_is_left_out(
    kind: str, said: str, check: Callable[[dict[str, Any]], bool]
) -> None:
    came, asked, _ = exchange(
        kind, "tomorrow", lambda n: answer({"error": {"message": said}}, 400) if n == 1 else answer(ANSWERS[kind])
    )
    assert isinstance(came[0], ModelReply)
    assert len(asked) == 2
    assert check(asked[1][1])


def test_a_server_that_never_is_content_is_not_asked_for_ever() -> None:
    came, asked, _ = exchange(
        "openai_compatible", "m", lambda _n: answer({"error": {"message": "max_completion_tokens not supported"}}, 400)
    )
    assert fault(came[0]) is CallFault.BAD_REQUEST
    assert len(asked) == wire_gateway.MOST_ADAPTIONS


def test_an_answer_given_to_a_tool_is_the_answer() -> None:
    body = {"content": [{"type": "tool_use", "name": "answer", "input": {"a": "é"}}], "usage": {}}
    came, asked, _ = exchange("anthropic", "claude-unknown", lambda _n: answer(body))
    assert isinstance(came[0], ModelReply)
    assert json.loads(came[0].text) == {"a": "é"}
    assert asked[0][1]["tool_choice"] == {"type": "tool", "name": "answer"}


def test_anthropic_counts_cached_tokens_as_part_of_what_went_in() -> None:
    usage = {"input_tokens": 10, "cache_read_input_tokens": 90, "cache_creation_input_tokens": 5, "output_tokens": 7}
    came, _, _ = exchange("anthropic", "claude-haiku-4-5", lambda _n: answer({**ANSWERS["anthropic"], "usage": usage}))
    assert isinstance(came[0], ModelReply)
    assert (came[0].tokens_in, came[0].tokens_cached, came[0].tokens_out) == (105, 90, 7)
    assert came[0].cost is not None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("openai", {"choices": [{"message": {"content": "No.", "refusal": "I cannot."}}], "usage": {}}),
        ("openai", {"choices": [{"message": {"content": "No."}, "finish_reason": "content_filter"}], "usage": {}}),
        ("anthropic", {"content": [], "stop_reason": "refusal", "usage": {"input_tokens": 5}}),
    ],
)
def test_a_refusal_says_what_it_cost_and_nothing_else(kind: str, body: dict[str, Any]) -> None:
    (came,), _, _ = exchange(kind, "m", lambda _n: answer(body))
    assert isinstance(came, ModelCallFailed)
    assert came.fault is CallFault.REFUSED
    assert came.spent is not None
    assert came.spent.text == ""


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"choices": ' + b"[" * 200_000,
        b'{"choices": [{"message": "text"}]}',
        b"\xff\xfe{}",
        b'{"choices": [' + b"9" * 10_000 + b"]}",
    ],
)
def test_a_deep_or_broken_answer_is_malformed(body: bytes) -> None:
    came, _, _ = exchange("openai", "m", lambda _n: answer(body))
    assert fault(came[0]) is CallFault.MALFORMED


def test_a_deep_error_is_an_error_like_any_other() -> None:
    came, _, _ = exchange("openai", "m", lambda _n: answer(b"[" * 60_000, 400))
    assert fault(came[0]) is CallFault.BAD_REQUEST


@pytest.mark.parametrize("number", [-5, 10**30, True, "7", 1.5, None])
def test_counts_that_cannot_be_are_nothing(number: object) -> None:
    body = {**ANSWERS["openai"], "usage": {"prompt_tokens": number, "prompt_tokens_details": number}}
    came, _, _ = exchange("openai", "m", lambda _n: answer(body))
    assert isinstance(came[0], ModelReply)
    assert (came[0].tokens_in, came[0].tokens_cached) == (0, 0)


def test_half_a_surrogate_pair_can_be_stored() -> None:
    body = b'{"choices": [{"message": {"content": "a\\ud800b"}}]}'
    came, _, _ = exchange("openai", "m", lambda _n: answer(body))
    assert isinstance(came[0], ModelReply)
    assert came[0].text.encode()


@pytest.mark.parametrize("status", [200, 500])
def test_a_body_without_end_is_left_at_the_bound(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_gateway, "MOST_ANSWER_BYTES", 100_000)
    flood = f"HTTP/1.1 {status} X\r\nContent-Length: 2000000000\r\n\r\n".encode() + b"x" * 400_000
    came, _, _ = exchange("openai", "m", lambda _n: flood)
    assert fault(came[0]) is (CallFault.MALFORMED if status == 200 else CallFault.SERVER_ERROR)


def test_a_compressed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    came, asked, _ = exchange("openai", "m", lambda _n: answer(bomb, headers="Content-Encoding: gzip\r\n"))
    assert fault(came[0]) is CallFault.MALFORMED
    assert "accept-encoding: identity" in asked[0][0].lower()
