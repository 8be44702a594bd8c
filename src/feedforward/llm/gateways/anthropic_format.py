"""The wire format of Anthropic's messages."""

import json
from collections.abc import Mapping
from typing import Any

from feedforward.llm.gateways.heard import Heard, NoAnswer, count, part, text_in
from feedforward.llm.gateways.model_traits import AnswerForm, Traits
from feedforward.llm.gateways.price_list import Usage
from feedforward.llm.providers import ModelCall, Provider

ADDRESS = "https://api.anthropic.com"
VERSION = "2023-06-01"
STRUCTURED_OUTPUTS = "structured-outputs-2025-11-13"
TOOL = "answer"
REFUSAL = "refusal"


def address(provider: Provider) -> str:
    """Where calls go; a base URL may name the version or leave it out."""
    base = (provider.base_url or ADDRESS).rstrip("/")
    if base.endswith("/v1/messages"):
        return base
    return f"{base}/messages" if base.endswith("/v1") else f"{base}/v1/messages"


def headers(provider: Provider, traits: Traits) -> dict[str, str]:
    beta = {"anthropic-beta": STRUCTURED_OUTPUTS} if traits.form is AnswerForm.SCHEMA else {}
    return {"x-api-key": provider.api_key or "none", "anthropic-version": VERSION, **beta}


def body(call: ModelCall, traits: Traits) -> dict[str, Any]:
    """The request as JSON; Anthropic caches only what is marked for it: the system part, the same for all drafts."""
    asked: dict[str, Any] = {
        "model": call.model,
        "system": [{"type": "text", "text": call.system, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": call.user}],
        "max_tokens": call.max_tokens,
    }
    if traits.temperature or call.temperature == 1:
        asked["temperature"] = call.temperature
    if traits.form is AnswerForm.SCHEMA:
        asked["output_format"] = {"type": "json_schema", "schema": dict(call.schema)}
    elif traits.form in (AnswerForm.TOOL, AnswerForm.OFFERED_TOOL):
        asked["tools"] = [{"name": TOOL, "input_schema": dict(call.schema)}]
        if traits.form is AnswerForm.TOOL:
            asked["tool_choice"] = {"type": "tool", "name": TOOL}
    return asked


def heard(answer: Mapping[str, Any]) -> Heard:
    """What an answer says; NoAnswer where it is no message."""
    parts = answer.get("content")
    if not isinstance(parts, list):
        raise NoAnswer
    blocks = [each for each in parts if isinstance(each, Mapping)]
    tools = [each.get("input") for each in blocks if each.get("type") == "tool_use" and each.get("name") == TOOL]
    text = "".join(text_in(each, "text") for each in blocks if each.get("type") == "text")
    counted = part(answer, "usage")
    cached, written = count(counted, "cache_read_input_tokens"), count(counted, "cache_creation_input_tokens")
    return Heard(
        text=json.dumps(tools[0], ensure_ascii=False) if tools else text,
        refused=answer.get("stop_reason") == REFUSAL,
        model=text_in(answer, "model"),
        usage=Usage(
            tokens_in=count(counted, "input_tokens") + cached + written,
            tokens_out=count(counted, "output_tokens"),
            cached=cached,
            cache_written=written,
            tier=text_in(counted, "service_tier"),
            region=text_in(counted, "inference_geo"),
        ),
    )
