"""Kill -9 at every step: nothing acknowledged is lost, every reading is stored once, nothing stands still."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from feedforward.assessment.fail_points import POINTS
from feedforward.assessment.tables import Call
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.wiring import Wiring
from tests.factories.installation import on_postgresql, on_sqlite
from tests.factories.pipeline import Pipeline, make_pipeline, model_answer, reader
from tests.factories.worker import WorkerProcess, environment, log_in, mock_provider, running_worker
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

# How often each point is tried: CRASH_ROUNDS=20 is the long run.
ROUNDS = int(os.environ.get("CRASH_ROUNDS", "1"))
RECOVERS_WITHIN = 45.0
Opened = Callable[..., AbstractContextManager[Wiring]]


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path, model_server: ModelServer) -> Iterator[Wiring]:
    model_server.behave()
    with on_sqlite(tmp_path / "data", migrated_file, {"mock": mock_provider(model_server)}) as wiring:
        yield wiring


@pytest.fixture
def postgresql(postgres_address: str, tmp_path: Path, model_server: ModelServer) -> Iterator[Wiring]:
    model_server.behave()
    with on_postgresql(tmp_path / "data", postgres_address, {"mock": mock_provider(model_server)}) as wiring:
        yield wiring


def crash_and_recover(wiring: Wiring, point: str, name: str = "built-in") -> Pipeline:
    """One worker dies at the point, the next one finishes; what must hold afterwards, whatever the point."""
    pipe = make_pipeline(wiring, reader(name, runs=2))
    draft_id = pipe.hand_in()
    dying = WorkerProcess(wiring.settings, log_in(wiring), FEEDFORWARD_FAIL_AT=point)
    assert dying.wait_for_death(60) == -signal.SIGKILL, dying.log.read_text()
    assert pipe.status(draft_id) in ("submitted", "reading", "merging", "awaiting_review")
    with running_worker(wiring) as worker:
        worker.wait_until_ready()
        pipe.wait(draft_id, seconds=RECOVERS_WITHIN)
        log = worker.log.read_text()
    assert "failed" not in log
    assert pipe.status(draft_id) == "awaiting_review"
    assert [each.status for each in pipe.readings(draft_id)] == ["done", "done"]
    outcomes = Counter(each.outcome for each in pipe.calls(draft_id))
    assert outcomes["done"] == 2
    # At most the calls that were in flight are made again.
    assert outcomes["lost"] <= 2
    assert set(outcomes) <= {"done", "lost"}
    assert pipe.value(select(func.count()).select_from(Feedback).where(Feedback.draft_id == draft_id)) == 1
    return pipe


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_worker_that_is_killed_leaves_nothing_behind(sqlite: Wiring, point: str, turn: int) -> None:
    crash_and_recover(sqlite, point)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["after-claim", "after-store:2", "during-merge"])
def test_a_worker_that_is_killed_leaves_nothing_behind_on_postgresql(postgresql: Wiring, point: str) -> None:
    crash_and_recover(postgresql, point)


@pytest.mark.slow
def test_only_calls_in_flight_are_paid_for_twice(sqlite: Wiring, model_server: ModelServer) -> None:
    pipe = make_pipeline(sqlite, reader("mock/small", runs=2))
    answer = {"type": "reply", "text": model_answer(pipe.criteria), "times": None}
    model_server.behave({"type": "delay", "seconds": 1.5, "times": None}, answer)
    draft_id = pipe.hand_in()
    dying = WorkerProcess(sqlite.settings, log_in(sqlite), FEEDFORWARD_FAIL_AT="during-call:2")
    dying.wait_for_death(90)
    in_flight = pipe.value(select(func.count()).select_from(Call).where(Call.finished_at.is_(None)))
    with running_worker(sqlite):
        pipe.wait(draft_id, seconds=90)
    assert pipe.status(draft_id) == "awaiting_review"
    assert len(model_server.requests()) <= 2 + in_flight
    assert Counter(each.outcome for each in pipe.calls(draft_id)) == {"lost": in_flight, "done": 2}


@pytest.mark.slow
def test_a_draft_that_was_acknowledged_before_the_pages_died_is_read(sqlite: Wiring) -> None:
    """The process that took the draft in is killed between its commit and its reply."""
    pipe = make_pipeline(sqlite, reader("built-in"))
    student_id, draft_id = pipe.keep()
    script = (
        "import os, signal, sys\n"
        "from feedforward.clock import SystemClock\n"
        "from feedforward.drafts.actions import submit_draft\n"
        "from feedforward.settings import read_settings\n"
        "from feedforward.wiring import Wiring\n"
        "wiring = Wiring(read_settings())\n"
        f"wiring.database.write_now(submit_draft, student_id={student_id}, draft_id={draft_id},\n"
        "    now=SystemClock().now(), start_feedback=wiring.start_feedback)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], env=environment(sqlite.settings), check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert pipe.status(draft_id) == "submitted"
    with running_worker(sqlite):
        pipe.wait(draft_id, seconds=60)
    assert pipe.status(draft_id) == "awaiting_review"


@pytest.mark.slow
def test_a_submitted_draft_whose_start_was_lost_is_begun_all_the_same(sqlite: Wiring) -> None:
    pipe = make_pipeline(sqlite, reader("built-in"))
    draft_id = pipe.hand_in(start=lambda *_: None)
    with running_worker(sqlite) as worker:
        worker.wait_until_ready()
        pipe.wait(draft_id, seconds=40)
    assert pipe.status(draft_id) == "awaiting_review"


def test_two_workers_share_the_work_and_one_that_dies_is_replaced_by_the_other(
    postgresql: Wiring, model_server: ModelServer
) -> None:
    pipe = make_pipeline(postgresql, reader("mock/small", runs=2))
    answer: dict[str, Any] = {"type": "reply", "text": model_answer(pipe.criteria), "times": None}
    model_server.behave({"type": "delay", "seconds": 1, "times": None}, answer)
    with running_worker(postgresql, FEEDFORWARD_WORKER_CONCURRENCY="2") as one:
        one.wait_until_ready()
        with running_worker(postgresql, FEEDFORWARD_WORKER_CONCURRENCY="2") as other:
            other.wait_until_ready()
            drafts = [pipe.hand_in() for _ in range(6)]
            pipe.wait(*drafts, seconds=90)
            calls = [call for draft_id in drafts for call in pipe.calls(draft_id)]
            assert len(model_server.requests()) == len(calls) == 12
            assert {call.slot for call in calls} == {0, 1}
            assert {pipe.status(each) for each in drafts} == {"awaiting_review"}
            more = [pipe.hand_in() for _ in range(4)]
            open_there = select(func.count()).select_from(Call).where(Call.finished_at.is_(None), Call.slot == 1)
            end = time.monotonic() + 30
            while not pipe.value(open_there) and time.monotonic() < end:
                time.sleep(0.02)
            other.kill()
            pipe.wait(*more, seconds=60)
            assert {pipe.status(each) for each in more} == {"awaiting_review"}
            assert {len([one for one in pipe.readings(each) if one.status == "done"]) for each in more} == {2}
            assert pipe.value(select(func.count()).select_from(Draft).where(Draft.id.in_(more))) == 4
