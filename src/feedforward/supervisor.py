"""`feedforward serve`: the pages, and one worker process beside them that is started again when it ends."""

import logging
import os
import subprocess
import sys
import threading
import time

import uvicorn

from feedforward.logs import logging_config, set_up_logging
from feedforward.settings import Settings

log = logging.getLogger("feedforward.supervisor")

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# A worker that lived this long had started well: its next start need not wait.
HEALTHY_AFTER = 60.0
STOPS_WITHIN = 15


class SupervisedWorker:
    """One `feedforward worker` child; it ends when this process does, even when this process is killed."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, name="worker-supervisor", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to finish, and wait for it."""
        self._stopping.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                child.kill()
        self._thread.join(STOPS_WITHIN)

    def _keep_running(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            # The pipe is never written to: the child reads it to its end, which comes when this process is gone.
            self._child = subprocess.Popen(
                [sys.executable, "-m", "feedforward.cli", "worker", "--with-parent"],
                stdin=subprocess.PIPE,
                env=os.environ,
            )
            code = self._child.wait()
            if self._stopping.is_set():
                return
            log.error("the worker ended with code %s; starting it again in %.1f s", code, pause)
            self._stopping.wait(pause)
            pause = SHORTEST_PAUSE if time.monotonic() - started > HEALTHY_AFTER else min(pause * 2, LONGEST_PAUSE)


def serve(settings: Settings, *, with_worker: bool = True) -> None:
    """Serve pages until stopped. RuleBroken where these settings would serve real people unsafely."""
    settings.require_safe_to_serve()
    set_up_logging(settings.log_level)
    worker = SupervisedWorker() if with_worker else None
    if worker is not None:
        worker.start()
    try:
        uvicorn.run(
            "feedforward.app:make_app",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.page_workers if settings.page_workers > 1 else None,
            log_level=None,
            log_config=logging_config(settings.log_level),
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_graceful_shutdown=10,
        )
    finally:
        if worker is not None:
            worker.stop()
