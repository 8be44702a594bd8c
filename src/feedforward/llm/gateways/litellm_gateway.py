"""Calls language models: OpenAI, Anthropic, OpenAI-compatible addresses and every other provider litellm knows."""

import asyncio
import time
import weakref
from asyncio import AbstractEventLoop
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import httpx

from feedforward.clock import Clock, SystemClock
from feedforward.errors import RuleBroken
from feedforward.llm.egress import check_base_url
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways.fault_mapping import failure_from
from feedforward.llm.gateways.guarded_transport import GuardedTransport
from feedforward.llm.gateways.litellm_library import library, warm_up
from feedforward.llm.providers import ModelCall, ModelReply, Provider, ProviderKind

OPENAI_ADDRESS = "https://api.openai.com/v1"
ANTHROPIC_ADDRESS = "https://api.anthropic.com"
NO_KEY = "none"
REFUSALS = ("content_filter", "refusal")
GRACE_SECONDS = 5.0
LONGEST_CALL_SECONDS = 3600.0


@dataclass
class LitellmGateway:
    """One gateway for all providers; connections are kept per provider and event loop. Never retries."""

    clock: Clock = field(default_factory=SystemClock)
    clients: weakref.WeakKeyDictionary[AbstractEventLoop, dict[Provider, Any]] = field(
        default_factory=weakref.WeakKeyDictionary, repr=False
    )

    async def warm_up(self) -> None:
        """Loads the model library in a thread: about five seconds, once per process."""
        await warm_up()

    async def complete(self, call: ModelCall) -> ModelReply:
        """Makes the call once, within `call.timeout_seconds` of wall time. Raises ModelCallFailed.

        A reply may be cut off or not of the agreed form: whoever reads it has to check.
        """
        await warm_up()
        started = time.monotonic()
        error: Exception
        try:
            async with asyncio.timeout(call.timeout_seconds):
                response = await library().acompletion(**self.arguments(call))
            return reply_in(response, call, time.monotonic() - started)
        except ModelCallFailed:
            raise
        except RuleBroken:
            error = ModelCallFailed(CallFault.FORBIDDEN_ADDRESS)
        except TimeoutError:
            error = ModelCallFailed(CallFault.TIMEOUT)
        except Exception as raised:  # the library raises exceptions of many families
            ours = call.provider.kind is not ProviderKind.LITELLM
            error = failure_from(raised, self.clock.now(), over_our_transport=ours)
        raise error

    async def close(self) -> None:
        """Closes the connections of the running event loop."""
        for client in self.clients.pop(asyncio.get_running_loop(), {}).values():
            await client.close()

    def arguments(self, call: ModelCall) -> dict[str, Any]:
        provider = call.provider
        arguments: dict[str, Any] = {
            "model": call.model,
            "messages": messages(call),
            "temperature": call.temperature,
            "max_tokens": call.max_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": dict(call.schema), "strict": True},
            },
            "timeout": call.timeout_seconds + GRACE_SECONDS,
            "num_retries": 0,
            "max_retries": 0,
            "drop_params": True,
        }
        if provider.kind is ProviderKind.LITELLM:
            if provider.base_url is not None:
                check_base_url(provider.base_url, allow_private=provider.allow_private)
            return {**arguments, "api_key": provider.api_key, "api_base": provider.base_url}
        arguments["custom_llm_provider"] = "anthropic" if provider.kind is ProviderKind.ANTHROPIC else "openai"
        arguments["api_key"] = provider.api_key or NO_KEY
        arguments["api_base"] = address_of(provider)
        arguments["client"] = self.client(provider)
        if provider.kind is ProviderKind.OPENAI_COMPATIBLE:
            arguments["allowed_openai_params"] = ["response_format", "temperature", "max_tokens"]
        return arguments

    def client(self, provider: Provider) -> Any:
        """The provider's connections in the running loop: no redirects, and only to allowed addresses."""
        clients = self.clients.setdefault(asyncio.get_running_loop(), {})
        if provider not in clients:
            transport = GuardedTransport(allow_private=provider.allow_private)
            anthropic = provider.kind is ProviderKind.ANTHROPIC
            clients[provider] = anthropic_client(transport) if anthropic else openai_client(provider, transport)
        return clients[provider]


def messages(call: ModelCall) -> list[dict[str, Any]]:
    """System part first, the same for all drafts of an assignment; Anthropic caches only what is marked for it."""
    system: Any = call.system
    if call.provider.kind is ProviderKind.ANTHROPIC:
        system = [{"type": "text", "text": call.system, "cache_control": {"type": "ephemeral"}}]
    return [{"role": "system", "content": system}, {"role": "user", "content": call.user}]


def address_of(provider: Provider) -> str:
    """Always given in full, so that no environment variable sends a draft elsewhere."""
    default = ANTHROPIC_ADDRESS if provider.kind is ProviderKind.ANTHROPIC else OPENAI_ADDRESS
    return provider.base_url or default


def openai_client(provider: Provider, transport: GuardedTransport) -> Any:
    from openai import AsyncOpenAI

    connections: Any = httpx.AsyncClient(transport=transport, follow_redirects=False, timeout=LONGEST_CALL_SECONDS)
    return AsyncOpenAI(
        api_key=provider.api_key or NO_KEY, base_url=address_of(provider), max_retries=0, http_client=connections
    )


def anthropic_client(transport: GuardedTransport) -> Any:
    from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

    return AsyncHTTPHandler(transport=transport, follow_redirects=False, timeout=LONGEST_CALL_SECONDS)


def reply_in(response: Any, call: ModelCall, seconds: float) -> ModelReply:
    """The reply in what the library hands back; ModelCallFailed when it is a refusal or no chat completion at all."""
    try:
        choice = response.choices[0]
        text = choice.message.content or ""
        refused = bool(getattr(choice.message, "refusal", None)) or choice.finish_reason in REFUSALS
        usage = getattr(response, "usage", None)
        reply = ModelReply(
            text=text if isinstance(text, str) else "",
            tokens_in=int(getattr(usage, "prompt_tokens", 0) or 0),
            tokens_out=int(getattr(usage, "completion_tokens", 0) or 0),
            tokens_cached=int(getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", 0) or 0),
            cost=cost_of(response, call.provider),
            seconds=seconds,
        )
    except (AttributeError, IndexError, TypeError, ValueError):
        reply, refused = None, False
    if reply is None:
        raise ModelCallFailed(CallFault.MALFORMED)
    if refused:
        raise ModelCallFailed(CallFault.REFUSED, spent=replace(reply, text=""))
    return reply


def cost_of(response: Any, provider: Provider) -> Decimal | None:
    """US dollars by the library's own price map; None where it knows no price for this provider's model."""
    if provider.kind is ProviderKind.OPENAI_COMPATIBLE:
        return None
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    return Decimal(str(round(cost, 10))) if isinstance(cost, int | float) and cost >= 0 else None
