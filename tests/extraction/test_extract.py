import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedforward.extraction import extract as extracting
from feedforward.extraction.command import extract_lines
from feedforward.extraction.extract import Limits, SandboxKind, document_from_text, extract, sandbox_kind
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.sandbox import child_command, walls_command

MakeDocx = Callable[..., bytes]


def refusal(data: bytes, limits: Limits | None = None, name: str = "draft.txt") -> RefusalKind:
    with pytest.raises(ExtractionRefused) as caught:
        asyncio.run(extract(data, file_name=name, limits=limits or Limits()))
    assert "Traceback" not in caught.value.message
    return caught.value.kind


def in_its_place(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A child that runs `program` instead of reading the file."""
    command = (sys.executable, "-I", "-c", program)
    monkeypatch.setattr(extracting, "confined_command", lambda: command)


def test_a_refusal_in_the_child_arrives_with_its_kind_and_message(make_docx: MakeDocx) -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n\0\0") is RefusalKind.UNSUPPORTED_TYPE
    assert refusal(make_docx("")) is RefusalKind.EMPTY


def test_a_file_over_the_limit_never_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    in_its_place(monkeypatch, "raise SystemExit(3)")
    assert refusal(b"words " * 100, Limits(input_bytes=10)) is RefusalKind.TOO_LARGE
    assert refusal(b"") is RefusalKind.EMPTY


def test_a_child_over_its_time_is_killed_with_everything_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    in_its_place(
        monkeypatch,
        "import os, subprocess, time\n"
        "other = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{other.pid}}')\n"
        "time.sleep(60)",
    )
    started = time.monotonic()
    assert refusal(b"words", Limits(wall_seconds=1.0)) is RefusalKind.TOO_SLOW
    assert time.monotonic() - started < 3
    for pid in pids.read_text().split():
        assert not is_running(int(pid))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(1)",
        "print('{')",
        "print('[]')",
        'print(\'{"document": {"text": 1}}\')',
        "print()",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_refusal_and_never_an_empty_text(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    in_its_place(monkeypatch, program)
    assert refusal(b"words") is RefusalKind.CORRUPT_OR_UNSAFE


def test_a_child_that_floods_us_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    in_its_place(monkeypatch, "while True: print('x' * 10000)")
    assert refusal(b"words", Limits(output_bytes=100_000)) is RefusalKind.TOO_LARGE


def test_a_child_that_cannot_be_started_is_our_fault_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "confined_command", lambda: ("/nonexistent/python",))
    assert refusal(b"words") is RefusalKind.READING_FAILED


def test_the_child_may_not_use_more_memory_processor_or_disk_than_its_limits(tmp_path: Path) -> None:
    confined = "from feedforward.extraction import child, limits; child.confine(limits.Limits(cpu_seconds=1)); "
    hungry = subprocess.run([sys.executable, "-c", confined + "bytearray(900_000_000)"], capture_output=True)
    assert b"MemoryError" in hungry.stderr
    busy = subprocess.run([sys.executable, "-c", confined + "\nwhile True: pass"], capture_output=True)
    assert busy.returncode == -signal.SIGXCPU
    target = tmp_path / "written"
    writing = [sys.executable, "-c", confined + f"open({str(target)!r}, 'w', buffering=1).write('x\\n')"]
    assert b"File too large" in subprocess.run(writing, capture_output=True).stderr
    assert target.read_text() == ""


def test_cancelling_kills_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    in_its_place(monkeypatch, f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)")

    async def story() -> None:
        task = asyncio.create_task(extract(b"words", file_name="a.txt"))
        while not (pid.exists() and pid.read_text()):
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())
    assert not is_running(int(pid.read_text()))


def test_no_more_than_two_files_are_read_at_once_and_the_rest_wait_while_the_loop_runs_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = json.dumps({"document": document_from_text("words").to_json()})
    in_its_place(
        monkeypatch,
        "import os, time\n"
        f"mark = {str(tmp_path)!r} + '/' + str(os.getpid())\n"
        "open(mark, 'w').close(); time.sleep(0.2)\n"
        f"open(mark + '.saw', 'w').write(str(len([n for n in os.listdir({str(tmp_path)!r}) if '.' not in n])))\n"
        f"os.unlink(mark); print({answer!r})",
    )

    async def story() -> float:
        longest, last = 0.0, time.monotonic()
        reading = asyncio.gather(*(extract(b"words", file_name="a.txt") for _ in range(5)))
        while not reading.done():
            await asyncio.sleep(0.005)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        assert [document.text for document in await reading] == ["words"] * 5
        return longest

    assert asyncio.run(story()) < 0.2
    assert {file.read_text() for file in tmp_path.glob("*.saw")} <= {"1", "2"}


def test_the_walls_hide_files_network_and_environment() -> None:
    if sandbox_kind() is not SandboxKind.BUBBLEWRAP:
        pytest.skip("bubblewrap does not work on this machine: resource limits alone are used here")
    attempt = (
        "import os, socket\n"
        "assert not os.path.exists('/etc/passwd') and not os.path.exists('/tmp') and not os.path.exists('/proc/1')\n"
        "assert 'SECRET' not in os.environ\n"
        "for path in ('/x', '/usr/x', os.path.dirname(os.__file__) + '/x'):\n"
        "    try: open(path, 'w')\n"
        "    except OSError: continue\n"
        "    raise SystemExit('wrote ' + path)\n"
        "try: socket.create_connection(('127.0.0.1', 22), 1)\n"
        "except OSError: print('closed', end='')\n"
    )
    done = subprocess.run(
        [*walls_command(), sys.executable, "-I", "-c", attempt], capture_output=True, text=True, env={"SECRET": "1"}
    )
    assert (done.stdout, done.stderr) == ("closed", "")


def test_the_child_imports_little() -> None:
    listed = subprocess.run(
        [*child_command()[:2], "-c", "import feedforward.extraction.child, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {
        "asyncio",
        "sqlalchemy",
        "pydantic",
        "starlette",
        "fasthtml",
        "pypdfium2",
        "markdown_it",
        "charset_normalizer",
    }
    assert not heavy & set(listed.stdout.split())


def test_the_command_line_gives_a_line_for_every_path_whatever_it_is(tmp_path: Path, make_docx: MakeDocx) -> None:
    good, bad = tmp_path / "a.docx", tmp_path / "b.docx"
    good.write_bytes(make_docx("<w:p><w:r><w:t>Two words</w:t></w:r></w:p>"))
    bad.write_bytes(b"PK\x03\x04 nothing")
    lines = list(extract_lines([good, bad, tmp_path / "missing.txt", tmp_path]))
    assert lines[0] == (
        {
            "file": str(good),
            "text": "Two words",
            "word_count": 2,
            "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "hidden": [],
            "warnings": [],
        },
        False,
    )
    assert [(line["error"]["kind"], refused) for line, refused in lines[1:]] == [
        ("corrupt", True),
        ("not_found", True),
        ("not_found", True),
    ]
    json.dumps([line for line, _ in lines])
