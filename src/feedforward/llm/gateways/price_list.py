"""What models of OpenAI and Anthropic cost and take, from the list that lies in the model library's package."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from feedforward.llm.providers import Provider, ProviderKind

LIBRARY = "litellm"
LIST_FILE = "model_prices_and_context_window_backup.json"
LISTED_KINDS = (ProviderKind.OPENAI, ProviderKind.ANTHROPIC)
LISTED_MODES = ("chat", "responses")
KEPT_FIELDS = re.compile(
    r"(input|output)_cost_per_token|cache_(read|creation)_input_token_cost|regional_processing_uplift_multiplier"
    r"|provider_specific_entry|supports_|default_reasoning_effort"
)
STEP = re.compile(r"input_cost_per_token_above_(\d+)(k?)_tokens")
# Tiers a provider says it served at, and the ending of their prices; anything else is served at the usual price.
TIERS = {"flex": "_flex", "priority": "_priority", "fast": "_priority", "ultrafast": "_ultrafast"}
REGIONAL_HOST = re.compile(r"(eu|us)\.api\.openai\.com")
UNLISTED: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens a provider counted; `cached` and `cache_written` are parts of `tokens_in`.

    `tier` and `region` are what the provider says it served at, "" where it says nothing.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0
    cache_written: int = 0
    tier: str = ""
    region: str = ""


def cost_of(provider: Provider, models: tuple[str, ...], usage: Usage) -> Decimal | None:
    """US dollars for this usage at the list price of the first of `models` that is listed; None where none is.

    A compatible server has no list price, whatever its models are called.
    """
    entry = next((found for model in models if (found := listed(provider.kind, model))), None)
    if entry is None or "input_cost_per_token" not in entry or "output_cost_per_token" not in entry:
        return None
    ending = TIERS.get(usage.tier.lower(), "")
    step = step_reached(entry, usage.tokens_in)
    fresh = price(entry, "input_cost_per_token", step, ending)
    cost = (
        max(usage.tokens_in - usage.cached - usage.cache_written, 0) * fresh
        + usage.cached * price(entry, "cache_read_input_token_cost", step, ending, otherwise=fresh)
        + usage.cache_written * price(entry, "cache_creation_input_token_cost", step, ending, otherwise=fresh)
        + usage.tokens_out * price(entry, "output_cost_per_token", step, ending)
    )
    return cost * multiplier(entry, provider, usage.region)


def step_reached(entry: Mapping[str, Any], tokens_in: int) -> str:
    """The ending of the prices for prompts of this length: "" below every step."""
    reached = [
        (int(found[1]) * (1000 if found[2] else 1), f"_above_{found[1]}{found[2]}_tokens")
        for key in entry
        if (found := STEP.fullmatch(key))
    ]
    return max(((least, ending) for least, ending in reached if tokens_in > least), default=(0, ""))[1]


def price(entry: Mapping[str, Any], name: str, step: str, ending: str, *, otherwise: Decimal = Decimal(0)) -> Decimal:
    """US dollars for one token, by the most particular price there is."""
    for key in (f"{name}{step}{ending}", f"{name}{step}", f"{name}{ending}", name):
        if isinstance(entry.get(key), int | float):
            return Decimal(str(entry[key]))
    return otherwise


def multiplier(entry: Mapping[str, Any], provider: Provider, region: str) -> Decimal:
    """What a named region adds to every price."""
    if provider.kind is ProviderKind.ANTHROPIC:
        extra = (entry.get("provider_specific_entry") or {}).get(region.lower(), 1)
    else:
        host = REGIONAL_HOST.fullmatch(urlsplit(provider.base_url or "").hostname or "")
        extra = entry.get(f"regional_processing_uplift_multiplier_{host[1]}", 1) if host else 1
    return Decimal(str(extra))


def listed(kind: ProviderKind, model: str) -> Mapping[str, Any]:
    """What the list says about a model: an empty mapping for kinds and models that are not in it."""
    if model.startswith("ft:"):
        model = ":".join(model.split(":")[:2])
    return price_list().get((kind.value, model), UNLISTED)


@lru_cache(maxsize=1)
def price_list() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """The models by kind and name; read once, in 50 ms, without importing the library (five seconds and 190 MB)."""
    found = find_spec(LIBRARY)
    folders = found.submodule_search_locations if found else None
    if not folders:
        return {}
    everything = json.loads((Path(folders[0]) / LIST_FILE).read_bytes())
    return {
        (entry["litellm_provider"], name): {key: value for key, value in entry.items() if KEPT_FIELDS.match(key)}
        for name, entry in everything.items()
        if entry.get("litellm_provider") in LISTED_KINDS and entry.get("mode") in LISTED_MODES
    }
