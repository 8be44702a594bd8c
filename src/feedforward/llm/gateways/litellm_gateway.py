"""Calls the models of every other provider the model library knows, by the model's own name."""

import asyncio
import time
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from feedforward.clock import Clock, SystemClock
from feedforward.errors import RuleBroken
from feedforward.llm.egress import check_base_url
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways.fault_mapping import failure_from
from feedforward.llm.gateways.litellm_library import library, warm_up
from feedforward.llm.providers import ModelCall, ModelReply

REFUSALS = ("content_filter", "refusal")
GRACE_SECONDS = 5.0


@dataclass
class LitellmGateway:
    """For providers whose format we do not speak ourselves; the library makes its own connections. Never retries."""

    clock: Clock = field(default_factory=SystemClock)

    def prepare(self) -> None:
        """Imports the model library: about five seconds, once per process."""
        library()

    async def complete(self, call: ModelCall) -> ModelReply:
        """Makes the call once, within `call.timeout_seconds` of wall time. Raises ModelCallFailed.

        A reply may be cut off or not of the agreed form: whoever reads it has to check.
        """
        await warm_up()
        started = time.monotonic()
        error: Exception
        try:
            async with asyncio.timeout(call.timeout_seconds):
                response = await library().acompletion(**arguments(call))
            return reply_in(response, time.monotonic() - started)
        except ModelCallFailed:
            raise
        except RuleBroken:
            error = ModelCallFailed(CallFault.FORBIDDEN_ADDRESS)
        except TimeoutError:
            error = ModelCallFailed(CallFault.TIMEOUT)
        except Exception as raised:  # the library raises exceptions of many families
            error = failure_from(raised, self.clock.now(), over_our_transport=False)
        raise error


def arguments(call: ModelCall) -> dict[str, Any]:
    """What the library is asked; RuleBroken for a base URL that may not be called."""
    provider = call.provider
    if provider.base_url is not None:
        check_base_url(provider.base_url, allow_private=provider.allow_private)
    return {
        "model": call.model,
        "messages": [{"role": "system", "content": call.system}, {"role": "user", "content": call.user}],
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
        "api_key": provider.api_key,
        "api_base": provider.base_url,
    }


def reply_in(response: Any, seconds: float) -> ModelReply:
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
            cost=cost_of(response),
            seconds=seconds,
        )
    except (AttributeError, IndexError, TypeError, ValueError):
        reply, refused = None, False
    if reply is None:
        raise ModelCallFailed(CallFault.MALFORMED)
    if refused:
        raise ModelCallFailed(CallFault.REFUSED, spent=replace(reply, text=""))
    return reply


def cost_of(response: Any) -> Decimal | None:
    """US dollars by the library's own price map; None where it knows no price for the model."""
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    return Decimal(str(round(cost, 10))) if isinstance(cost, int | float) and cost >= 0 else None
