"""What reading the texts with models will cost, said and confirmed before the first call."""

import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.prompt import build_prompt
from feedforward.errors import RuleBroken
from feedforward.evaluation.reading import Wanted
from feedforward.extraction.extract import document_from_text
from feedforward.llm.gateways.litellm_library import library
from feedforward.llm.providers import Provider, ProviderKind
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model
from feedforward.rubrics.rules import Rubric

CHARACTERS_PER_TOKEN = 3.5
TOKENS_OUT = 1500
FACTS_TOKENS = 600


def confirm_cost(
    wanted: Sequence[Wanted], rubric: Rubric, providers: Sequence[Provider], console: Console, *, yes: bool
) -> None:
    """Tells calls, tokens and US dollars of the models and asks whether to go on; nothing for the built-in reader.

    The estimate counts each text once, without tries again. RuleBroken where the answer is no, and where nobody can be
    asked and `yes` was not given.
    """
    calls = Counter(each.reader for each in wanted if each.reader != BUILT_IN)
    if not calls:
        return
    for reader, count in calls.items():
        tokens_in = sum(tokens_of(each, rubric) for each in wanted if each.reader == reader)
        cost = price_of(reader, providers, tokens_in, TOKENS_OUT * count)
        dollars = "no price is known for it" if cost is None else f"about ${cost:.2f}"
        console.print(f"{reader}: {count} texts, about {tokens_in + TOKENS_OUT * count:,} tokens, {dollars}.")
    if yes:
        return
    if not sys.stdin.isatty():
        raise RuleBroken("Reading with models costs money: say --yes to go on.")
    console.print("Read them? [y/N] ", end="")
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise RuleBroken("Nothing was read.")


def tokens_of(one: Wanted, rubric: Rubric) -> int:
    """A rough count of the tokens sent for one text: its prompt's characters, and the facts that go with it."""
    brief = Brief(title="", instructions=one.task, rubric=rubric)
    prompt = build_prompt(brief, document_from_text(one.text), "", "0" * 8)
    return round((len(prompt.system) + len(prompt.user)) / CHARACTERS_PER_TOKEN) + FACTS_TOKENS


def price_of(reader: str, providers: Sequence[Provider], tokens_in: int, tokens_out: int) -> Decimal | None:
    """US dollars by the model library's price list; None where it knows no price for this model."""
    found = optional_provider_and_model(providers, reader)
    if found is None or found[0].kind is ProviderKind.OPENAI_COMPATIBLE:
        return None
    try:
        prices = library().cost_per_token(model=found[1], prompt_tokens=tokens_in, completion_tokens=tokens_out)
    except Exception:  # the library raises many kinds for a model it does not know
        return None
    return Decimal(str(round(sum(prices), 4)))
