"""Costs by the list are the model library's own, to the last digit, without importing it."""

import subprocess
import sys
from decimal import Decimal

import pytest

from feedforward.llm.gateways.litellm_library import library
from feedforward.llm.gateways.price_list import Usage, cost_of, listed, price_list
from feedforward.llm.providers import Provider, ProviderKind

OPENAI = Provider("o", ProviderKind.OPENAI, None, "k", ("m",))
ANTHROPIC = Provider("a", ProviderKind.ANTHROPIC, None, "k", ("m",))
USAGES = (
    Usage(1200, 300),
    Usage(1200, 300, cached=1000),
    Usage(5000, 300, cached=1000, cache_written=2000),
    Usage(300_000, 4000, cached=1000),
    Usage(5000, 300, tier="flex"),
    Usage(300_000, 300, cached=500, tier="priority"),
    Usage(5000, 300, tier="default"),
)


def cost_by_the_library(kind: str, model: str, usage: Usage) -> float:
    prices = library()
    from litellm.types.utils import PromptTokensDetailsWrapper
    from litellm.types.utils import Usage as Counted

    counted = Counted(
        prompt_tokens=usage.tokens_in,
        completion_tokens=usage.tokens_out,
        total_tokens=usage.tokens_in + usage.tokens_out,
        prompt_tokens_details=PromptTokensDetailsWrapper(
            cached_tokens=usage.cached, cache_creation_tokens=usage.cache_written
        ),
    )
    tier = usage.tier if usage.tier in ("flex", "priority") else None
    return sum(
        prices.cost_per_token(
            model=model, custom_llm_provider=kind, usage_object=counted, service_tier=tier, call_type="completion"
        )
    )


@pytest.mark.parametrize("provider", [OPENAI, ANTHROPIC])
def test_every_listed_model_costs_what_the_library_says(provider: Provider) -> None:
    models = [name for kind, name in price_list() if kind == provider.kind.value]
    assert len(models) > 15
    for model in models:
        if "input_cost_per_token" not in listed(provider.kind, model):
            continue
        for usage in USAGES:
            ours = cost_of(provider, (model,), usage)
            assert ours is not None
            theirs = cost_by_the_library(provider.kind.value, model, usage)
            assert float(ours) == pytest.approx(theirs, rel=1e-9), (model, usage)


def test_what_is_not_listed_has_no_cost() -> None:
    assert cost_of(OPENAI, ("a-model-of-tomorrow",), Usage(5, 5)) is None
    assert cost_of(ANTHROPIC, ("gpt-4o-mini",), Usage(5, 5)) is None
    local = Provider("l", ProviderKind.OPENAI_COMPATIBLE, "http://127.0.0.1/v1", models=("gpt-4o-mini",))
    assert cost_of(local, ("gpt-4o-mini",), Usage(5, 5)) is None


def test_the_model_that_answered_counts_and_then_the_one_that_was_asked() -> None:
    million = Usage(1_000_000, 0)
    assert cost_of(OPENAI, ("gpt-4o-mini-2024-07-18", "gpt-4o"), million) == Decimal("0.15")
    assert cost_of(OPENAI, ("", "gpt-4o-mini"), million) == Decimal("0.15")
    assert cost_of(OPENAI, ("ft:gpt-4o-mini-2024-07-18:school::x",), million) == Decimal("0.3")


def test_a_named_region_costs_more() -> None:
    usage = Usage(1_000_000, 0, region="us")
    plain, there = (cost_of(ANTHROPIC, ("claude-opus-4-6",), each) for each in (Usage(1_000_000, 0), usage))
    assert plain is not None
    assert there == plain * Decimal("1.1")


def test_the_list_is_read_without_the_library() -> None:
    code = (
        "import sys; from feedforward.llm.gateways.model_gateway import ModelGateway; "
        "from feedforward.llm.gateways.price_list import price_list; ModelGateway(); assert price_list(); "
        "assert 'litellm' not in sys.modules and 'openai' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
