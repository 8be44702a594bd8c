"""Running a calibration beside the pages: one at a time, in a child process, with its progress in the run's row."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from feedforward.assessment.calibration_actions import finish_run, mark_progress, refuse_run
from feedforward.assessment.calibration_order import Order
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.errors import TemporarilyUnavailable
from feedforward.logs import without_text

LONGEST_SECONDS = 900.0
TELL_EVERY = 1.0
WAITING_TELLS_EVERY = 30.0
STOPPED = "Calibrating stopped before it was done. Nothing was changed; start it again."

_one_at_a_time = threading.Lock()
log = logging.getLogger("feedforward.calibration")


def start_run(database: Database, clock: Clock, run_id: int, order: Order) -> threading.Thread:
    """Begin in a thread that only waits for the child; a page process that ends takes both with it."""
    thread = threading.Thread(
        target=_run, args=(database, clock, run_id, order.to_bytes()), name=f"calibration-{run_id}", daemon=True
    )
    thread.start()
    return thread


def _run(database: Database, clock: Clock, run_id: int, order: bytes) -> None:
    try:
        while not _one_at_a_time.acquire(timeout=WAITING_TELLS_EVERY):
            database.write_now(mark_progress, run_id, 0, clock.now())
        try:
            _watch(order, lambda message: _tell(database, clock, run_id, message))
        finally:
            _one_at_a_time.release()
    except Exception as error:
        # The row says to the instructor that it stopped; the log says why, without anybody's text.
        log.error("calibration %s failed: %s", run_id, without_text(error))
        _refuse(database, clock, run_id)


def _refuse(database: Database, clock: Clock, run_id: int) -> None:
    try:
        database.write_now(refuse_run, run_id, STOPPED, 0, clock.now())
    except TemporarilyUnavailable as error:
        log.error("calibration %s could not be marked as stopped: %s", run_id, without_text(error))


def _watch(order: bytes, tell: Callable[[dict[str, Any]], bool]) -> None:
    """Hand the order to a child and pass on what it says until the outcome is told; RuntimeError without one."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", "-m", "feedforward.assessment.calibration_child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PATH": os.environ.get("PATH", "")},
    )  # fmt: skip
    watchdog = threading.Timer(LONGEST_SECONDS, child.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        assert child.stdin is not None, "a pipe was asked for"
        assert child.stdout is not None, "a pipe was asked for"
        child.stdin.write(order)
        child.stdin.close()
        told = 0.0
        for line in child.stdout:
            message = json.loads(line)
            if "done" not in message:
                tell(message)
                return
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                if not tell(message):
                    return
        raise RuntimeError(f"the child ended with {child.wait()}")
    finally:
        watchdog.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _tell(database: Database, clock: Clock, run_id: int, message: dict[str, Any]) -> bool:
    """Write down what the child said; False where nobody waits for it any more."""
    now = clock.now()
    if "done" in message:
        return database.write_now(mark_progress, run_id, int(message["done"]), now)
    if "refused" in message:
        return database.write_now(refuse_run, run_id, str(message["refused"]), int(message["texts"]), now)
    return database.write_now(
        finish_run, run_id, fitted=json.dumps(message["fitted"]), figures=json.dumps(message["figures"]),
        texts=int(message["texts"]), now=now,
    )  # fmt: skip
