"""What a trial of a rubric will cost, said before the first call."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.prompt import build_prompt
from feedforward.assessment.rubric_asking import (
    OPINION_SCHEMA,
    PROPOSAL_SCHEMA,
    opinion_prompt,
    prompt_length,
    proposal_prompt,
)
from feedforward.assessment.trial_rules import TrialKind
from feedforward.extraction.reading import document_from_text
from feedforward.llm.providers import Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model

CHARACTERS_PER_TOKEN = 3.5
TOKENS_OUT = 1500
FACTS_TOKENS = 600


@dataclass(frozen=True, slots=True)
class Estimate:
    """One reader's calls, about how many tokens they take, and US dollars; `dollars` is None where no price is known,
    and zero for the built-in reader."""

    reader: str
    calls: int
    tokens: int
    dollars: Decimal | None


def estimates(
    kind: TrialKind, brief: Brief, texts: Sequence[str], readers: Sequence[str], providers: Sequence[Provider]
) -> tuple[Estimate, ...]:
    """What each reader's calls will come to, each call counted once: a call that fails is not made again."""
    lengths = [_characters(brief, each) for each in texts] if kind is TrialKind.DRY_RUN else [_asked(kind, brief)]
    return tuple(_estimate(reader, lengths, kind, providers) for reader in readers)


def _estimate(
    reader: str, lengths: Sequence[int], kind: TrialKind, providers: Sequence[Provider]
) -> Estimate:  # fmt: skip
    if reader == BUILT_IN:
        return Estimate(reader, len(lengths), 0, Decimal(0))
    facts = FACTS_TOKENS if kind is TrialKind.DRY_RUN else 0
    tokens_in = sum(round(each / CHARACTERS_PER_TOKEN) + facts for each in lengths)
    tokens_out = TOKENS_OUT * len(lengths)
    return Estimate(reader, len(lengths), tokens_in + tokens_out, _price(reader, tokens_in, tokens_out, providers))


def _price(reader: str, tokens_in: int, tokens_out: int, providers: Sequence[Provider]) -> Decimal | None:
    # Imported here: the list is a large file that only costs need.
    from feedforward.llm.gateways.price_list import Usage, cost_of

    found = optional_provider_and_model(providers, reader)
    return None if found is None else cost_of(found[0], (found[1],), Usage(tokens_in, tokens_out))


def _characters(brief: Brief, text: str) -> int:
    prompt = build_prompt(brief, document_from_text(text), "", "0" * 8)
    return prompt_length((prompt.system, prompt.user), prompt.schema)


def _asked(kind: TrialKind, brief: Brief) -> int:
    if kind is TrialKind.PROPOSAL:
        return prompt_length(proposal_prompt(brief), PROPOSAL_SCHEMA)
    return prompt_length(opinion_prompt(brief), OPINION_SCHEMA)
