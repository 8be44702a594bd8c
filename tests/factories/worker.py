"""Real workers: processes of their own, as the command line starts them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from feedforward.settings import Settings
from feedforward.wiring import Wiring
from tests.llm.model_server import ModelServer

COMMAND = ("-m", "feedforward.cli", "worker")


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """What a command of ours needs to find this installation, and nothing of the developer's own."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", ""),
        "FEEDFORWARD_DATA_FOLDER": str(settings.data_folder),
        "FEEDFORWARD_DATABASE_URL": settings.database_url,
        "FEEDFORWARD_PROVIDERS": json.dumps(settings.providers),
        "FEEDFORWARD_READING_TRIES": str(settings.reading_tries),
        "FEEDFORWARD_LOG_LEVEL": "INFO",
        **more,
    }


class WorkerProcess:
    """`feedforward worker`; what it writes is kept in `log`."""

    def __init__(self, settings: Settings, log: Path, **more: str) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND], stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                env=environment(settings, **more),
            )  # fmt: skip

    def kill(self) -> None:
        """As the kernel would, with no chance to tidy up."""
        self.process.kill()
        self.process.wait()

    def wait_for_death(self, seconds: float = 30.0) -> int:
        """Wait until it ends by itself; its exit code."""
        return self.process.wait(seconds)

    def stop(self) -> int:
        """As an operator would; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def wait_until_ready(self, seconds: float = 30.0) -> None:
        """Until it says that it takes work."""
        end = time.monotonic() + seconds
        while "takes work" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.02)


@contextmanager
def running_worker(wiring: Wiring, **more: str) -> Iterator[WorkerProcess]:
    """A worker for as long as the block lasts."""
    worker = WorkerProcess(wiring.settings, log_in(wiring), **more)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.stop()


def log_in(wiring: Wiring) -> Path:
    """A file for the next worker's output."""
    folder = wiring.settings.data_folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"worker-{len(list(folder.glob('worker-*.log'))) + 1}.log"


def mock_provider(server: ModelServer, *models: str, **changed: Any) -> Mapping[str, Any]:
    """The fields of a provider that is the model server."""
    return {
        "kind": "openai_compatible", "base_url": server.openai_url, "api_key": "sk-test-canary-5521",
        "models": list(models or ("small",)), "concurrency": 4, "timeout_seconds": 10, **changed,
    }  # fmt: skip
