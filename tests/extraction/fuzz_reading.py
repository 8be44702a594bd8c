"""The process that reads many spoilt files one after the other, and what became of them."""

import select
import struct
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from json import dumps, loads
from typing import IO

from feedforward.extraction.limits import Limits
from feedforward.extraction.refusal import RefusalKind
from tests.extraction.fuzzing import Sample

LIMITS = Limits()
AFTER = 400
"""A reading process is exchanged after so many files, so that what one file leaves behind does not count for ever."""

# The child's own work, in a loop: same walls on memory and files, its time judged from outside.
READER = """
import struct, sys
from feedforward.extraction import child
from feedforward.extraction.limits import Limits
import json
child.confine(Limits(cpu_seconds=100000))
while head := sys.stdin.buffer.read(4):
    request = sys.stdin.buffer.read(struct.unpack("<I", head)[0])
    answer = json.dumps(child.answer(request)).encode("ascii")
    sys.stdout.buffer.write(struct.pack("<I", len(answer)) + answer)
    sys.stdout.buffer.flush()
"""


@dataclass
class Outcome:
    """What became of the files: how many gave a text, how many were refused for which reason, and what went wrong."""

    documents: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    died: list[Sample] = field(default_factory=list)
    hung: list[Sample] = field(default_factory=list)
    nonsense: list[Sample] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def tried(self) -> int:
        return self.documents + self.refused.total() + len(self.died) + len(self.hung) + len(self.nonsense)


class Reading:
    """A process that reads one file after the other as the product's child does; a dead one is replaced."""

    def __init__(self) -> None:
        self.outcome = Outcome()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def read(self, sample: Sample) -> None:
        process = self._ready()
        assert process.stdin is not None
        assert process.stdout is not None
        head = dumps({"file_name": sample.name, "limits": asdict(LIMITS)}).encode() + b"\n"
        started = time.monotonic()
        try:
            process.stdin.write(struct.pack("<I", len(head) + len(sample.data)) + head + sample.data)
            process.stdin.flush()
            answer = _answer(process.stdout, started + LIMITS.wall_seconds)
        except BrokenPipeError:
            answer = b""
        self.outcome.slowest = max(self.outcome.slowest, time.monotonic() - started)
        if answer is None:
            self.outcome.hung.append(sample)
        elif not answer:
            self.outcome.died.append(sample)
        else:
            self._judge(sample, loads(answer))
            return
        self.close()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _judge(self, sample: Sample, told: dict[str, dict[str, object]]) -> None:
        if refused := told.get("refused"):
            self.outcome.refused[RefusalKind(str(refused["kind"]))] += 1
        elif _is_whole(told.get("document") or {}):
            self.outcome.documents += 1
        else:
            self.outcome.nonsense.append(sample)

    def _ready(self) -> subprocess.Popen[bytes]:
        self._read += 1
        if self._read % AFTER == 0:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", READER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def _answer(pipe: IO[bytes], until: float) -> bytes | None:
    """The whole answer; b"" where the process died, None where it took too long."""
    ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
    if not ready:
        return None
    head = pipe.read(4)
    return pipe.read(struct.unpack("<I", head)[0]) if len(head) == 4 else b""


def _is_whole(document: dict[str, object]) -> bool:
    """Whether the document's blocks lie in its text in order and it holds words."""
    text, blocks = document.get("text"), document.get("blocks")
    if not isinstance(text, str) or not isinstance(blocks, list) or not text.strip():
        return False
    edges = [edge for block in blocks for edge in (block["start"], block["end"])]
    turns = all(block["start"] < at < block["end"] for block in blocks for at, _, _ in block.get("turns", ()))
    return bool(edges) and edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= len(text) and turns
