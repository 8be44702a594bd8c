"""The command line: every command shows an example, and what a person can mend is one line and exit code 2."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from feedforward.cli import main
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.files import rubric_from_text
from tests.factories.pipeline import RUBRIC, TEXT, model_answer
from tests.factories.worker import mock_provider
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

COMMANDS = ("serve", "worker", "migrate", "create-admin", "requeue", "extract", "feedback", "demo")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


EVERYWHERE = "0.0.0.0"  # noqa: S104 what is refused
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
    assert_refused(
        run("serve", "--host", EVERYWHERE, secret_key="Xq3-vR8_tLm2zKw9Yb7NcJ5hPd4GfA6sUe1o"), "FEEDFORWARD_PUBLIC_URL"
    )


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


def test_extracting_a_file_and_a_file_that_is_not_there(run: Run, essay: str) -> None:
    shown = run("extract", essay, "missing.docx", "--json")
    assert shown.returncode == 2
    found, missing = (json.loads(line) for line in shown.stdout.splitlines())
    assert set(found) == {"file", "text", "word_count", "media_type", "hidden", "warnings"}
    assert found["text"] == TEXT
    assert set(missing["error"]) == {"kind", "message"}


@pytest.mark.parametrize(
    ("content", "name"), [("{", "rubric.json"), ('{"name": "x"}', "rubric.json"), ("- a\n- b", "rubric.yaml")]
)
def test_a_rubric_that_cannot_be_read_is_one_line(
    run: Run, essay: str, tmp_path: Path, content: str, name: str
) -> None:
    (tmp_path / name).write_text(content)
    assert_refused(run("feedback", essay, "--rubric", str(tmp_path / name)))


def test_files_readers_and_methods_that_are_not_there_are_one_line(run: Run, essay: str, rubric: str) -> None:
    assert_refused(run("feedback", "missing.docx", "--rubric", rubric), "missing.docx")
    assert_refused(run("feedback", essay, "--rubric", "missing.json"), "missing.json")
    assert_refused(run("feedback", essay, "--rubric", rubric, "--reader", "school/none"), "school/none", BUILT_IN)
    assert_refused(run("feedback", essay, "--rubric", rubric, "--method", "guess"), "guess", "median")


def test_feedback_as_json_has_the_documented_form(run: Run, essay: str, rubric: str) -> None:
    ended = run("feedback", essay, "--rubric", rubric, "--task", "Argue for or against cars.", "--json")
    assert ended.returncode == 0, ended.stderr
    document = json.loads(ended.stdout)
    assert {"text", "criteria", "summary", "readings"} <= set(document)
    assert document["text"] == TEXT
    assert [each["name"] for each in document["criteria"]] == [each.name for each in RUBRIC.criteria]
    comments = [each for criterion in document["criteria"] for each in criterion["comments"]]
    assert comments
    for criterion in document["criteria"]:
        assert set(criterion) == {"name", "score", "level", "disagreement", "comments"}
    for each in comments:
        assert set(each) == {"kind", "text", "quote", "start", "end", "next_step", "support"}
        if each["quote"] is not None:
            assert document["text"][each["start"] : each["end"]] == each["quote"]
    (reading,) = document["readings"]
    assert set(reading) == {"reader", "run", "status", "seconds", "tokens", "cost", "error"}
    assert (reading["reader"], reading["status"], reading["error"]) == (BUILT_IN, "done", None)


def keys_of(path: str) -> list[str]:
    """The keys that the criteria of a rubric file get."""
    return [each.key for each in rubric_from_text(Path(path).read_text(), path).criteria]


def test_feedback_of_a_model_beside_the_built_in_reader(
    run: Run, essay: str, rubric: str, model_server: ModelServer
) -> None:
    model_server.answer(model_answer(keys_of(rubric)))
    providers = json.dumps({"mock": mock_provider(model_server)})
    ended = run(
        "feedback",
        essay,
        "--rubric",
        rubric,
        "--reader",
        "mock/small",
        "--reader",
        BUILT_IN,
        "--runs",
        "2",
        "--json",
        providers=providers,
        reading_tries="1",
    )
    assert ended.returncode == 0, ended.stderr
    readings = json.loads(ended.stdout)["readings"]
    assert [(each["reader"], each["run"]) for each in readings] == [("mock/small", 1), ("mock/small", 2), (BUILT_IN, 1)]


def test_a_file_nobody_could_read_gives_no_feedback(
    run: Run, essay: str, rubric: str, model_server: ModelServer
) -> None:
    model_server.fail(401)
    ended = run(
        "feedback",
        essay,
        "--rubric",
        rubric,
        "--reader",
        "mock/small",
        "--json",
        providers=json.dumps({"mock": mock_provider(model_server)}),
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "mock/small: bad_key" in ended.stderr.splitlines()[-1]
