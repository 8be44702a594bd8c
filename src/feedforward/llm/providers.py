"""What a model provider is, what is asked of it, what comes back, and how it fails: plain values."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from feedforward.errors import RuleBroken
from feedforward.llm.egress import check_base_url

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
KNOWN_FIELDS = ("kind", "base_url", "api_key", "models", "concurrency", "timeout_seconds")
RESERVED_NAMES = ("built-in",)
MOST_CONCURRENCY = 1000
LONGEST_TIMEOUT_SECONDS = 1800


class ProviderKind(StrEnum):
    """Which wire format a provider speaks; `litellm` means that the model's own name says it."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    OPENAI_COMPATIBLE = "openai_compatible"
    LITELLM = "litellm"


@dataclass(frozen=True, slots=True)
class Provider:
    """A place where models are called. `timeout_seconds` bounds one call; `concurrency` the calls at one time.

    `allow_private` says whether the operator lets calls go to this machine and to private networks.
    """

    name: str
    kind: ProviderKind
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    models: tuple[str, ...] = ()
    concurrency: int = 4
    timeout_seconds: float = 60.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One question to one model. `schema` is the JSON schema the answer is to follow."""

    provider: Provider
    model: str
    system: str = field(repr=False)
    user: str = field(repr=False)
    schema: Mapping[str, Any] = field(repr=False)
    temperature: float
    max_tokens: int
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model answered; `tokens_cached` is part of `tokens_in`.

    `cost` is in US dollars, None where no price is known.
    """

    text: str = field(repr=False)
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost: Decimal | None
    seconds: float


class Gateway(Protocol):
    """Calls models; raises `ModelCallFailed` (llm/faults.py) and nothing else."""

    async def complete(self, call: ModelCall) -> ModelReply: ...


def providers_from_config(raw: Mapping[str, Any], *, allow_private: bool = True) -> tuple[Provider, ...]:
    """The providers of the setting FEEDFORWARD_PROVIDERS, a JSON object of provider name → its fields.

    `allow_private` is the operator's word on addresses in private networks. Raises RuleBroken, naming the provider and
    what to change, for the first thing that is wrong; a key is never repeated in it.
    """
    if not is_object(raw):
        raise RuleBroken("FEEDFORWARD_PROVIDERS must be a JSON object: provider name → its fields.", field="providers")
    return tuple(provider_from_config(name, fields, allow_private) for name, fields in raw.items())


def provider_from_config(name: object, fields: object, allow_private: bool) -> Provider:
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in RESERVED_NAMES:
        raise RuleBroken(
            f"A provider cannot be called “{name}”: use up to 40 small letters, digits, “-”, “_” and “.”, "
            "but not “built-in”.",
            field="providers",
        )
    if not isinstance(fields, Mapping):
        raise RuleBroken(f"Provider “{name}”: give its fields as a JSON object.", field="providers")
    for unknown in sorted(set(fields) - set(KNOWN_FIELDS)):
        raise wrong(name, str(unknown), f"there is no such field; the fields are {', '.join(KNOWN_FIELDS)}")
    try:
        kind = ProviderKind(str(fields.get("kind")))
    except ValueError:
        raise wrong(name, "kind", f"choose one of {', '.join(ProviderKind)}") from None
    base_url = optional_text(name, fields, "base_url")
    if base_url is not None:
        try:
            check_base_url(base_url, allow_private=allow_private)
        except RuleBroken as broken:
            raise wrong(name, "base_url", broken.message) from None
    elif kind is ProviderKind.OPENAI_COMPATIBLE:
        raise wrong(name, "base_url", "an OpenAI-compatible provider needs its address, such as https://host/v1")
    api_key = optional_text(name, fields, "api_key")
    if api_key is None and kind in (ProviderKind.OPENAI, ProviderKind.ANTHROPIC):
        raise wrong(name, "api_key", f"a provider of kind {kind} needs a key")
    return Provider(
        name=name,
        kind=kind,
        base_url=base_url,
        api_key=api_key,
        models=models_in(name, fields),
        concurrency=int(number_in(name, fields, "concurrency", 4, MOST_CONCURRENCY, whole=True)),
        timeout_seconds=number_in(name, fields, "timeout_seconds", 60.0, LONGEST_TIMEOUT_SECONDS),
        allow_private=allow_private,
    )


def is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def models_in(name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    models = fields.get("models")
    if not isinstance(models, list) or not models or not all(isinstance(each, str) and each.strip() for each in models):
        raise wrong(name, "models", "give a list of at least one model name")
    return tuple(dict.fromkeys(each.strip() for each in models))


def optional_text(name: str, fields: Mapping[str, Any], field_name: str) -> str | None:
    value = fields.get(field_name)
    if value is not None and not isinstance(value, str):
        raise wrong(name, field_name, "give text in quotation marks, or null")
    return value.strip() or None if value else None


def number_in(
    name: str, fields: Mapping[str, Any], field_name: str, default: float, most: float, *, whole: bool = False
) -> float:
    value = fields.get(field_name, default)
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not 0 < value <= most or (whole and value != int(value)):
        raise wrong(name, field_name, f"give a {'whole ' if whole else ''}number above 0 and up to {most:g}")
    return float(value)


def wrong(name: str, field_name: str, what: str) -> RuleBroken:
    return RuleBroken(f"Provider “{name}”, {field_name}: {what.rstrip('.')}.", field="providers")
