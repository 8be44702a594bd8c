"""The scheduled jobs: what each does and how often."""

import asyncio
from datetime import datetime, timedelta

from feedforward.accounts.actions import purge_sign_in_traces
from feedforward.accounts.email_actions import purge_email_changes
from feedforward.accounts.registration_actions import purge_registrations
from feedforward.assessment.engine_process import purge_engine_records
from feedforward.assessment.trial_actions import erase_due_trials
from feedforward.assignments.publication_actions import publish_due
from feedforward.assignments.text_travel import providers_of
from feedforward.audit.origin import erase_addresses
from feedforward.audit.sealing import seal_events
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.drafts.lms_actions import sweep_archives
from feedforward.feedback.due_reminders import remind_before_due
from feedforward.llm.readers import BUILT_IN, reader_names
from feedforward.mail.digest import fold_held
from feedforward.mail.purging import purge_messages, sweep_letters
from feedforward.mail.rules import Template
from feedforward.operations.queries import last_success
from feedforward.operations.schedules import Job, every_hour, every_minute, every_ten_minutes, purge_runs
from feedforward.retention.actions import erase_due, sweep_orphans
from feedforward.review.letters import DRAFTS_WAITING, SOMETHING_FAILED, staff_to_tell, tell_staff
from feedforward.review.releasing import release_due
from feedforward.settings import Settings
from feedforward.storage.content import ContentStore

# What a change says of its time is older than its commit: looked at too soon, it would be told of never.
COMMITTED_AFTER = timedelta(minutes=1)
TELL_WAITING = "tell of drafts that wait"
TELL_FAILED = "tell of what failed"


def scheduled_jobs(database: Database, content: ContentStore, settings: Settings, clock: Clock) -> tuple[Job, ...]:
    """All of them, for a process in which the engine runs."""

    async def seal() -> str:
        sealed = 0
        while chained := await database.write(seal_events, clock.now()):
            sealed += chained
        return f"{sealed} events sealed"

    async def clean_up() -> str:
        erased = await asyncio.to_thread(
            erase_due, database, content, unreleased_days=settings.unreleased_days, notice_days=settings.notice_days,
            now=clock.now(),
        )  # fmt: skip
        erased += await asyncio.to_thread(erase_due_trials, database, content, clock.now())
        swept = await asyncio.to_thread(sweep_orphans, database, content, clock.now())
        for content_id in await database.write(sweep_archives, clock.now()):
            await asyncio.to_thread(content.erase, content_id)
        traces = await database.write(purge_sign_in_traces, clock.now())
        await database.write(purge_registrations, clock.now())
        await database.write(purge_email_changes, clock.now())
        await database.write(purge_runs, clock.now())
        while await database.write(erase_addresses, clock.now() - timedelta(days=settings.audit_address_days)):
            pass
        return f"{erased} drafts erased, {swept} orphans swept, {traces} old sessions and sign-in traces removed"

    async def purge() -> str:
        return f"{await purge_engine_records(clock.now())} records of the engine removed"

    async def release() -> str:
        released = await asyncio.to_thread(
            release_due, database, content, retention_days=settings.retention_days, now=clock.now()
        )
        return f"{released} released"

    async def publish() -> str:
        offered = (BUILT_IN, *reader_names(providers_of(settings)))
        published = await asyncio.to_thread(publish_due, database, offered=offered, now=clock.now())
        return f"{published} published"

    async def remind() -> str:
        return f"{await asyncio.to_thread(remind_before_due, database, clock.now())} students reminded"

    async def tell(template: Template, job: str, usual: timedelta) -> str:
        now = clock.now()
        since = await database.read(last_success, job) or now - usual
        told = await database.read_slow(staff_to_tell, template, since - COMMITTED_AFTER, now - COMMITTED_AFTER)
        return f"{await database.write(tell_staff, template, told, now)} notices posted"

    async def tell_waiting() -> str:
        return await tell(DRAFTS_WAITING, TELL_WAITING, timedelta(hours=1))

    async def tell_failed() -> str:
        return await tell(SOMETHING_FAILED, TELL_FAILED, timedelta(minutes=10))

    async def digests() -> str:
        people = 0
        while folded := await database.write(fold_held, clock.now()):
            people += folded
        return f"{people} digests posted"

    async def forget_mail() -> str:
        rows = await database.write(purge_messages, clock.now())
        letters = await asyncio.to_thread(sweep_letters, settings.data_folder / "outbox", clock.now())
        return f"{rows} messages and {letters} letters removed"

    def digest_day(now: datetime) -> str:
        return (now - timedelta(hours=settings.digest_hour)).strftime("%Y-%m-%d")

    return (
        Job("seal audit events", every_minute, seal),
        Job("release what is due", every_minute, release),
        Job("publish what is due", every_minute, publish),
        Job("remind before due dates", every_ten_minutes, remind),
        Job("privacy cleanup", every_hour, clean_up),
        Job("engine cleanup", every_hour, purge),
        Job(TELL_WAITING, every_hour, tell_waiting),
        Job(TELL_FAILED, every_ten_minutes, tell_failed),
        Job("daily digests", digest_day, digests),
        Job("mail cleanup", every_hour, forget_mail),
    )
