"""What a model provider is, what is asked of it, what comes back, and how it fails: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol


class ProviderKind(StrEnum):
    """Which wire format a provider speaks; `litellm` means that the model's own name says it."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    OPENAI_COMPATIBLE = "openai_compatible"
    LITELLM = "litellm"


@dataclass(frozen=True, slots=True)
class Provider:
    """A place where models are called. `timeout_seconds` bounds one call; `concurrency` the calls at one time."""

    name: str
    kind: ProviderKind
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    models: tuple[str, ...] = ()
    concurrency: int = 4
    timeout_seconds: float = 60.0


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
