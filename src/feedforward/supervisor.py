"""`feedforward serve`: the pages, and one worker process beside them that is started again when it ends."""

import contextlib
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from feedforward.errors import RuleBroken
from feedforward.logs import logging_config, set_up_logging
from feedforward.settings import Settings

log = logging.getLogger("feedforward.supervisor")

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# A worker that lived this long had started well: its next start need not wait.
HEALTHY_AFTER = 60.0
STOPS_WITHIN = 15
# The pages come first: two processes that start at once make somebody who waits for a page wait longer.
STARTS_AFTER = 1.5


class SupervisedWorker:
    """One `feedforward worker` child; it ends when this process does, even when this process is killed."""

    def __init__(self, starts_after: float = 0.0) -> None:
        self._starts_after = starts_after
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
        self._stopping.wait(self._starts_after)
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


class SharedAddress(socket.socket):
    """A bound socket that becomes one of its own, at the same address, in each process it is handed to.

    The kernel then deals new connections out evenly. From one common socket whichever process wakes first takes all
    that wait, and a class that arrives together would be served by a single one.
    """

    def __reduce__(self) -> tuple[Callable[..., "SharedAddress"], tuple[int, tuple[str, int]]]:
        return _bound, (int(self.family), self.getsockname()[:2])


def shared_address(host: str, port: int) -> socket.socket:
    """The address several page processes serve; RuleBroken where somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without sharing first: a second FeedForward on this port would otherwise silently get half of the visitors.
    alone = socket.socket(family)
    try:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        alone.bind((host, port))
        if sys.platform != "linux":
            alone.set_inheritable(True)
            return alone
        alone.close()
        return _bound(family, (host, port))
    except OSError as error:
        alone.close()
        raise RuleBroken(f"Nothing can be served at {host}, port {port}: {(error.strerror or 'no').lower()}.") from None


def _bound(family: int, address: tuple[str, int]) -> SharedAddress:
    bound = SharedAddress(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    bound.bind(address)
    return bound


def serve_alone(config: uvicorn.Config) -> None:
    """Serve from this process; SystemExit where it cannot start."""
    server = uvicorn.Server(config)
    # Ctrl-C is how somebody who tried it out stops it: no traceback.
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


def serve(settings: Settings, *, with_worker: bool = True) -> None:
    """Serve pages until stopped. RuleBroken where these settings would serve real people unsafely."""
    settings.require_safe_to_serve()
    set_up_logging(settings.log_level)
    worker = SupervisedWorker(STARTS_AFTER) if with_worker else None
    if worker is not None:
        worker.start()
    config = uvicorn.Config(
        "feedforward.app:make_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.page_workers,
        log_level=None,
        log_config=logging_config(settings.log_level),
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
    )
    try:
        if settings.page_workers > 1:
            Multiprocess(config, sockets=[shared_address(settings.host, settings.port)]).run()
        else:
            serve_alone(config)
    finally:
        if worker is not None:
            worker.stop()
