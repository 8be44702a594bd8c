"""The scheduled jobs: what each does and how often."""

import asyncio

from feedforward.accounts.actions import purge_sign_in_traces
from feedforward.assessment.engine_process import purge_engine_records
from feedforward.audit.sealing import seal_events
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.operations.schedules import Job, every_hour, every_minute, purge_runs
from feedforward.retention.actions import erase_due, sweep_orphans
from feedforward.review.releasing import release_due
from feedforward.settings import Settings
from feedforward.storage.content import ContentStore


def scheduled_jobs(database: Database, content: ContentStore, settings: Settings, clock: Clock) -> tuple[Job, ...]:
    """All of them, for a process in which the engine runs."""

    async def seal() -> str:
        return f"{await database.write(seal_events, clock.now())} events sealed"

    async def clean_up() -> str:
        erased = await asyncio.to_thread(
            erase_due, database, content, unreleased_days=settings.unreleased_days, notice_days=settings.notice_days,
            now=clock.now(),
        )  # fmt: skip
        swept = await asyncio.to_thread(sweep_orphans, database, content, clock.now())
        traces = await database.write(purge_sign_in_traces, clock.now())
        await database.write(purge_runs, clock.now())
        return f"{erased} drafts erased, {swept} orphans swept, {traces} old sessions and sign-in traces removed"

    async def purge() -> str:
        return f"{await purge_engine_records(clock.now())} records of the engine removed"

    async def release() -> str:
        released = await asyncio.to_thread(
            release_due, database, content, retention_days=settings.retention_days, now=clock.now()
        )
        return f"{released} released"

    return (
        Job("seal audit events", every_minute, seal),
        Job("release what is due", every_minute, release),
        Job("privacy cleanup", every_hour, clean_up),
        Job("engine cleanup", every_hour, purge),
    )
