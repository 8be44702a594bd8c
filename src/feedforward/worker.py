"""The worker process: claims a slot, launches the durable engine, takes up what stands still, runs the schedules."""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import threading
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.engine_process import launch_engine, stop_engine
from feedforward.assessment.fail_points import Reached, fail_points, pass_by
from feedforward.assessment.lanes import lanes_of
from feedforward.assessment.planning import hand_over, somebody_waits
from feedforward.assessment.recovery import Recovered, recover, take_over
from feedforward.assessment.trial_desk import TrialDesk
from feedforward.assessment.workflow import register_workflows
from feedforward.drafts.lms_worker import ArchiveDesk, bring_in_until
from feedforward.errors import TemporarilyUnavailable
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import Gateway
from feedforward.logs import set_up_logging, without_text
from feedforward.mail.rounds import deliver_until
from feedforward.operations.jobs import scheduled_jobs
from feedforward.operations.schedules import Job, forget_worker, mark_worker_seen, other_workers_seen, run_due
from feedforward.operations.worker_slots import WorkerSlot, claim_worker_slot, every_worker_slot, optional_slot
from feedforward.web.came_from import WORKER, work_as
from feedforward.wiring import Wiring

log = logging.getLogger("feedforward.worker")

# A free lease is normally passed on the moment it is given back; this only catches readings whose pause is over.
HAND_OVER_EVERY = 0.5
LOOK_AROUND_EVERY = 5.0
NICENESS = 5
# A worker not seen for so long may be gone: whether it is, its slot's lock says.
SEEN_WITHIN = timedelta(seconds=2 * LOOK_AROUND_EVERY)


def desk_for(wiring: Wiring, gateway: Gateway, worker: WorkerIdentity, reached: Reached = pass_by) -> ReadingDesk:
    """The desk of one worker."""
    return ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=gateway,
        providers=wiring.providers, lanes=lanes_of(wiring.providers), engine=wiring.engine, worker=worker,
        tries=wiring.settings.reading_tries, reached=reached,
    )  # fmt: skip


def run_worker(wiring: Wiring, wait_for_stop: Callable[[asyncio.Event], None]) -> None:
    """Work until the event that `wait_for_stop` arranges, or until the slot is lost.

    What is under way then is finished, or taken up by the next worker. The engine runs workflows on a loop of its own.
    """
    settings = wiring.settings
    reached = fail_points(os.environ)
    slot = claim_worker_slot(wiring.database, settings.data_folder, settings.worker_slots)
    gateway = ModelGateway()
    desk = desk_for(wiring, gateway, WorkerIdentity(slot.number, secrets.token_hex(16)), reached)
    register_workflows(desk)
    archives = ArchiveDesk(wiring.database, wiring.content, settings, wiring.clock, wiring.engine.enqueue_feedback)
    launch_engine(settings.database_address, slot=slot.number, at_once=settings.worker_concurrency)

    async def live() -> None:
        stop = asyncio.Event()
        wait_for_stop(stop)
        if wiring.providers:
            # The model library takes seconds to import: it is there before the first draft is. A daemon, because a
            # worker that is asked to end while it imports must not wait for it.
            threading.Thread(target=gateway.prepare, args=(wiring.providers,), name="models", daemon=True).start()
        log.info("worker slot %s takes work", slot.number)
        beside = [
            asyncio.create_task(deliver_until(stop, wiring.delivery)),
            asyncio.create_task(bring_in_until(stop, archives)),
        ]
        try:
            await keep_house(wiring, desk, slot, stop)
        finally:
            stop.set()
            await asyncio.gather(*beside)

    try:
        asyncio.run(live())
    finally:
        stop_engine()
        with contextlib.suppress(TemporarilyUnavailable):
            wiring.database.write_now(forget_worker, slot.number)
        slot.let_go()
        log.info("worker slot %s ended", slot.number)


async def keep_house(wiring: Wiring, desk: ReadingDesk, slot: WorkerSlot, stop: asyncio.Event) -> None:
    """What a worker does beside its workflows, until it stops."""
    jobs = scheduled_jobs(wiring.database, wiring.content, wiring.settings, wiring.clock)
    started_at = wiring.clock.now()
    looked_around = 0.0
    loop = asyncio.get_running_loop()
    trials = TrialDesk(wiring.database, wiring.content, wiring.clock, desk.gateway, desk.providers, desk.lanes)
    while not stop.is_set():
        await unless_it_fails(hand_over_waiting(wiring, desk), "hand-over")
        await unless_it_fails(trials.begin_waiting(), "trials of rubrics")
        if loop.time() - looked_around > LOOK_AROUND_EVERY:
            looked_around = loop.time()
            if not slot.still_ours():
                log.error("worker slot %s was lost: stopping", slot.number)
                return
            await unless_it_fails(look_around(wiring, desk, started_at, jobs), "looking around")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), HAND_OVER_EVERY)


async def hand_over_waiting(wiring: Wiring, desk: ReadingDesk) -> None:
    """Hand over what waits. A worker with nothing to do only reads: it takes nobody the database's one writer."""
    if await wiring.database.read(somebody_waits, wiring.clock.now()):
        await wiring.database.write(hand_over, desk.engine, desk.lanes, wiring.clock.now())


async def look_around(wiring: Wiring, desk: ReadingDesk, started_at: datetime, jobs: tuple[Job, ...]) -> None:
    """Say that this worker lives, take up what stands still or was left by a worker that is gone, run what is due."""
    worker = desk.worker
    await wiring.database.write(mark_worker_seen, worker.slot, worker.boot, started_at, wiring.clock.now())
    for gone in await wiring.database.read(other_workers_seen, worker.slot, wiring.clock.now() - SEEN_WITHIN):
        await take_over_slot(wiring, desk, gone)
    await take_up(wiring, desk)
    await run_due(wiring.database, wiring.clock, jobs)


async def take_over_slot(wiring: Wiring, desk: ReadingDesk, number: int) -> None:
    """Hand on what a gone worker had in hand. Its slot is held meanwhile; a worker that only was slow keeps it."""
    slot = await asyncio.to_thread(optional_slot, wiring.database, wiring.settings.data_folder, number)
    if slot is None:
        return
    try:
        taken = await wiring.database.write(take_over, desk.engine, desk.lanes, number, wiring.clock.now())
        await wiring.database.write(forget_worker, number)
        log.warning("the worker of slot %s is gone: %s readings handed on", number, taken)
    finally:
        slot.let_go()


async def take_up(wiring: Wiring, desk: ReadingDesk, *, patience: bool = True) -> Recovered:
    """Set still-standing work going, and merge what nobody merges; one draft that fails does not keep the others."""
    recovered = await wiring.database.write(
        recover, desk.engine, desk.lanes, wiring.clock.now(), tries=desk.tries, patience=patience
    )
    for draft_id in recovered.to_begin:
        await unless_it_fails(desk.begin(draft_id), f"planning draft {draft_id}")
    for draft_id in recovered.to_merge:
        await unless_it_fails(desk.finish(draft_id), f"merging draft {draft_id}")
    return recovered


async def unless_it_fails(work: Coroutine[Any, Any, object], what: str) -> None:
    """Do it; a failure is told, and the worker goes on: the same work comes up again."""
    try:
        await work
    except TemporarilyUnavailable:
        log.warning("%s: the database is busy or away; trying again", what)
    except Exception as error:
        log.error("%s failed: %s", what, without_text(error))


def main(wiring: Wiring, *, with_parent: bool = False) -> None:
    """Run until SIGTERM or SIGINT, or, `with_parent`, until the process that started this one is gone."""
    set_up_logging(wiring.settings.log_level)
    work_as(WORKER)
    if with_parent and hasattr(os, "nice"):
        # Beside the pages on one machine: a reading may take a moment longer, a page that somebody waits for may not.
        os.nice(NICENESS)

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
    settings = wiring.settings
    desk = desk_for(wiring, ModelGateway(), WorkerIdentity(0, secrets.token_hex(16)))
    try:
        with every_worker_slot(wiring.database, settings.data_folder, settings.worker_slots):
            return asyncio.run(take_up(wiring, desk, patience=False))
    finally:
        wiring.close()
