"""The gateway over the wire: every fault of a provider becomes the right one of ours, and nothing leaks."""

import asyncio
import io
import logging
import pickle
import time
from collections.abc import Callable
from decimal import Decimal

import pytest

from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import ModelCall, Provider
from tests.llm.conftest import ESSAY, EVERY_WAY, KEY, SCHEMA, WIRE_FORMATS, Complete
from tests.llm.model_server import ModelServer

MakeProvider = Callable[..., Provider]


def fault_of(complete: Complete, provider: Provider, **more: float) -> ModelCallFailed:
    with pytest.raises(ModelCallFailed) as caught:
        complete(provider, **more)
    return caught.value


@pytest.mark.parametrize("kind", EVERY_WAY)
@pytest.mark.parametrize(
    ("status", "fault", "retryable"),
    [
        (400, CallFault.BAD_REQUEST, False),
        (401, CallFault.BAD_KEY, False),
        (402, CallFault.QUOTA_USED_UP, False),
        (403, CallFault.BAD_KEY, False),
        (404, CallFault.UNKNOWN_MODEL, False),
        (413, CallFault.CONTEXT_TOO_LONG, False),
        (500, CallFault.SERVER_ERROR, True),
        (503, CallFault.OVERLOADED, True),
        (529, CallFault.OVERLOADED, True),
    ],
)
def test_each_status_becomes_its_fault(
    model_server: ModelServer,
    provider: MakeProvider,
    complete: Complete,
    kind: str,
    status: int,
    fault: CallFault,
    retryable: bool,
) -> None:
    model_server.fail(status)
    failure = fault_of(complete, provider(kind))
    assert (failure.fault, failure.code, failure.retryable) == (fault, fault.value, retryable)
    assert len(model_server.requests()) == 1, "the gateway must not try again by itself"


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_a_rate_limit_carries_the_wait_that_was_asked_for(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.fail(429, retry_after=7)
    failure = fault_of(complete, provider(kind))
    assert (failure.fault, failure.retryable, failure.retry_after) == (CallFault.RATE_LIMITED, True, 7.0)


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_a_used_up_quota_is_not_a_rate_limit(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.fail(429, code="insufficient_quota", message="You exceeded your current quota.")
    assert fault_of(complete, provider(kind)).fault is CallFault.QUOTA_USED_UP


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_a_prompt_that_is_too_long_says_so(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.fail(400, code="context_length_exceeded", message="The maximum context length is 8000 tokens.")
    failure = fault_of(complete, provider(kind))
    assert (failure.fault, failure.retryable) == (CallFault.CONTEXT_TOO_LONG, False)


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_a_model_that_hangs_is_left_after_the_time_limit(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.behave({"type": "delay", "seconds": 3, "times": None})
    complete_started = time.monotonic()
    failure = fault_of(complete, provider(kind), timeout_seconds=0.5)
    assert (failure.fault, failure.retryable) == (CallFault.TIMEOUT, True)
    assert time.monotonic() - complete_started < 2.5


def test_nobody_at_the_address_is_unreachable(provider: MakeProvider, complete: Complete) -> None:
    nobody = provider("openai_compatible", base_url="http://127.0.0.1:9/v1")
    assert fault_of(complete, nobody).fault is CallFault.UNREACHABLE


def test_a_private_address_is_not_called_unless_the_operator_allows_it(
    model_server: ModelServer, provider: MakeProvider, complete: Complete
) -> None:
    model_server.behave()
    for kind in WIRE_FORMATS:
        assert fault_of(complete, provider(kind, allow_private=False)).fault is CallFault.FORBIDDEN_ADDRESS
    assert model_server.requests() == []


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_a_good_reply_has_text_tokens_and_seconds(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.answer('{"a": "yes"}')
    reply = complete(provider(kind))
    assert reply.text == '{"a": "yes"}'
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0
    assert 0 < reply.seconds < 20


@pytest.mark.parametrize("text", ['{"a": ', "I would rather talk about it.", '{"a": 1}}', ""])
def test_what_a_model_wrote_is_handed_on_as_it_is(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, text: str
) -> None:
    model_server.answer(text)
    assert complete(provider("openai")).text == text


def test_a_known_price_gives_a_cost_and_an_unknown_one_none(
    model_server: ModelServer, provider: MakeProvider, complete: Complete
) -> None:
    model_server.answer("yes")
    known = complete(provider("openai"))
    expected = known.tokens_in * Decimal("0.00000015") + known.tokens_out * Decimal("0.0000006")
    assert known.cost == pytest.approx(expected)
    assert complete(provider("openai"), model="a-model-of-tomorrow").cost is None
    assert complete(provider("openai_compatible")).cost is None, "a local model has no list price"


@pytest.mark.parametrize("kind", WIRE_FORMATS)
def test_the_schema_is_sent_and_the_stable_part_comes_first(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, kind: str
) -> None:
    model_server.answer("yes")
    complete(provider(kind), model="claude-haiku-4-5" if kind == "anthropic" else "llama3.2")
    body = model_server.requests()[0]["body"]
    sent = body.get("response_format") or body.get("output_format") or body.get("output_config")
    assert "additionalProperties" in str(sent)
    system = body["system"] if kind == "anthropic" else body["messages"][0]
    assert "Read the draft." in str(system)
    assert ESSAY in str(body["messages"][-1])


def test_any_other_provider_of_the_library_works_by_its_model_name(
    model_server: ModelServer, provider: MakeProvider, complete: Complete
) -> None:
    mistral = provider(
        "litellm", base_url=f"{model_server.address}/mistral/v1", models=("mistral/mistral-small-latest",)
    )
    model_server.answer("yes")
    assert complete(mistral).text == "yes"
    for status, fault in ((401, CallFault.BAD_KEY), (429, CallFault.RATE_LIMITED), (500, CallFault.SERVER_ERROR)):
        model_server.fail(status)
        assert fault_of(complete, mistral).fault is fault
    assert fault_of(complete, provider("litellm", models=("nonsense/model",))).fault is CallFault.BAD_REQUEST
    forbidden = provider("litellm", base_url="http://169.254.169.254/v1", models=("mistral/mistral-small-latest",))
    assert fault_of(complete, forbidden).fault is CallFault.FORBIDDEN_ADDRESS


def test_an_environment_key_never_goes_to_another_address(
    model_server: ModelServer, provider: MakeProvider, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-operator")
    model_server.answer("yes")
    assert complete(provider("openai_compatible", api_key=None)).text == "yes"
    assert "sk-of-the-operator" not in str(model_server.requests())


@pytest.mark.parametrize("kind", EVERY_WAY)
def test_no_text_and_no_key_reaches_logs_errors_or_output(
    model_server: ModelServer,
    provider: MakeProvider,
    complete: Complete,
    kind: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        model_server.fail(400, message=f"Your prompt was: {ESSAY}")
        failure = fault_of(complete, provider(kind))
        model_server.answer("The secret answer of the model.")
        complete(provider(kind))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    printed = capfd.readouterr()
    everything = f"{written.getvalue()}{printed.out}{printed.err}{failure!r}{failure.args}{failure.advice}"
    for secret in ("zebra canary", KEY, "secret answer"):
        assert secret not in everything
    assert failure.__cause__ is None
    assert failure.__context__ is None


def test_a_failure_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(ModelCallFailed(CallFault.RATE_LIMITED, retry_after=3.0)))  # noqa: S301
    assert (again.code, again.retryable, again.retry_after) == ("rate_limited", True, 3.0)


def test_many_calls_at_once_take_as_long_as_one(model_server: ModelServer, provider: MakeProvider) -> None:
    model_server.behave({"type": "delay", "seconds": 1, "times": None})
    call = ModelCall(provider("openai"), "gpt-4o-mini", "s", ESSAY, SCHEMA, 0.2, 300, 20.0)

    async def calling() -> float:
        gateway = ModelGateway()
        started = time.monotonic()
        await asyncio.gather(*(gateway.complete(call) for _ in range(50)))
        seconds = time.monotonic() - started
        await gateway.close()
        return seconds

    assert asyncio.run(calling()) < 5
