"""Calls OpenAI, Anthropic and every server that speaks OpenAI's form, over our own connections."""

import asyncio
import json
import logging
import time
import weakref
from asyncio import AbstractEventLoop
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import httpx

from feedforward.clock import Clock, SystemClock
from feedforward.guarded_transport import GuardedTransport
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways import anthropic_format, openai_format
from feedforward.llm.gateways.fault_mapping import error_part, failure_from, fault_of_status, wait_asked_for
from feedforward.llm.gateways.heard import Heard, NoAnswer
from feedforward.llm.gateways.model_traits import Traits, adapted, traits_of
from feedforward.llm.gateways.price_list import cost_of, price_list
from feedforward.llm.providers import ModelCall, ModelReply, Provider, ProviderKind

FORMATS: Mapping[ProviderKind, ModuleType] = {
    ProviderKind.OPENAI: openai_format,
    ProviderKind.OPENAI_COMPATIBLE: openai_format,
    ProviderKind.ANTHROPIC: anthropic_format,
}
# The longest answers models give are a few hundred kilobytes; their thinking may come with them.
MOST_ANSWER_BYTES = 16_000_000
MOST_ERROR_BYTES = 65_536
CONNECT_SECONDS = 15.0
# Temperature, limit and two weaker forms: more than these is never left out.
MOST_ADAPTIONS = 4


@dataclass(frozen=True, slots=True)
class Answered:
    """A provider's answer as it came over the wire."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)


@dataclass
class WireGateway:
    """One pool of connections per provider and event loop. A call that was taken is never made again.

    What a model turned out not to take is remembered per provider and model, and left out from then on.
    """

    clock: Clock = field(default_factory=SystemClock)
    clients: weakref.WeakKeyDictionary[AbstractEventLoop, dict[Provider, httpx.AsyncClient]] = field(
        default_factory=weakref.WeakKeyDictionary, repr=False
    )
    learned: dict[tuple[Provider, str], Traits] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        # At their lowest levels these write addresses and headers.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)

    async def complete(self, call: ModelCall) -> ModelReply:
        """Makes the call within `call.timeout_seconds` of wall time. Raises ModelCallFailed.

        A reply may be cut off or not of the agreed form: whoever reads it has to check.
        """
        if not price_list.cache_info().currsize:
            await asyncio.to_thread(price_list)
        started = time.monotonic()
        error: ModelCallFailed
        try:
            async with asyncio.timeout(call.timeout_seconds):
                heard = await self.ask(call)
            return reply_from(heard, call, time.monotonic() - started)
        except ModelCallFailed as failed:
            error = failed
        except TimeoutError:
            error = ModelCallFailed(CallFault.TIMEOUT)
        except NoAnswer:
            error = ModelCallFailed(CallFault.MALFORMED)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as raised:
            error = failure_from(raised, self.clock.now())
        raise error

    async def close(self) -> None:
        """Closes the connections of the running event loop."""
        for client in self.clients.pop(asyncio.get_running_loop(), {}).values():
            await client.aclose()

    async def ask(self, call: ModelCall) -> Heard:
        """The answer, asked for once more only where the provider says that it does not take what we sent."""
        provider, wire = call.provider, FORMATS[call.provider.kind]
        traits = self.learned.get((provider, call.model)) or traits_of(provider.kind, call.model)
        for _ in range(MOST_ADAPTIONS):
            answered = await self.send(
                provider, wire.address(provider), wire.headers(provider, traits), wire.body(call, traits)
            )
            if answered.status == 200:
                heard: Heard = wire.heard(object_in(answered.body))
                return heard
            said = answered.body.decode(errors="replace")
            fault = fault_of_status(answered.status, said)
            weaker = adapted(provider.kind, traits, error_part(said)) if fault is CallFault.BAD_REQUEST else None
            if weaker is None:
                raise ModelCallFailed(fault, retry_after=wait_asked_for(answered.headers, self.clock.now()))
            traits = self.learned[provider, call.model] = weaker
        raise ModelCallFailed(CallFault.BAD_REQUEST)

    async def send(self, provider: Provider, address: str, headers: dict[str, str], body: dict[str, Any]) -> Answered:
        """Posts the body. Not more of the answer is read than an answer can be; what is compressed is not unpacked."""
        headers = {
            "Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json",
            "User-Agent": "FeedForward", **headers,
        }  # fmt: skip
        content = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        async with self.client(provider).stream("POST", address, headers=headers, content=content) as response:
            most = MOST_ANSWER_BYTES if response.status_code == 200 else MOST_ERROR_BYTES
            if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
                most = 0
            received = bytearray()
            async for piece in response.aiter_raw():
                received += piece[: most - len(received)]
                if len(received) >= most:
                    if response.status_code == 200:
                        raise NoAnswer
                    break
            return Answered(response.status_code, response.headers, bytes(received))

    def client(self, provider: Provider) -> httpx.AsyncClient:
        """The provider's connections in the running loop: no redirects, no proxies, and only to allowed addresses."""
        clients = self.clients.setdefault(asyncio.get_running_loop(), {})
        if provider not in clients:
            clients[provider] = httpx.AsyncClient(
                transport=GuardedTransport(allow_private=provider.allow_private),
                follow_redirects=False,
                trust_env=False,
                timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            )
        return clients[provider]


def object_in(body: bytes) -> Mapping[str, Any]:
    """The JSON object of an answer; NoAnswer for anything else, however deep or broken it is."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, Mapping):
        raise NoAnswer
    return found


def reply_from(heard: Heard, call: ModelCall, seconds: float) -> ModelReply:
    """The reply with what it cost; ModelCallFailed for a refusal, which says what it cost all the same."""
    usage = heard.usage
    reply = ModelReply(
        # Half a surrogate pair is valid in JSON and can be stored nowhere.
        text="" if heard.refused else heard.text.encode(errors="replace").decode(),
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        tokens_cached=usage.cached,
        cost=cost_of(call.provider, (heard.model, call.model), usage),
        seconds=seconds,
    )
    if heard.refused:
        raise ModelCallFailed(CallFault.REFUSED, spent=reply)
    return reply
