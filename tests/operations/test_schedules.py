"""Schedules: once per period however many workers ask, made up once after a pause, none waits for one that fails."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedforward.clock import SetClock
from feedforward.operations.schedules import (
    Job,
    every_hour,
    every_minute,
    forget_worker,
    mark_worker_seen,
    other_workers_seen,
    purge_runs,
    run_due,
)
from feedforward.operations.tables import ScheduledRun
from feedforward.wiring import Wiring


class Counted:
    """A job that counts its runs, or fails."""

    def __init__(self, name: str, *, fails: bool = False) -> None:
        self.runs = 0
        self.fails = fails
        self.job = Job(name, every_hour, self.run)

    async def run(self) -> str:
        self.runs += 1
        if self.fails:
            raise ValueError("the student wrote: marmalade")
        return f"run {self.runs}"


def run(wiring: Wiring, *jobs: Counted) -> list[str]:
    return asyncio.run(run_due(wiring.database, wiring.clock, tuple(each.job for each in jobs)))


def outcomes(wiring: Wiring) -> list[str]:
    statement = select(ScheduledRun.outcome).order_by(ScheduledRun.period, ScheduledRun.job)
    return wiring.database.read_now(lambda connection: list(connection.execute(statement).scalars()))


def test_a_job_runs_once_per_hour_whoever_asks(wiring: Wiring, clock: SetClock) -> None:
    job = Counted("clean")
    assert [run(wiring, job), run(wiring, job)] == [["clean"], []]
    clock.moment += timedelta(hours=1)
    assert run(wiring, job) == ["clean"]
    assert outcomes(wiring) == ["run 1", "run 2"]


def test_a_pause_of_days_is_made_up_with_one_run(wiring: Wiring, clock: SetClock) -> None:
    job = Counted("clean")
    run(wiring, job)
    clock.moment += timedelta(days=3)
    run(wiring, job)
    assert job.runs == 2


def test_a_job_that_fails_keeps_no_other_waiting_and_its_words_are_not_kept(
    wiring: Wiring, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Counted("bad", fails=True), Counted("good")
    assert run(wiring, bad, good) == ["bad", "good"]
    assert outcomes(wiring) == ["failed: ValueError", "run 1"]
    assert "ValueError" in caplog.text
    assert "marmalade" not in caplog.text


def test_old_runs_are_forgotten(wiring: Wiring, clock: SetClock) -> None:
    run(wiring, Counted("clean"))
    assert wiring.database.write_now(purge_runs, clock.now() + timedelta(days=29)) == 0
    assert wiring.database.write_now(purge_runs, clock.now() + timedelta(days=31)) == 1


def test_workers_that_were_not_seen_for_a_while_are_found_and_those_that_ended_are_not(
    wiring: Wiring, clock: SetClock
) -> None:
    started = clock.now()
    for slot in (0, 1, 2):
        wiring.database.write_now(mark_worker_seen, slot, f"boot-{slot}", started, clock.now())
    clock.moment += timedelta(seconds=30)
    wiring.database.write_now(mark_worker_seen, 2, "boot-2", started, clock.now())
    before = clock.now() - timedelta(seconds=10)
    assert wiring.database.read_now(other_workers_seen, 0, before) == [1]
    wiring.database.write_now(forget_worker, 1)
    assert wiring.database.read_now(other_workers_seen, 0, before) == []


def test_periods_have_names_that_come_once(clock: SetClock) -> None:
    assert every_hour(clock.now()) == "2026-11-16T12"
    assert every_minute(clock.now()) == "2026-11-16T12:00"
