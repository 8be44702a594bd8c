"""How a reading ends: done, failed, or waiting to be tried again; and what its end sets in motion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.assessment.built_in.topics import Signals
from feedforward.assessment.calls import spent_on
from feedforward.assessment.lanes import Lane
from feedforward.assessment.planning import HandOver, hand_over, planned_reading
from feedforward.assessment.tables import Reading, ReadingScore, ReadingSignals
from feedforward.llm.leases import give_back
from feedforward.llm.readers import BUILT_IN, provider_name

TERMINAL = ("done", "failed")
# A provider that asks for a longer pause than this is treated as failed: the fallback is sooner.
LONGEST_PAUSE = 900.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading came to, ready for its row: `scores` are (criterion id, score, level), bytes are sealed.

    `signals`: what the built-in reader looked at, by criterion id.
    """

    answer: bytes
    record: bytes
    scores: Sequence[tuple[int, float | None, int | None]]
    seconds: float
    tokens_cached: int
    prompt_version: str
    signals: Mapping[int, Signals] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed, whether another try may help, and the pause the provider asked for, in seconds."""

    code: str
    retryable: bool
    retry_after: float | None = None


def pause_before(attempt: int, retry_after: float | None) -> timedelta:
    """How long to wait after try `attempt`: what the provider asked for, or 2, 4, 8 … seconds, at most a minute."""
    return timedelta(seconds=retry_after if retry_after is not None else min(2.0**attempt, 60.0))


_DONE = (
    update(Reading)
    .where(Reading.id == bindparam("reading"), Reading.status.not_in(TERMINAL))
    .values(
        status="done", finished_at=bindparam("at"), changed_at=bindparam("at"), answer=bindparam("said"),
        record=bindparam("kept"), error=None, seconds=bindparam("took"), tokens_in=bindparam("heard"),
        tokens_out=bindparam("told"), tokens_cached=bindparam("remembered"), cost_microdollars=bindparam("cost"),
        prompt_version=bindparam("prompt"),
    )
)  # fmt: skip
_SCORES = insert(ReadingScore)


def settle_done(
    connection: Connection,
    engine: HandOver,
    lanes: Mapping[str, Lane],
    reading_id: str,
    outcome: Outcome,
    now: datetime,
) -> bool:
    """Store the answer; False where the reading was settled before (its answer stands).

    An answer that comes after its lease was over counts all the same: it was paid for.
    """
    spent = spent_on(connection, reading_id)
    stored = connection.execute(
        _DONE,
        {
            "reading": reading_id, "at": now, "said": outcome.answer, "kept": outcome.record,
            "took": round(outcome.seconds, 3), "heard": spent.tokens_in, "told": spent.tokens_out,
            "remembered": outcome.tokens_cached, "cost": spent.cost_microdollars, "prompt": outcome.prompt_version,
        },
    ).rowcount  # fmt: skip
    if stored and outcome.scores:
        connection.execute(
            _SCORES,
            [
                {"reading_id": reading_id, "criterion_id": criterion_id, "score": score, "level": level}
                for criterion_id, score, level in outcome.scores
            ],
        )
    if stored and outcome.signals:
        connection.execute(
            insert(ReadingSignals),
            [
                {
                    "reading_id": reading_id, "criterion_id": criterion_id, "topics": "\n".join(each.topics),
                    "chosen": each.chosen,
                }
                for criterion_id, each in outcome.signals.items()
            ],
        )  # fmt: skip
    _move_on(connection, engine, lanes, reading_id, now)
    return bool(stored)


def settle_failed(
    connection: Connection,
    engine: HandOver,
    lanes: Mapping[str, Lane],
    reading_id: str,
    failure: Failure,
    *,
    failures_before: int,
    tries: int,
    now: datetime,
) -> str:
    """Plan the next try where one may help, else fail the reading and plan its fallback; the status that follows."""
    made = failures_before + 1
    again = failure.retryable and made < tries and (failure.retry_after or 0) <= LONGEST_PAUSE
    spent = spent_on(connection, reading_id)
    values = {
        "error": failure.code,
        "changed_at": now,
        "tokens_in": spent.tokens_in,
        "tokens_out": spent.tokens_out,
        "cost_microdollars": spent.cost_microdollars,
    }
    values |= (
        {"status": "planned", "not_before": now + pause_before(made, failure.retry_after)}
        if again
        else {"status": "failed", "finished_at": now}
    )
    changed = connection.execute(
        update(Reading).where(Reading.id == reading_id, Reading.status.not_in(TERMINAL)).values(**values)
    ).rowcount
    if changed and not again:
        _plan_fallback(connection, reading_id, now)
    _move_on(connection, engine, lanes, reading_id, now)
    return "planned" if again else "failed"


def _plan_fallback(connection: Connection, reading_id: str, now: datetime) -> None:
    """Another reader in the failed one's place, once: a fallback has no fallback of its own."""
    failed = connection.execute(
        select(
            Reading.draft_id,
            Reading.round,
            Reading.reader,
            Reading.fallback_reader,
            Reading.setting_id,
            Reading.settings_version,
            Reading.weight,
            Reading.temperature,
            Reading.max_tokens,
        ).where(Reading.id == reading_id)
    ).one()
    if not failed.fallback_reader or failed.fallback_reader == failed.reader:
        return
    runs = connection.execute(
        select(Reading.run).where(
            Reading.draft_id == failed.draft_id, Reading.round == failed.round, Reading.reader == failed.fallback_reader
        )
    ).scalars()
    taken = list(runs)
    if taken and provider_name(failed.fallback_reader) == BUILT_IN:
        return  # The built-in reader says the same thing twice: its reading of this round is there already.
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(
        make(Reading)
        .values(
            planned_reading(
                draft_id=failed.draft_id,
                round_number=failed.round,
                reader=failed.fallback_reader,
                run=max(taken, default=0) + 1,
                setting_id=failed.setting_id,
                settings_version=failed.settings_version,
                weight=failed.weight,
                temperature=failed.temperature,
                max_tokens=failed.max_tokens,
                fallback_reader=None,
                now=now,
                name=f"{reading_id.split('-', 2)[2]}f",
                fallback_for=reading_id,
            )
        )
        .on_conflict_do_nothing()
    )


def _move_on(
    connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], reading_id: str, now: datetime
) -> None:
    """The lease passes to whoever waited longest, in the same transaction: no lease lies idle, none is lost."""
    give_back(connection, reading_id)
    hand_over(connection, engine, lanes, now)
