"""A model that takes two seconds and gives a valid answer: llmock with a delay and one reply."""

import contextlib
import json
import sys
from collections.abc import Iterator

import httpx

from benchmarks.seed import CRITERIA
from benchmarks.servers import HOST, free_port, running
from benchmarks.texts import COMMENTS, STEPS, SUMMARY, essay

SECONDS = 2.0
_SERVE = "from llmock.cli import app; app()"


def answer() -> str:
    """One key per criterion; every essay of the benchmark holds the quoted sentence."""
    quote = " ".join(essay(0).split()[:8])
    comment = {"kind": "improvement", "quote": quote, "looked_in": "", "text": COMMENTS[0], "next_step": STEPS[0]}
    return json.dumps(
        {
            "criteria": {
                f"c{place}": {"comments": [comment], "rationale": "It fits the description.", "score": 2 + place % 2}
                for place in range(1, len(CRITERIA) + 1)
            },
            "summary": SUMMARY,
        }
    )


@contextlib.contextmanager
def model_server() -> Iterator[str]:
    """The address of the running server."""
    port = free_port()
    command = [sys.executable, "-c", _SERVE, "serve", "--host", HOST, "--port", str(port), "--log-level", "warning"]
    with running(command, port, "/_llmock/requests"):
        address = f"http://{HOST}:{port}"
        behaviours = [
            {"type": "delay", "seconds": SECONDS, "times": None}, {"type": "reply", "text": answer(), "times": None}
        ]  # fmt: skip
        httpx.post(f"{address}/_llmock/scenario", json={"behaviors": behaviours}, trust_env=False).raise_for_status()
        yield address
