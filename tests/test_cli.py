"""The command line: every command shows an example, and what a person can mend is one line and exit code 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.command_line import Ended, Run, assert_refused, essay, rubric, run

__all__ = ["essay", "rubric", "run"]

COMMANDS = (
    "serve",
    "worker",
    "migrate",
    "create-admin",
    "reset-link",
    "change-email",
    "remove-second-factor",
    "requeue",
    "extract",
    "inspect",
    "feedback",
    "evaluate",
    "demo",
)


EVERYWHERE = "0.0.0.0"  # noqa: S104 what is refused


def test_the_installed_command_ends_with_one_line_and_no_traceback(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "feedforward.cli", "nonsense"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert_refused(Ended(ended.returncode, ended.stdout, ended.stderr), "nonsense")


def test_every_command_shows_an_example(run: Run) -> None:
    listed = run("--help").stdout
    for command in COMMANDS:
        assert command in listed
        shown = run(command, "--help")
        assert shown.returncode == 0
        assert f"Example: feedforward {command}" in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nonsense",), ("nonsense",)),
        (("serve", "--port", "many"), ("many",)),
        (("serve", "--port", "99999"), ("FEEDFORWARD_PORT",)),
        (("extract",), ("files",)),
        (("inspect",), ("file",)),
        (("feedback", "essay.txt"), ("--rubric",)),
        (("feedback", "essay.txt", "--rubric", "rubric.json", "--runs", "0"), ("--runs",)),
        (("create-admin",), ("email",)),
        (("worker",), ("migrate",)),
        (("requeue",), ("migrate",)),
        (("serve",), ("migrate",)),
    ],
)
def test_a_wrong_call_is_one_line(run: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_refused(run(*arguments), *words)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"providers": "{"}, ("FEEDFORWARD_PROVIDERS", "JSON")),
        ({"providers": '{"mock": {"kind": "magic", "models": ["a"]}}'}, ("mock", "kind")),
        ({"database_url": "nonsense"}, ("FEEDFORWARD_DATABASE_URL",)),
        ({"data_folder": "/proc/nowhere"}, ("/proc/nowhere",)),
        ({"reading_tries": "none"}, ("FEEDFORWARD_READING_TRIES",)),
    ],
)
def test_a_wrong_setting_is_one_line(
    run: Run, essay: str, rubric: str, settings: dict[str, str], words: tuple[str, ...]
) -> None:
    command = ("feedback", essay, "--rubric", rubric) if "providers" in settings else ("migrate",)
    assert_refused(run(*command, **settings), *words)


def test_serving_other_machines_wants_a_secret_and_https(run: Run) -> None:
    assert run("migrate").returncode == 0
    assert_refused(run("serve", "--host", EVERYWHERE), "FEEDFORWARD_SECRET_KEY")
    real = {"secret_key": "Xq3-vR8_tLm2zKw9Yb7NcJ5hPd4GfA6sUe1o", "data_folder": "with-a-secret"}
    assert run("migrate", **real).returncode == 0
    assert_refused(run("serve", "--host", EVERYWHERE, **real), "FEEDFORWARD_PUBLIC_URL")


def test_the_first_administrator(run: Run) -> None:
    assert_refused(run("create-admin", "ada@example.edu", stdin="a long enough password\n"), "migrate")
    assert run("migrate").returncode == 0
    assert_refused(run("create-admin", "ada@example.edu", stdin="short\n"))
    assert_refused(run("create-admin", "not an address", stdin="a long enough password\n"))
    made = run("create-admin", "Ada@Example.edu", stdin="a long enough password\n")
    assert (made.returncode, made.stdout) == (0, "ada@example.edu is an administrator now.\n")
    assert_refused(run("create-admin", "ada@example.edu", stdin="a long enough password\n"))
    again = run("requeue")
    assert again.stdout == "0 drafts started again, 0 readings planned again, 0 drafts merged.\n"
