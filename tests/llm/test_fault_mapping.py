"""What a provider's answer means, without a network."""

from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import pytest

from feedforward.llm.faults import (
    RETRYABLE,
    WORDS_FOR_ADMINISTRATORS,
    WORDS_FOR_INSTRUCTORS,
    CallFault,
    ModelCallFailed,
)
from feedforward.llm.gateways.fault_mapping import failure_from, fault_of_status, wait_asked_for
from feedforward.llm.gateways.litellm_gateway import reply_in

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_every_fault_has_words_for_both_readers() -> None:
    assert set(WORDS_FOR_INSTRUCTORS) == set(WORDS_FOR_ADMINISTRATORS) == set(CallFault)
    assert set(CallFault) > RETRYABLE


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "99999999"}, 86_400.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_read_from_seconds_and_dates(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_asked_for(httpx.Headers(headers), NOW) == seconds


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, '{"error": {"code": "content_filter", "message": "filtered"}}', CallFault.REFUSED),
        (400, '{"error": {"code": "model_not_found", "message": "no"}}', CallFault.UNKNOWN_MODEL),
        (400, '{"error": {"message": "Your credit balance is too low"}}', CallFault.QUOTA_USED_UP),
        (400, '{"error": {"message": "prompt is too long: 210000 tokens"}}', CallFault.CONTEXT_TOO_LONG),
        (400, '{"error": {"message": "bad"}, "prompt": "an essay on the context window"}', CallFault.BAD_REQUEST),
        (408, "", CallFault.TIMEOUT),
        (418, "", CallFault.BAD_REQUEST),
        (502, "<html>", CallFault.SERVER_ERROR),
        (301, "", CallFault.BAD_REQUEST),
    ],
)
def test_the_body_tells_kinds_of_bad_requests_apart(status: int, body: str, fault: CallFault) -> None:
    assert fault_of_status(status, body) is fault


def test_an_error_without_an_answer_is_judged_by_where_it_came_from() -> None:
    assert failure_from(httpx.ConnectTimeout("x"), NOW).fault is CallFault.UNREACHABLE
    assert failure_from(httpx.ReadTimeout("x"), NOW).fault is CallFault.TIMEOUT
    assert failure_from(ValueError("x"), NOW).fault is CallFault.MALFORMED


def response(finish: str, refusal: str | None = None) -> SimpleNamespace:
    message = SimpleNamespace(content="No.", refusal=refusal)
    usage = SimpleNamespace(prompt_tokens=5, completion_tokens=2, prompt_tokens_details=None)
    return SimpleNamespace(choices=[SimpleNamespace(message=message, finish_reason=finish)], usage=usage)


@pytest.mark.parametrize("refused", [response("content_filter"), response("stop", "I cannot."), response("refusal")])
def test_a_refusal_fails_and_says_what_it_cost(refused: SimpleNamespace) -> None:
    with pytest.raises(ModelCallFailed) as caught:
        reply_in(refused, 1.0)
    assert caught.value.fault is CallFault.REFUSED
    assert caught.value.spent is not None
    assert (caught.value.spent.text, caught.value.spent.tokens_in) == ("", 5)


@pytest.mark.parametrize("garbage", [None, SimpleNamespace(), SimpleNamespace(choices=[])])
def test_what_is_no_completion_is_malformed(garbage: object) -> None:
    with pytest.raises(ModelCallFailed) as caught:
        reply_in(garbage, 1.0)
    assert caught.value.fault is CallFault.MALFORMED
