"""The worker process: claims a slot, launches the durable engine, takes up what stands still, runs the schedules."""

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Connection

from feedforward.accounts.actions import purge_sign_in_traces
from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.engine import APPLICATION_NAME, APPLICATION_VERSION, ENGINE_SCHEMA, QUEUE
from feedforward.assessment.lanes import lanes_of
from feedforward.assessment.planning import hand_over
from feedforward.assessment.recovery import Recovered, recover
from feedforward.assessment.workflow import register_workflows
from feedforward.audit.sealing import seal_events
from feedforward.errors import RuleBroken, TemporarilyUnavailable
from feedforward.llm.gateways.litellm_gateway import LitellmGateway
from feedforward.llm.providers import Gateway
from feedforward.operations.schedules import Job, every_hour, every_minute, mark_worker_seen, purge_runs, run_due
from feedforward.operations.worker_slots import WorkerSlot, claim_worker_slot
from feedforward.retention.actions import erase_due, sweep_orphans
from feedforward.review.releasing import release_due
from feedforward.wiring import Wiring

log = logging.getLogger("feedforward.worker")

# A free lease is normally passed on the moment it is given back; this only catches readings whose pause is over.
HAND_OVER_EVERY = 0.5
LOOK_AROUND_EVERY = 10.0
FINISH_WITHIN = 8


def desk_for(wiring: Wiring, gateway: Gateway, worker: WorkerIdentity) -> ReadingDesk:
    """The desk of one worker."""
    return ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=gateway,
        providers=wiring.providers, lanes=lanes_of(wiring.providers), engine=wiring.engine, worker=worker,
        tries=wiring.settings.reading_tries,
    )  # fmt: skip


def run_worker(wiring: Wiring, wait_for_stop: Callable[[asyncio.Event], None]) -> None:
    """Work until the event that `wait_for_stop` arranges, or until the slot is lost.

    What is under way then is finished, or taken up by the next worker. The engine runs workflows on a loop of its own.
    """
    slot = claim_worker_slot(wiring.database, wiring.settings.data_folder, wiring.settings.worker_slots)
    boot = secrets.token_hex(16)
    gateway = LitellmGateway()
    desk = desk_for(wiring, gateway, WorkerIdentity(slot.number, boot))
    register_workflows(desk)
    launch_engine(wiring, slot)

    async def live() -> None:
        stop = asyncio.Event()
        wait_for_stop(stop)
        # The model library takes seconds to import: where models are configured it is there before the first draft is.
        warming = asyncio.create_task(gateway.warm_up()) if wiring.providers else None
        await keep_house(wiring, desk, slot, boot, stop)
        if warming is not None:
            await warming

    try:
        asyncio.run(live())
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=FINISH_WITHIN)
        slot.let_go()


def launch_engine(wiring: Wiring, slot: WorkerSlot) -> None:
    """Start the engine under this slot's name; it first takes up what the slot's last worker left unfinished."""
    config: DBOSConfig = {
        "name": APPLICATION_NAME,
        "system_database_url": wiring.settings.database_address,
        "dbos_system_schema": ENGINE_SCHEMA,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": APPLICATION_VERSION,
        "executor_id": f"slot-{slot.number}",
        "run_migrations": False,
        "log_level": "WARNING",
        "enable_otlp": False,
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(
        QUEUE, worker_concurrency=wiring.settings.worker_concurrency, polling_interval_sec=0.1,
        on_conflict="always_update",
    )  # fmt: skip


async def keep_house(wiring: Wiring, desk: ReadingDesk, slot: WorkerSlot, boot: str, stop: asyncio.Event) -> None:
    """What a worker does beside its workflows, until it stops."""
    jobs = jobs_of(wiring)
    looked_around = 0.0
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        try:
            await wiring.database.write(hand_over, desk.engine, desk.lanes, wiring.clock.now())
            if loop.time() - looked_around > LOOK_AROUND_EVERY:
                looked_around = loop.time()
                if not slot.still_ours():
                    log.error("worker slot %s was lost: stopping", slot.number)
                    return
                await wiring.database.write(mark_worker_seen, slot.number, boot, wiring.clock.now())
                await take_up(wiring, desk)
                await run_due(wiring.database, wiring.clock, jobs)
        except TemporarilyUnavailable:
            log.warning("the database is busy or away; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), HAND_OVER_EVERY)


async def take_up(wiring: Wiring, desk: ReadingDesk, *, patience: bool = True) -> Recovered:
    """Set still-standing work going, and merge what nobody merges."""

    def act(connection: Connection) -> Recovered:
        return recover(
            connection, wiring.engine, desk.lanes, wiring.clock.now(), tries=desk.tries, patience=patience
        )

    recovered = await wiring.database.write(act)
    for draft_id in recovered.to_merge:
        await desk.finish(draft_id)
    return recovered


def jobs_of(wiring: Wiring) -> tuple[Job, ...]:
    """The schedules; `release_due` also runs each time the worker looks around, so that set times are kept."""
    database, clock = wiring.database, wiring.clock

    async def seal() -> str:
        return f"{await database.write(seal_events, clock.now())} events sealed"

    async def clean_up() -> str:
        erased = await asyncio.to_thread(
            erase_due, database, wiring.content, unreleased_days=wiring.settings.unreleased_days,
            notice_days=wiring.settings.notice_days, now=clock.now(),
        )  # fmt: skip
        swept = await asyncio.to_thread(sweep_orphans, database, wiring.content, clock.now())
        traces = await database.write(purge_sign_in_traces, clock.now())
        await database.write(purge_runs, clock.now())
        return f"{erased} drafts erased, {swept} orphans swept, {traces} old sessions and sign-in traces removed"

    async def release() -> str:
        released = await asyncio.to_thread(
            release_due, database, wiring.content, retention_days=wiring.settings.retention_days, now=clock.now()
        )
        return f"{released} released"

    return (
        Job("seal audit events", every_minute, seal),
        Job("release what is due", every_minute, release),
        Job("privacy cleanup", every_hour, clean_up),
    )


def main(wiring: Wiring, *, with_parent: bool = False) -> None:
    """Run until SIGTERM or SIGINT, or, `with_parent`, until the process that started this one is gone."""

    def wait_for_stop(stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, stop.set)
        if with_parent:
            # The parent holds the other end of this pipe and never writes: it ends even when the parent is killed.
            loop.add_reader(0, stop.set)

    try:
        run_worker(wiring, wait_for_stop)
    finally:
        wiring.close()


def requeue_everything(wiring: Wiring) -> Recovered:
    """Take up all unfinished work whatever its age; RuleBroken while a worker runs, whose work it would take away."""
    slots = [
        claim_worker_slot(wiring.database, wiring.settings.data_folder, number + 1)
        for number in range(wiring.settings.worker_slots)
    ]
    if [slot.number for slot in slots] != list(range(wiring.settings.worker_slots)):
        raise RuleBroken("A worker is running. Stop every worker first, then run this again.")
    desk = desk_for(wiring, LitellmGateway(), WorkerIdentity(0, secrets.token_hex(16)))
    try:
        return asyncio.run(take_up(wiring, desk, patience=False))
    finally:
        for slot in slots:
            slot.let_go()
        wiring.close()
