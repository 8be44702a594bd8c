"""`feedforward audit verify`: its words, its exit code, and what it says of an end that was cut off."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from feedforward.audit.sealing import seal_events
from feedforward.clock import SystemClock
from feedforward.database import Database
from tests.factories.command_line import Run, run

__all__ = ["run"]


def test_the_chain_is_walked_and_the_first_broken_event_named(run: Run, tmp_path: Path) -> None:
    assert run("migrate").returncode == 0
    for name in ("ada", "ben"):
        assert run("create-admin", f"{name}@example.edu", stdin="a quiet desk by the window\n").returncode == 0
    waiting = run("audit", "verify")
    assert (waiting.returncode, waiting.stderr) == (0, "")
    assert waiting.stdout.startswith("0 events under 0 seals hold.\n")
    assert "2 events wait for a seal, the oldest since" in waiting.stdout
    file = tmp_path / "data" / "feedforward.db"
    database = Database(f"sqlite:///{file}")
    database.write_now(seal_events, SystemClock().now())
    database.close()
    held = run("audit", "verify")
    assert held.stdout.startswith("2 events under 1 seals hold.\n")
    digest = re.search(r"Newest seal: 1, made .* UTC, digest ([0-9a-f]{64})\n", held.stdout)
    assert digest is not None
    noted = run("audit", "verify", "--expect", digest[1])
    assert (noted.returncode, "is that of seal 1: nothing up to it was changed" in noted.stdout) == (0, True)
    with closing(sqlite3.connect(file)) as raw, raw:
        assert raw.execute("select distinct came_from, came_from_key from audit_events").fetchall() == [
            ("command line", None)
        ]
        raw.execute("delete from audit_events where id = 1")
    broken = run("audit", "verify")
    assert broken.returncode == 1
    assert broken.stdout.startswith("The chain is broken: event 1 is missing: it was removed after seal 1 was made.\n")
    assert "1 number is missing among the events, the first is 1." in broken.stdout
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("delete from audit_events")
        raw.execute("delete from audit_seals")
    cut = run("audit", "verify", "--expect", digest[1])
    assert (cut.returncode, "its end was cut off or made anew since" in cut.stdout) == (1, True)
    assert run("audit", "verify").returncode == 0
    helped = run("audit", "verify", "--help")
    assert (helped.returncode, "Example: feedforward audit verify" in helped.stdout) == (0, True)
