"""Spoilt files: mutations of whole ones, and random bytes under every name; and the process that reads many of them."""

import io
import random
import re
import select
import struct
import subprocess
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from json import dumps, loads
from typing import IO

from feedforward.extraction.limits import Limits
from feedforward.extraction.refusal import RefusalKind

NAMES = (
    "a.docx", "a.pptx", "a.odt", "a.epub", "a.pdf", "a.rtf", "a.md", "a.ipynb", "a.txt", "a.py", "a.xml", "a", "a.doc"
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole file, and the name it came under."""

    name: str
    data: bytes


class Spoiler:
    """Makes spoilt files out of whole ones, the same for the same seed."""

    def __init__(self, corpus: Sequence[Sample], seed: int) -> None:
        self._corpus = corpus
        self._chance = random.Random(seed)

    def next(self) -> Sample:
        chance = self._chance
        if chance.random() < 0.08:
            return Sample(chance.choice(NAMES), chance.randbytes(chance.choice((1, 40, 4000, 100_000))))
        sample = chance.choice(self._corpus)
        data = sample.data
        if data.startswith(b"PK") and chance.random() < 0.7:
            data = self._rezipped(data)
        else:
            for _ in range(chance.choice((1, 1, 2, 6))):
                data = self._spoilt(data)
        return Sample(chance.choice(NAMES) if chance.random() < 0.1 else sample.name, data)

    def _spoilt(self, data: bytes) -> bytes:
        chance = self._chance
        if not data:
            return chance.randbytes(20)
        at = chance.randrange(len(data))
        length = min(len(data) - at, chance.choice((1, 8, 100, 5000)))
        match chance.randrange(9):
            case 0:
                flipped = bytearray(data)
                for _ in range(chance.choice((1, 10, 200))):
                    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
                return bytes(flipped)
            case 1:
                return data[:at]
            case 2:
                return data[at:]
            case 3:
                return data[:at] + chance.randbytes(length) + data[at + length :]
            case 4:
                return data[:at] + data[at : at + length] * chance.choice((2, 20)) + data[at + length :]
            case 5:
                return data[:at] + data[at + length :]
            case 6:
                other = chance.choice(self._corpus).data
                start = chance.randrange(max(1, len(other)))
                return data[:at] + other[start : start + length] + data[at:]
            case 7:
                found = list(re.finditer(rb"-?\d+", data))
                if not found:
                    return data
                number = chance.choice(found)
                huge = chance.choice(
                    (b"-1", b"0", b"99999999999999999999", b"4294967296", b"2147483647", b"1e999", b"NaN")
                )
                return data[: number.start()] + huge + data[number.end() :]
            case _:
                return self._marked_up(data)

    def _marked_up(self, data: bytes) -> bytes:
        """Tags and words of the file's own language, moved to where they do not belong."""
        chance = self._chance
        tags = [
            found.span() for found in re.finditer(rb"<[^<>]{1,300}>|\\[a-z]+-?\d*|\"[^\"]{0,100}\"|/[A-Z]\w+", data)
        ]
        if len(tags) < 2:
            return data
        (start, end), (first, last) = chance.choice(tags), chance.choice(tags)
        tag = data[first:last]
        match chance.randrange(5):
            case 0:
                return data[:start] + data[end:]
            case 1:
                return data[:start] + tag + data[start:]
            case 2:
                return data[:start] + tag + data[end:]
            case 3:
                return data[:start] + tag * chance.choice((50, 3000)) + data[start:]
            case _:
                name = re.match(rb"<([\w:]+)", tag)
                if name is None:
                    return data[:start] + b"{\\b" * 2000 + data[start:]
                deep = chance.choice((20, 2000, 60_000))
                return data[:start] + b"<%s>" % name[1] * deep + b"</%s>" % name[1] * deep + data[start:]

    def _rezipped(self, data: bytes) -> bytes:
        """The package with one part spoilt, exchanged, dropped, doubled or replaced by a whole other file."""
        chance = self._chance
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(each.file_size for each in archive.infolist()) > 4_000_000:
                    return self._spoilt(data)
                parts = [(name, archive.read(name)) for name in archive.namelist()]
        except Exception:  # a file of the corpus may be broken on purpose
            return self._spoilt(data)
        if not parts:
            return self._spoilt(data)
        index, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        name, content = parts[index]
        match chance.randrange(8):
            case 0:
                parts[index], parts[other] = (name, parts[other][1]), (parts[other][0], content)
            case 1:
                del parts[index]
            case 2:
                parts[index] = (chance.choice(("../x", "/x", parts[other][0], name.upper(), "\u202ex")), content)
            case 3:
                parts[index] = (name, chance.choice(self._corpus).data)
            case 4:
                parts.append((f"{name}{chance.randrange(9)}", data))
            case _:
                for _ in range(chance.choice((1, 3))):
                    content = self._spoilt(content)
                parts[index] = (name, content)
        packed = io.BytesIO()
        with (
            warnings.catch_warnings(action="ignore"),
            zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive,
        ):
            for each, written in parts:
                archive.writestr(each, written)
        return packed.getvalue()


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
