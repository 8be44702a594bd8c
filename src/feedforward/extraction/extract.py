"""A file becomes a document, in a child process that is killed when it asks for too much."""

import asyncio
import contextlib
import json
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

from feedforward.extraction.document import Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_text
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.sandbox import SandboxKind, confined_command, sandbox_kind

__all__ = ["Limits", "SandboxKind", "document_from_text", "extract", "sandbox_kind"]

_SLICE = 256 * 1024
_FAREWELL_SECONDS = 5.0
_OUT_OF_TIME = (-signal.SIGXCPU, 128 + signal.SIGXCPU)

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, asyncio.Semaphore]] = WeakKeyDictionary()


async def extract(data: bytes, *, file_name: str, limits: Limits | None = None) -> Document:
    """The document in `data`; never blocks the event loop. `file_name` is only a hint and is never opened.

    At most `limits.at_once` files of this process are read at a time, the others wait (the waiting does not count as
    time of the file). When the caller is cancelled, the child is killed. Raises ExtractionRefused, nothing else that
    the file could cause.
    """
    limits = limits or Limits()
    if len(data) > limits.input_bytes:
        raise ExtractionRefused(RefusalKind.TOO_LARGE)
    if not data:
        raise ExtractionRefused(RefusalKind.EMPTY)
    turns = _turns.setdefault(asyncio.get_running_loop(), {})
    async with turns.setdefault(limits.at_once, asyncio.Semaphore(limits.at_once)):
        command = await asyncio.to_thread(confined_command)
        header = json.dumps({"file_name": file_name[-255:], "limits": asdict(limits)}).encode("ascii")
        return _understood(*await _answered(command, header + b"\n" + data, limits))


async def _answered(command: tuple[str, ...], request: bytes, limits: Limits) -> tuple[bytes, int]:
    """What the child wrote, and the code it ended with."""
    try:
        child = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True, close_fds=True, env={}
        )
    except OSError as error:
        raise ExtractionRefused(RefusalKind.READING_FAILED) from error
    try:
        async with asyncio.timeout(limits.wall_seconds):
            _, output = await asyncio.gather(_hand_in(child, request), _hand_out(child, limits.output_bytes))
            return output, await child.wait()
    except TimeoutError:
        raise ExtractionRefused(RefusalKind.TOO_SLOW) from None
    finally:
        await _ended(child)


async def _hand_in(child: Process, request: bytes) -> None:
    assert child.stdin is not None
    # A child that refuses early closes its end: what it wrote is the answer.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for start in range(0, len(request), _SLICE):
            child.stdin.write(request[start : start + _SLICE])
            await child.stdin.drain()
    child.stdin.close()


async def _hand_out(child: Process, most: int) -> bytes:
    assert child.stdout is not None
    parts: list[bytes] = []
    while part := await child.stdout.read(_SLICE):
        parts.append(part)
        most -= len(part)
        if most < 0:
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
    return b"".join(parts)


async def _ended(child: Process) -> None:
    """Kill whatever is left of the child and its group, and wait until it is gone even when we are cancelled."""
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await asyncio.shield(asyncio.ensure_future(_gone(child)))


async def _gone(child: Process) -> None:
    """asyncio calls a process ended only when its pipes are, and a full pipe that nobody reads never is: drain it."""
    assert child.stdout is not None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_FAREWELL_SECONDS):
            while await child.stdout.read(_SLICE):
                pass
            await child.wait()


def _understood(output: bytes, code: int) -> Document:
    """The child's answer. A child that died without one could not bear the file."""
    if code in _OUT_OF_TIME:
        raise ExtractionRefused(RefusalKind.TOO_SLOW)
    try:
        told: dict[str, Any] = json.loads(output) if output else {}
        if refused := told.get("refused"):
            raise ExtractionRefused(RefusalKind(refused["kind"]), str(refused["message"]))
        if document := told.get("document"):
            return Document.from_json(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE) from error
    raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE)
