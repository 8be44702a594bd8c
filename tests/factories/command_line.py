"""`feedforward` run inside a test: its words, its exit code, and files to run it on."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from feedforward.cli import main
from tests.factories.pipeline import RUBRIC, TEXT


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]
RUBRIC_FILE = {
    "name": RUBRIC.name,
    "criteria": [
        {
            "name": each.name,
            "weight": each.weight,
            "description": each.description,
            "levels": [
                {"label": one.label, "points": one.points, "description": one.description} for one in each.levels
            ],
        }
        for each in RUBRIC.criteria
    ],
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `feedforward` with these arguments in an empty folder; in this process, which saves a second each time."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, stdin: str = "", **settings: str) -> Ended:
        with monkeypatch.context() as changed:
            changed.setenv("FEEDFORWARD_DATA_FOLDER", str(tmp_path / "data"))
            for name, value in settings.items():
                changed.setenv(f"FEEDFORWARD_{name.upper()}", value)
            changed.setattr("sys.argv", ["feedforward", *arguments])
            changed.setattr("sys.stdin", StringIO(stdin))
            # `serve` hands its options on through the environment: what it sets ends with this call.
            for name in ("FEEDFORWARD_HOST", "FEEDFORWARD_PORT"):
                if name not in os.environ:
                    changed.setenv(name, "127.0.0.1" if name.endswith("HOST") else "8000")
            with pytest.raises(SystemExit) as ended:
                main()
        shown = capfd.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 1, shown.out, shown.err)

    return command


@pytest.fixture
def essay(tmp_path: Path) -> str:
    path = tmp_path / "essay.txt"
    path.write_text(TEXT)
    return str(path)


@pytest.fixture
def rubric(tmp_path: Path) -> str:
    path = tmp_path / "rubric.json"
    path.write_text(json.dumps(RUBRIC_FILE))
    return str(path)


def assert_refused(ended: Ended, *words: str) -> None:
    assert ended.returncode == 2, ended.stderr
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("feedforward: ")
    for each in words:
        assert each in lines[0]
