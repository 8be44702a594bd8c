"""The merged feedback for one file, with no server and no database: what `feedforward feedback` does."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from feedforward.assessment.aggregation import Merged, merge_readings
from feedforward.assessment.answer import Answer, AnswerRejected
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.built_in.reader import read as read_built_in
from feedforward.assessment.merging_comments import ScoredReading
from feedforward.assessment.model_reader import read_with_model
from feedforward.assessment.settling import pause_before
from feedforward.assignments.rules import MergeMethod
from feedforward.errors import ExternalFailure, RuleBroken
from feedforward.extraction.document import Document
from feedforward.extraction.places import Places
from feedforward.llm.providers import Gateway, ModelReply, Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model, provider_name, reader_names
from feedforward.rubrics.rules import Rubric

TEMPERATURE = 0.2
MAX_TOKENS = 4000


@dataclass(frozen=True, slots=True)
class OneReading:
    """How one reading of the file went; `seconds` is wall time, `cost` in US dollars where a price is known."""

    reader: str
    run: int
    answer: Answer | None
    seconds: float
    tokens: int
    cost: Decimal | None
    error: str | None


@dataclass(frozen=True, slots=True)
class FileFeedback:
    """The draft, its merged feedback and every reading."""

    document: Document
    rubric: Rubric
    merged: Merged
    readings: tuple[OneReading, ...]


def check_readers(readers: Sequence[str], providers: Sequence[Provider]) -> tuple[str, ...]:
    """The readers asked for, each once; RuleBroken names one that is not configured and those that are."""
    offered = (BUILT_IN, *reader_names(providers))
    for reader in readers:
        if reader not in offered:
            raise RuleBroken(f"There is no reader “{reader}”. Configured: {', '.join(offered)}.")
    return tuple(dict.fromkeys(readers))


async def feedback_of_document(
    document: Document,
    brief: Brief,
    *,
    readers: Sequence[str],
    runs: int,
    method: MergeMethod,
    providers: Sequence[Provider],
    gateway: Gateway,
    tries: int,
    tell: Callable[[OneReading], None],
) -> FileFeedback:
    """All readings at once, within each provider's concurrency, then merged. RuleBroken where no reading succeeded.

    The built-in reader says the same thing every time, so it reads once whatever `runs` is.
    """
    gates = {each.name: asyncio.Semaphore(each.concurrency) for each in providers}
    facts = (
        await asyncio.to_thread(facts_for_prompt, document, brief) if any(each != BUILT_IN for each in readers) else ""
    )

    async def read(reader: str, run: int) -> OneReading:
        if reader == BUILT_IN:
            started = time.monotonic()
            answer = await asyncio.to_thread(read_built_in, document, brief)
            reading = OneReading(reader, run, answer, time.monotonic() - started, 0, None, None)
        else:
            async with gates[provider_name(reader)]:
                reading = await _read_with_model(document, brief, facts, reader, run, providers, gateway, tries)
        tell(reading)
        return reading

    planned = [(reader, run) for reader in readers for run in range(1, (1 if reader == BUILT_IN else runs) + 1)]
    readings = await asyncio.gather(*(read(reader, run) for reader, run in planned))
    good = [ScoredReading(each.reader, each.run, 1.0, each.answer) for each in readings if each.answer is not None]
    if not good:
        reasons = ", ".join(sorted({f"{each.reader}: {each.error}" for each in readings}))
        raise RuleBroken(f"No reader could read this file, so there is no feedback ({reasons}).")
    return FileFeedback(document, brief.rubric, merge_readings(good, brief.rubric, method), tuple(readings))


async def _read_with_model(
    document: Document,
    brief: Brief,
    facts: str,
    reader: str,
    run: int,
    providers: Sequence[Provider],
    gateway: Gateway,
    tries: int,
) -> OneReading:
    found = optional_provider_and_model(providers, reader)
    assert found is not None, "readers are checked before any is asked"
    provider, model = found
    started = time.monotonic()
    tokens, cost, error = 0, None, "internal"
    for attempt in range(1, tries + 1):
        reply: ModelReply | None
        failure: ExternalFailure | None
        answer: Answer | None = None
        try:
            answer, reply, _ = await read_with_model(
                gateway,
                provider,
                model,
                document=document,
                brief=brief,
                facts=facts,
                temperature=TEMPERATURE,
                max_tokens=MAX_TOKENS,
                nonce=secrets.token_hex(8),
            )
            failure = None
        except AnswerRejected as rejected:
            reply, failure = rejected.spent, rejected
        except ExternalFailure as failed:
            reply, failure = None, failed
        if reply is not None:
            tokens += reply.tokens_in + reply.tokens_out
            cost = (cost or Decimal()) + reply.cost if reply.cost is not None else cost
        if failure is None:
            return OneReading(reader, run, answer, time.monotonic() - started, tokens, cost, None)
        error = failure.code
        if not failure.retryable or attempt == tries:
            break
        await asyncio.sleep(pause_before(attempt, failure.retry_after).total_seconds())
    return OneReading(reader, run, None, time.monotonic() - started, tokens, cost, error)


def feedback_as_json(feedback: FileFeedback) -> dict[str, Any]:
    """The documented form of `feedforward feedback --json`; `start` and `end` count characters of `text`, and
    `place` says in words where that is ("page 3, paragraph 12")."""
    places = Places(feedback.document)
    comments: dict[str | None, list[dict[str, Any]]] = {}
    for each in feedback.merged.comments:
        if not each.supported:
            continue  # Evidence or it did not happen: an unfound quote is not shown to a student.
        comments.setdefault(each.criterion_key, []).append(
            {
                "kind": str(each.kind),
                "text": each.text,
                "quote": each.quote.text if each.quote else None,
                "start": each.quote.start if each.quote else None,
                "end": each.quote.end if each.quote else None,
                "place": places.of(each.quote.start) if each.quote else None,
                "next_step": each.next_step,
                "support": each.support,
            }
        )
    criteria = []
    for merged in feedback.merged.criteria:
        criterion = feedback.rubric.criterion(merged.key)
        criteria.append(
            {
                "name": criterion.name,
                "score": merged.score,
                "level": None if merged.level is None else criterion.levels[merged.level].label,
                "disagreement": merged.disagreement,
                "comments": comments.get(merged.key, []),
            }
        )
    return {
        "text": feedback.document.text,
        "criteria": criteria,
        "comments": comments.get(None, []),
        "summary": feedback.merged.summary,
        "readings": [
            {
                "reader": each.reader,
                "run": each.run,
                "status": "failed" if each.answer is None else "done",
                "seconds": round(each.seconds, 3),
                "tokens": each.tokens,
                "cost": None if each.cost is None else float(each.cost),
                "error": each.error,
            }
            for each in feedback.readings
        ],
    }
