"""One paid call, once: claimed before it is made, settled after it, never claimed twice while it may be alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from feedforward.assessment.tables import Call, Reading
from feedforward.hot_reads import HotRead
from feedforward.llm.providers import ModelReply

WHOLE = "whole"
"""The only part a reading has today: all criteria in one call."""


@dataclass(frozen=True, slots=True)
class WorkerIdentity:
    """A worker's slot, exclusively its own while it lives, and the boot of its process."""

    slot: int
    boot: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make one call."""

    call_id: int
    reading_id: str
    attempt: int
    failures: int


class MadeCall(NamedTuple):
    """A call of a reading as claiming the next one needs it."""

    id: int
    attempt: int
    slot: int
    boot: str
    expires_at: datetime
    finished_at: datetime | None
    outcome: str | None


_HOLD = (
    update(Reading)
    .where(
        Reading.id == bindparam("reading"),
        Reading.dispatch == bindparam("handed"),
        Reading.status.in_(("queued", "running")),
    )
    .values(status="running", changed_at=bindparam("at"))
)
_CALLS = HotRead(
    select(Call.id, Call.attempt, Call.slot, Call.boot, Call.expires_at, Call.finished_at, Call.outcome).where(
        Call.reading_id == bindparam("reading"), Call.part == WHOLE
    )
)
_CLAIM = insert(Call).returning(Call.id)
_SPENT = HotRead(
    select(Call.tokens_in, Call.tokens_out, Call.cost_microdollars).where(Call.reading_id == bindparam("reading"))
)


def claim_call(
    connection: Connection, reading_id: str, dispatch: int, worker: WorkerIdentity, now: datetime, lasts: timedelta
) -> Claim | None:
    """Claim the next call of a reading; None where this hand-over is old or another call may still be alive.

    A call counts as dead when its time is over, or when it was claimed in this worker's slot by an earlier process:
    the slot is exclusive, so that process is gone.
    """
    held = connection.execute(_HOLD, {"reading": reading_id, "handed": dispatch, "at": now}).rowcount
    if not held:
        return None
    calls = [MadeCall(*row) for row in _CALLS.rows(connection, reading=reading_id)]
    for call in (each for each in calls if each.finished_at is None):
        dead = call.expires_at < now or (call.slot == worker.slot and call.boot != worker.boot)
        if not dead:
            return None
        connection.execute(update(Call).where(Call.id == call.id).values(finished_at=now, outcome="lost"))
    attempt = max((call.attempt for call in calls), default=0) + 1
    claimed = {
        "reading_id": reading_id, "part": WHOLE, "attempt": attempt, "slot": worker.slot, "boot": worker.boot,
        "claimed_at": now, "expires_at": now + lasts, "tokens_in": 0, "tokens_out": 0, "note": "",
    }  # fmt: skip
    call_id: int = connection.execute(_CLAIM, claimed).scalar_one()
    failures = sum(1 for call in calls if call.finished_at is not None and call.outcome not in ("lost", "done"))
    return Claim(call_id, reading_id, attempt, failures)


def give_up_calls(connection: Connection, slot: int | None, now: datetime) -> list[str]:
    """Count the open calls of a gone worker's slot as lost, or of every slot (None); the readings they were for."""
    condition = Call.finished_at.is_(None) if slot is None else (Call.finished_at.is_(None) & (Call.slot == slot))
    lost = connection.execute(
        update(Call).where(condition).values(finished_at=now, outcome="lost").returning(Call.reading_id)
    ).scalars()
    return sorted(set(lost))


def settle_call(
    connection: Connection, claim: Claim, *, outcome: str, reply: ModelReply | None, seconds: float, now: datetime
) -> bool:
    """Write down how the call ended and what it cost; False where it was given up for lost meanwhile.

    What a lost call cost in the end is written down too: it was paid.
    """
    spent: dict[str, int | None] = {}
    if reply is not None:
        spent = {
            "tokens_in": reply.tokens_in,
            "tokens_out": reply.tokens_out,
            "cost_microdollars": microdollars(reply.cost),
        }
    in_time = connection.execute(
        update(Call)
        .where(Call.id == claim.call_id, Call.finished_at.is_(None))
        .values(finished_at=now, outcome=outcome, seconds=round(seconds, 3), **spent)
    ).rowcount
    if not in_time and spent:
        connection.execute(update(Call).where(Call.id == claim.call_id).values(seconds=round(seconds, 3), **spent))
    return bool(in_time)


@dataclass(frozen=True, slots=True)
class Spent:
    """What all calls of a reading came to, the useless ones too; cost None where no price is known."""

    tokens_in: int
    tokens_out: int
    cost_microdollars: int | None


def spent_on(connection: Connection, reading_id: str) -> Spent:
    rows = _SPENT.rows(connection, reading=reading_id)
    costs = [cost for _, _, cost in rows if cost is not None]
    return Spent(sum(row[0] for row in rows), sum(row[1] for row in rows), sum(costs) if costs else None)


def microdollars(dollars: Decimal | None) -> int | None:
    """US dollars as whole millionths, halves away from zero: money is not kept in binary fractions."""
    return None if dollars is None else int((dollars * 1_000_000).to_integral_value(ROUND_HALF_UP))
