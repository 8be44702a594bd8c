"""From whatever the model library raises to one of our faults, by what the provider really answered."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from feedforward.guarded_transport import AddressForbidden
from feedforward.llm.faults import CallFault, ModelCallFailed

LONGEST_WAIT_SECONDS = 86_400.0
MOST_BODY = 20_000
TOO_LONG = re.compile(
    r"context.{0,3}(length|window|size)|prompt is too long|input (is )?too long|too many (input )?tokens"
    r"|maximum.{0,20}tokens|exceeds? the (model|available|maximum)|request_too_large|string too long",
    re.IGNORECASE,
)
REFUSED = re.compile(r"content.?(filter|policy|management)|safety (system|setting)|responsibleai", re.IGNORECASE)
QUOTA = re.compile(r"insufficient.?(quota|credit|balance|funds)|credit balance|billing", re.IGNORECASE)
NO_MODEL = re.compile(
    r"model.?not.?found|(unknown|invalid|no such) model|model .{0,80}(not exist|not found)", re.IGNORECASE
)
CLASS_NAMES = {
    "ContextWindowExceededError": CallFault.CONTEXT_TOO_LONG,
    "ContentPolicyViolationError": CallFault.REFUSED,
    "Timeout": CallFault.TIMEOUT,
    "AuthenticationError": CallFault.BAD_KEY,
    "PermissionDeniedError": CallFault.BAD_KEY,
    "NotFoundError": CallFault.UNKNOWN_MODEL,
    "RateLimitError": CallFault.RATE_LIMITED,
    "APIConnectionError": CallFault.UNREACHABLE,
    "ServiceUnavailableError": CallFault.OVERLOADED,
    "InternalServerError": CallFault.SERVER_ERROR,
    "BadGatewayError": CallFault.SERVER_ERROR,
    "BadRequestError": CallFault.BAD_REQUEST,
    "UnsupportedParamsError": CallFault.BAD_REQUEST,
    "APIResponseValidationError": CallFault.MALFORMED,
    "JSONDecodeError": CallFault.MALFORMED,
}

GUESSES = (CallFault.UNREACHABLE, CallFault.SERVER_ERROR, CallFault.OVERLOADED)


def failure_from(error: BaseException, now: datetime, *, over_our_transport: bool = True) -> ModelCallFailed:
    """The failure behind `error`. The provider's own answer, deepest in the chain, counts more than the library's view.

    Nothing of the provider's words gets into it: they can repeat the prompt. Over our own transport every error answer
    and every broken connection shows in the chain; where neither does, the provider answered what could not be read.
    """
    chain = list(causes(error))
    if any(isinstance(each, AddressForbidden) for each in chain):
        return ModelCallFailed(CallFault.FORBIDDEN_ADDRESS)
    for each in reversed(chain):
        response = getattr(each, "response", None)
        if isinstance(response, httpx.Response) and is_real(response):
            fault = fault_of_status(response.status_code, body_of(response, chain))
            return ModelCallFailed(fault, retry_after=wait_asked_for(response.headers, now))
    return ModelCallFailed(fault_without_answer(chain, over_our_transport))


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all it came from, outermost first."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def is_real(response: httpx.Response) -> bool:
    """False for the empty answers the library makes up to fill its own exceptions."""
    return bool(response.headers) and response.status_code != 200


def body_of(response: httpx.Response, chain: list[BaseException]) -> str:
    try:
        return response.text[:MOST_BODY]
    except (httpx.ResponseNotRead, httpx.StreamError, UnicodeError):
        return " ".join(str(each)[:MOST_BODY] for each in chain)


def fault_of_status(status: int, body: str) -> CallFault:
    """What an HTTP status means, with what the body says about the kinds of 400 and 429."""
    if status in (400, 413, 422):
        return fault_of_bad_request(status, body)
    if status == 402 or (status in (403, 429) and QUOTA.search(error_part(body))):
        return CallFault.QUOTA_USED_UP
    if status in (401, 403):
        return CallFault.BAD_KEY
    if status == 404:
        return CallFault.UNKNOWN_MODEL
    if status == 408:
        return CallFault.TIMEOUT
    if status == 429:
        return CallFault.RATE_LIMITED
    if status in (503, 529):
        return CallFault.OVERLOADED
    return CallFault.SERVER_ERROR if status >= 500 else CallFault.BAD_REQUEST


def fault_of_bad_request(status: int, body: str) -> CallFault:
    said = error_part(body)
    if status == 413 or TOO_LONG.search(said):
        return CallFault.CONTEXT_TOO_LONG
    if REFUSED.search(said):
        return CallFault.REFUSED
    if QUOTA.search(said):
        return CallFault.QUOTA_USED_UP
    return CallFault.UNKNOWN_MODEL if NO_MODEL.search(said) else CallFault.BAD_REQUEST


def error_part(body: str) -> str:
    """Type, code and message of an error body; the body itself where it is of no known form."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return body
    error = data.get("error", data) if isinstance(data, dict) else data
    if not isinstance(error, dict):
        return str(error)
    return " ".join(str(error.get(key, "")) for key in ("type", "code", "message", "status"))


def fault_without_answer(chain: list[BaseException], over_our_transport: bool) -> CallFault:
    """The fault of a call that got no error answer: connection troubles first, then the library's own classes."""
    for each in reversed(chain):
        if isinstance(each, httpx.ConnectTimeout):
            return CallFault.UNREACHABLE
        if isinstance(each, TimeoutError | httpx.TimeoutException):
            return CallFault.TIMEOUT
        if isinstance(each, httpx.TransportError | OSError):
            return CallFault.UNREACHABLE
        if isinstance(each, json.JSONDecodeError):
            return CallFault.MALFORMED
    for each in chain:
        fault = CLASS_NAMES.get(type(each).__name__)
        if fault is not None and not (over_our_transport and fault in GUESSES):
            return fault
    if over_our_transport:
        return CallFault.MALFORMED
    status = getattr(chain[0], "status_code", None)
    if isinstance(status, int) and status >= 400:
        return fault_of_status(status, str(chain[0])[:MOST_BODY])
    return CallFault.MALFORMED


def wait_asked_for(headers: httpx.Headers, now: datetime) -> float | None:
    """Seconds a provider asks us to wait, from retry-after-ms or Retry-After (seconds or a date); None without."""
    milliseconds = seconds_in(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return min(milliseconds / 1000, LONGEST_WAIT_SECONDS)
    asked = headers.get("retry-after")
    seconds = seconds_in(asked)
    if seconds is None and asked:
        try:
            moment = parsedate_to_datetime(asked)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = max(0.0, (moment - now).total_seconds())
    return None if seconds is None else min(seconds, LONGEST_WAIT_SECONDS)


def seconds_in(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"\s*\d{1,9}(\.\d{1,9})?\s*", value) else None
