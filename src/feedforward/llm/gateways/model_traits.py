"""What a model takes: in which form it is asked for its answer, and which settings it knows."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from feedforward.llm.gateways.price_list import listed
from feedforward.llm.providers import ProviderKind


class AnswerForm(StrEnum):
    """How a model is held to the agreed form of an answer, strictest first."""

    SCHEMA = "schema"
    TOOL = "tool"
    OFFERED_TOOL = "offered_tool"
    OBJECT = "object"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is sent to a model beside the prompt. `max_completion_tokens` is the newer name of `max_tokens`."""

    form: AnswerForm = AnswerForm.SCHEMA
    temperature: bool = True
    max_completion_tokens: bool = False
    system_role: bool = True


# Models that reason take no temperature, and call their limit by its newer name; a server of any make may offer them.
REASONING = re.compile(r"gpt-[56](?!-chat)|(^|/)o[1-9](-|$)")
SEARCHING = re.compile(r"gpt-5.*search")
BEFORE_FORMATS = ("gpt-4", "gpt-3.5-turbo-16k")
WEAKER_FORM = {
    AnswerForm.SCHEMA: AnswerForm.OBJECT,
    AnswerForm.OBJECT: AnswerForm.TEXT,
    AnswerForm.TOOL: AnswerForm.OFFERED_TOOL,
    AnswerForm.OFFERED_TOOL: AnswerForm.TEXT,
}
NOT_TAKEN = re.compile(
    r"not support|unsupported|unknown|unrecogni[sz]ed|unexpected|not permitted|not allowed|not available|deprecated"
    r"|must be (one of|'?text)|not implemented|only .{0,40}supported|invalid (value|type|parameter)",
    re.IGNORECASE,
)
ABOUT_FORM = re.compile(r"response_format|json_schema|json_object|output_format|output_config|structured.output", re.I)
ABOUT_TOOL = re.compile(r"tool", re.IGNORECASE)
ABOUT_TEMPERATURE = re.compile(r"temperature", re.IGNORECASE)
ABOUT_NEWER_LIMIT = re.compile(r"max_completion_tokens", re.IGNORECASE)


def traits_of(kind: ProviderKind, model: str) -> Traits:
    """What the model is known to take; a model that is not known is taken to know everything."""
    entry = listed(kind, model)
    if kind is ProviderKind.ANTHROPIC:
        native = entry.get("supports_native_structured_output") is True
        forced = entry.get("supports_forced_tool_use") is not False
        return Traits(
            form=AnswerForm.SCHEMA if native else AnswerForm.TOOL if forced else AnswerForm.OFFERED_TOOL,
            temperature=entry.get("supports_sampling_params") is not False,
        )
    # What a model of this name takes does not depend on who offers it.
    entry = listed(ProviderKind.OPENAI, model.rpartition("/")[2])
    reasoning = bool(REASONING.search(model))
    calm = entry.get("default_reasoning_effort") == "none" and not SEARCHING.search(model)
    by_name_only = kind is ProviderKind.OPENAI and model in BEFORE_FORMATS
    return Traits(
        form=AnswerForm.TEXT if by_name_only else AnswerForm.SCHEMA,
        temperature=not reasoning or calm,
        max_completion_tokens=reasoning,
        system_role=entry.get("supports_system_messages") is not False,
    )


def adapted(kind: ProviderKind, traits: Traits, said: str) -> Traits | None:
    """The traits after a rejected request whose error says that something we sent is not taken; None for other errors.

    Asking again costs nothing: a rejected request is not answered and not paid.
    """
    if not NOT_TAKEN.search(said):
        return None
    if ABOUT_NEWER_LIMIT.search(said) and kind is not ProviderKind.ANTHROPIC:
        return replace(traits, max_completion_tokens=not traits.max_completion_tokens)
    if ABOUT_TEMPERATURE.search(said) and traits.temperature:
        return replace(traits, temperature=False)
    if ABOUT_FORM.search(said) and traits.form is AnswerForm.SCHEMA and kind is ProviderKind.ANTHROPIC:
        return replace(traits, form=AnswerForm.TOOL)
    about = ABOUT_TOOL if traits.form in (AnswerForm.TOOL, AnswerForm.OFFERED_TOOL) else ABOUT_FORM
    if about.search(said) and traits.form in WEAKER_FORM:
        return replace(traits, form=WEAKER_FORM[traits.form])
    return None
