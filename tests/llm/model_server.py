"""A model provider that speaks the wire formats of OpenAI and Anthropic and fails on demand, for any test to use."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

SERVE = "from llmock.cli import app; app()"
READY_WITHIN_SECONDS = 30.0


@dataclass(frozen=True)
class ModelServer:
    """The running server; `openai_url` and `anthropic_url` are what a provider's base URL would be."""

    address: str

    @property
    def openai_url(self) -> str:
        return f"{self.address}/v1"

    @property
    def anthropic_url(self) -> str:
        return f"{self.address}/anthropic"

    def behave(self, *behaviours: dict[str, Any]) -> None:
        """Forgets all behaviours and takes these: see the scenario API of llmock."""
        self.post("/_llmock/reset", {})
        if behaviours:
            self.post("/_llmock/scenario", {"behaviors": list(behaviours)})

    def answer(self, text: str, *, times: int | None = None) -> None:
        """Answers the next calls (all of them by default) with `text`."""
        self.behave({"type": "reply", "text": text, "times": times})

    def fail(self, status: int, **more: Any) -> None:
        """Answers all calls with this HTTP status; `retry_after`, `message` and `code` as llmock takes them."""
        self.behave({"type": "fail", "status": status, "times": None, **more})

    def requests(self) -> list[dict[str, Any]]:
        """What was asked since the last `behave`, as llmock's journal shows it."""
        with urllib.request.urlopen(f"{self.address}/_llmock/requests", timeout=10) as response:
            listed: list[dict[str, Any]] = json.load(response)["requests"]
        return listed

    def post(self, path: str, body: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=10):
            pass


def started_model_server() -> Iterator[ModelServer]:
    """Runs the server on a free loopback port until the generator is closed."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "")},
    )
    try:
        wait_until_open(port, process)
        yield ModelServer(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def model_server() -> Iterator[ModelServer]:
    """One server for the whole test session; call `behave()` (or `answer`, `fail`) before using it."""
    yield from started_model_server()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the model server ended at once with code {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the model server did not start in time")
