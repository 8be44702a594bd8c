"""Schedules: each asks whether its period has run, claims it by a row, and runs; pauses are made up once."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.logs import without_text
from feedforward.operations.tables import ScheduledRun, WorkerSeen

log = logging.getLogger("feedforward.schedules")
KEEP_RUNS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due once per period; `period` names the one a moment lies in, `run` says what it did."""

    name: str
    period: Callable[[datetime], str]
    run: Callable[[], Awaitable[str]]


def every_hour(now: datetime) -> str:
    """In UTC, where no hour comes twice."""
    return now.strftime("%Y-%m-%dT%H")


def every_minute(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M")


def every_ten_minutes(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M")[:-1]


async def run_due(database: Database, clock: Clock, jobs: tuple[Job, ...]) -> list[str]:
    """Run every job whose present period has no row yet; the names of those that ran here."""
    ran = []
    for job in jobs:
        period = job.period(clock.now())
        if not await database.write(claim_period, job.name, period, clock.now()):
            continue
        try:
            outcome = await job.run()
        except Exception as error:
            # One job that fails must not keep the others from running; the row tells the operator.
            log.error("the scheduled job %s failed: %s", job.name, without_text(error))
            outcome = f"failed: {type(error).__name__}"
        await database.write(note_outcome, job.name, period, outcome, clock.now())
        ran.append(job.name)
    return ran


def claim_period(connection: Connection, job: str, period: str, now: datetime) -> bool:
    """Whether this caller is the one to run the job for the period."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    claimed = connection.execute(
        make(ScheduledRun)
        .values(job=job, period=period, started_at=now, outcome="")
        .on_conflict_do_nothing()
        .returning(ScheduledRun.job)
    ).first()
    return claimed is not None


def note_outcome(connection: Connection, job: str, period: str, outcome: str, now: datetime) -> None:
    connection.execute(
        update(ScheduledRun)
        .where(ScheduledRun.job == job, ScheduledRun.period == period)
        .values(finished_at=now, outcome=outcome[:200])
    )


def purge_runs(connection: Connection, now: datetime) -> int:
    """Forget runs older than a month; how many."""
    return connection.execute(delete(ScheduledRun).where(ScheduledRun.started_at < now - KEEP_RUNS)).rowcount


def mark_worker_seen(connection: Connection, slot: int, boot: str, started_at: datetime, now: datetime) -> None:
    """Note that the worker of this slot is alive."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(
        make(WorkerSeen)
        .values(slot=slot, boot=boot, started_at=started_at, seen_at=now)
        .on_conflict_do_update(index_elements=["slot"], set_={"boot": boot, "started_at": started_at, "seen_at": now})
    )


def forget_worker(connection: Connection, slot: int) -> None:
    """Take a worker that ended off the list."""
    connection.execute(delete(WorkerSeen).where(WorkerSeen.slot == slot))


def other_workers_seen(connection: Connection, slot: int, before: datetime) -> list[int]:
    """The slots of other workers that were last seen before this moment: they may be gone, which their lock decides."""
    return list(
        connection.execute(
            select(WorkerSeen.slot)
            .where(WorkerSeen.slot != slot, WorkerSeen.seen_at < before)
            .order_by(WorkerSeen.slot)
        ).scalars()
    )
