"""`feedforward evaluate` from the command line on a small file made for it."""

import csv
import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml import ElementTree

from feedforward.cli import main
from tests.factories.pipeline import model_answer
from tests.factories.worker import mock_provider
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

GOOD = "Parks make towns healthier, because neighbours who walk there every evening meet, talk and rest. "
POOR = "park is good i like park becuase is nice ,people go park alot and they is happy. "
COMMAND = ("--text", "essay", "--scores", "Vocabulary,Conventions")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """60 texts mixed of good and poor sentences, marked by how many are good, with a little chance."""
    chance = random.Random(3)
    path = tmp_path / "marks.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["essay", "Vocabulary", "Conventions", "note"])
        for _ in range(60):
            good = chance.randint(0, 12)
            sentences = [GOOD] * good + [POOR] * (12 - good)
            chance.shuffle(sentences)
            mark = min(5, max(1, round(1 + good / 3 + chance.gauss(0, 0.4))))
            writer.writerow(["".join(sentences), mark, min(5, max(1, mark + chance.choice([0, 0, 1, -1]))), "fine"])
    return path


def evaluate(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["feedforward", "evaluate", *map(str, arguments)])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--text", "text", "--scores", "Vocabulary"), "no column “text”"),
        (("--text", "essay", "--scores", "note"), "which is not a number"),
        ((*COMMAND, "--calibrate", "19"), "at least 20"),
        ((*COMMAND, "--calibrate", "50"), "take at most 40"),
        ((*COMMAND, "--calibrate", "30", "--folds", "5"), "not both"),
        ((*COMMAND, "--reader", "nobody/at-all"), "no reader “nobody/at-all”"),
        ((*COMMAND, "--rubric", "/nowhere.json"), "cannot be read"),
        ((*COMMAND, "--cache", "/nowhere"), "--cache"),
        ((*COMMAND, "--chart", "/nowhere/chart.svg"), "cannot be written"),
    ],
)
def test_what_a_person_can_mend_is_one_line_and_exit_code_2(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(marks.parent)
    assert evaluate(monkeypatch, marks, *arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("feedforward: ")
    assert said.err.count("\n") == 1
    assert words in said.err


def test_too_few_rows_are_refused(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marks.write_text("".join(marks.read_text().splitlines(keepends=True)[:10]))
    assert evaluate(monkeypatch, marks, *COMMAND) == 2
    assert "fewer than 10 says nothing" in capsys.readouterr().err


def test_calibrating_agrees_with_people_and_a_second_run_reads_nothing_again(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chart = marks.parent / "chart.svg"
    calibrated = (*COMMAND, "--calibrate", "30", "--draws", "3", "--json")
    assert evaluate(monkeypatch, marks, *calibrated, "--chart", chart) == 0
    first = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in first["criteria"]] == ["Vocabulary", "Conventions"]
    figures = {"name", "n", "qwk", "exact", "adjacent", "bias", "mae", "interval"}
    for each in first["criteria"]:
        assert figures <= set(each)
        assert each["n"] == 30
        assert each["qwk"] > 0.6
        assert each["interval"][0] < each["qwk"] < each["interval"][1]
    assert ElementTree.fromstring(chart.read_text()).tag.endswith("svg")
    kept = (marks.parent / "marks.csv.readings.jsonl").read_bytes()
    assert evaluate(monkeypatch, marks, *calibrated) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert (marks.parent / "marks.csv.readings.jsonl").read_bytes() == kept


def test_as_read_and_in_folds_are_shown_as_tables(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(monkeypatch, marks, *COMMAND) == 0
    assert "built-in, as read" in capsys.readouterr().out
    assert evaluate(monkeypatch, marks, *COMMAND, "--folds", 4) == 0
    said = capsys.readouterr().out
    assert "4-fold" in said
    assert "Conventions" in said


def test_a_rubric_gives_the_scale_and_must_have_every_criterion(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rubric = marks.parent / "rubric.json"
    levels = [{"label": str(points), "points": points} for points in range(6)]
    names = ["vocabulary", "Conventions"]
    rubric.write_text(json.dumps({"name": "R", "criteria": [{"name": name, "levels": levels} for name in names]}))
    assert evaluate(monkeypatch, marks, *COMMAND, "--rubric", rubric, "--json") == 0
    assert json.loads(capsys.readouterr().out)["criteria"][0]["n"] == 60
    rubric.write_text(json.dumps({"name": "R", "criteria": [{"name": "Ideas", "levels": levels}]}))
    assert evaluate(monkeypatch, marks, *COMMAND, "--rubric", rubric) == 2
    assert "no criterion “Vocabulary”" in capsys.readouterr().err


def test_models_are_asked_only_after_a_yes_and_once_for_each_text(
    marks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model_server: ModelServer
) -> None:
    marks.write_text("".join(marks.read_text().splitlines(keepends=True)[:13]))
    monkeypatch.setenv("FEEDFORWARD_PROVIDERS", json.dumps({"mock": mock_provider(model_server, "small")}))
    monkeypatch.setenv("FEEDFORWARD_DATA_FOLDER", str(marks.parent))
    monkeypatch.setenv("FEEDFORWARD_ALLOW_PRIVATE_MODELS", "true")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    model_server.answer(model_answer(["c1", "c2"], score=3.0, quote="neighbours who walk there"))
    command = (marks, *COMMAND, "--reader", "mock/small", "--json")
    assert evaluate(monkeypatch, *command) == 2
    refused = capsys.readouterr().err
    assert "12 texts" in refused
    assert "no price is known" in refused
    assert "--yes" in refused
    assert evaluate(monkeypatch, *command, "--yes") == 0
    assert [each["n"] for each in json.loads(capsys.readouterr().out)["criteria"]] == [12, 12]
    assert evaluate(monkeypatch, *command) == 0, "everything is kept, so nothing is asked"


def test_the_pages_and_the_worker_never_load_numpy() -> None:
    looked = "import feedforward.app, feedforward.worker, feedforward.cli, sys; print('numpy' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
