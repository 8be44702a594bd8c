"""The wire format of OpenAI's chat completions, as OpenAI and every compatible server speak it."""

from collections.abc import Mapping
from typing import Any

from feedforward.llm.gateways.heard import Heard, NoAnswer, count, part, text_in
from feedforward.llm.gateways.model_traits import AnswerForm, Traits
from feedforward.llm.gateways.price_list import Usage
from feedforward.llm.providers import ModelCall, Provider

ADDRESS = "https://api.openai.com/v1"
REFUSALS = ("content_filter", "refusal")


def address(provider: Provider) -> str:
    """Where calls go; always given in full, so that no environment variable sends a draft elsewhere."""
    return f"{(provider.base_url or ADDRESS).rstrip('/')}/chat/completions"


def headers(provider: Provider, _traits: Traits) -> dict[str, str]:
    """Servers without keys of their own get the word `none`: some want the header all the same."""
    return {"Authorization": f"Bearer {provider.api_key or 'none'}"}


def body(call: ModelCall, traits: Traits) -> dict[str, Any]:
    """The request as JSON; the system part first, the same for all drafts of an assignment: it is what gets cached."""
    asked: dict[str, Any] = {
        "model": call.model,
        "messages": [
            {"role": "system" if traits.system_role else "user", "content": call.system},
            {"role": "user", "content": call.user},
        ],
        "max_completion_tokens" if traits.max_completion_tokens else "max_tokens": call.max_tokens,
    }
    if traits.temperature or call.temperature == 1:
        asked["temperature"] = call.temperature
    if traits.form is AnswerForm.SCHEMA:
        schema = {"name": "answer", "schema": dict(call.schema), "strict": True}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif traits.form is AnswerForm.OBJECT:
        asked["response_format"] = {"type": "json_object"}
    return asked


def heard(answer: Mapping[str, Any]) -> Heard:
    """What an answer says; NoAnswer where it is no chat completion."""
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Mapping) or not isinstance(choice.get("message"), Mapping):
        raise NoAnswer
    message, counted = choice["message"], part(answer, "usage")
    details = part(counted, "prompt_tokens_details")
    return Heard(
        text=content_of(message.get("content")),
        refused=bool(message.get("refusal")) or choice.get("finish_reason") in REFUSALS,
        model=text_in(answer, "model"),
        usage=Usage(
            tokens_in=count(counted, "prompt_tokens"),
            tokens_out=count(counted, "completion_tokens"),
            cached=count(details, "cached_tokens"),
            cache_written=count(details, "cache_creation_tokens") or count(details, "cache_write_tokens"),
            tier=text_in(answer, "service_tier"),
        ),
    )


def content_of(content: object) -> str:
    """The text of a message; some compatible servers send it in parts."""
    if isinstance(content, list):
        return "".join(text_in(each, "text") for each in content if isinstance(each, Mapping))
    return content if isinstance(content, str) else ""
