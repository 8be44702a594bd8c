"""Starting what is measured in processes of its own, on loopback, and asking the kernel what they use."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from benchmarks.data import BUILD, ROOT

HOST = "127.0.0.1"
READY_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `process` and its children are what it costs."""

    process: psutil.Process
    port: int

    def family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return sum(sum(each.cpu_times()[:2]) for each in self.family())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(
    command: list[str], port: int, ready: str, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a command until it answers `ready` with 200; its words go to build/benchmarks/servers.log."""
    BUILD.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDFORWARD_")}
    with (BUILD / "servers.log").open("ab") as log:
        child = subprocess.Popen(
            command, cwd=ROOT, env={**kept, **(environment or {})}, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        server = Server(psutil.Process(child.pid), port)
        try:
            wait_for_page(port, ready, child)
            yield server
        finally:
            _stop(server, child)


def _stop(server: Server, child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        family = server.family()
        child.terminate()
        _, alive = psutil.wait_procs(family, timeout=20)
        for each in alive:
            each.kill()
    child.wait()


def wait_for_page(port: int, path: str, child: subprocess.Popen[bytes]) -> None:
    """Until the page is answered with 200."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with code {child.returncode}; see {BUILD / 'servers.log'}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.01)
    raise RuntimeError(f"no page after {READY_WITHIN:.0f} s; see {BUILD / 'servers.log'}")


@contextlib.contextmanager
def feedforward(folder: Path, *, workers: int = 1, with_worker: bool = False, **settings: str) -> Iterator[Server]:
    """`feedforward serve` on this data folder; `settings` are further environment variables without their prefix."""
    port = free_port()
    environment = {
        "FEEDFORWARD_DATA_FOLDER": str(folder), "FEEDFORWARD_PAGE_WORKERS": str(workers),
        "FEEDFORWARD_IDLE_MINUTES": "600",
        **{f"FEEDFORWARD_{name.upper()}": value for name, value in settings.items()},
    }  # fmt: skip
    command = [sys.executable, "-m", "feedforward.cli", "serve", "--port", str(port)]
    if not with_worker:
        command.append("--no-worker")
    with running(command, port, "/sign-in", environment) as server:
        yield server


@contextlib.contextmanager
def bare(workers: int) -> Iterator[Server]:
    """The yardstick under the same server."""
    port = free_port()
    command = [
        sys.executable, "-m", "uvicorn", "benchmarks.bare:make_app", "--factory", "--host", HOST, "--port", str(port),
        "--workers", str(workers), "--no-access-log", "--no-server-header", "--log-level", "warning",
    ]  # fmt: skip
    with running(command, port, "/") as server:
        yield server


def load(plan: dict[str, Any]) -> dict[str, Any]:
    """Run the load client with this plan, in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.client"], input=json.dumps(plan).encode(), capture_output=True, cwd=ROOT,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the load client failed: {done.stderr.decode().strip().splitlines()[-1]}")
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def get(path: str, port: int, cookie: str = "") -> str:
    """A GET as the load client sends it."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{_cookie(cookie)}\r\n"


def post(path: str, port: int, body: str, cookie: str) -> str:
    """A form posted from a page of the site."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{_cookie(cookie)}Origin: http://{HOST}:{port}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )


def _cookie(cookie: str) -> str:
    return f"Cookie: {cookie}\r\n" if cookie else ""
