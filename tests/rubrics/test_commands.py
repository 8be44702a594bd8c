"""`feedforward rubric check` and `convert`: documented JSON, exit codes, one line for what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from feedforward.cli import cli
from feedforward.errors import FeedForwardError
from feedforward.rubrics.files import rubric_to_text
from feedforward.rubrics.formats.registry import Format, read_any, written
from feedforward.rubrics.templates import ready_made
from tests.rubrics.made import ESSAY

Called = Callable[..., Result]


@pytest.fixture
def called() -> Called:
    return lambda *words: CliRunner().invoke(cli, ["rubric", *map(str, words)])


def test_checking_says_format_criteria_notes_warnings_and_errors_as_one_line_each(
    called: Called, tmp_path: Path
) -> None:
    good, bare, bad = tmp_path / "a.csv", tmp_path / "b.ffrubric", tmp_path / "c.xml"
    good.write_bytes(written(ESSAY, Format.CANVAS).data)
    bare.write_bytes(written(ESSAY, Format.FFRUBRIC).data)
    bad.write_text("<!DOCTYPE x []><rubric/>")
    ended = called("check", good, bare, bad, tmp_path / "missing.md", tmp_path, "--json")
    assert ended.exit_code == 2
    first, second, third, missing, folder = map(json.loads, ended.stdout.splitlines())
    assert first["format"] == "canvas"
    assert [each["name"] for each in first["criteria"]] == [each.name for each in ESSAY.criteria]
    assert first["criteria"][0]["levels"][0]["label"] == "Beginning"
    assert [first["errors"], first["warnings"], first["notes"]] == [[], [], []]
    assert second["assignment"]["title"] == "Essay"
    assert "no levels" in second["notes"][0]
    assert "add at least two levels" in second["warnings"][0]
    assert second["errors"] == []
    for refused in (third, missing, folder):
        assert refused["format"] is None
        assert len(refused["errors"]) == 1
    assert "c.xml: " in third["errors"][0]
    told = called("check", good, bare)
    assert told.exit_code == 0
    assert "Thesis (weight 1): Beginning (1), Developing (2)" in told.stdout
    assert "To change: “Thesis”: add at least two levels." in told.stdout


def test_converting_writes_the_form_asked_for_and_says_what_was_lost(called: Called, tmp_path: Path) -> None:
    own, out = tmp_path / "essay.json", tmp_path / "essay.md"
    own.write_bytes(written(ESSAY, Format.JSON).data)
    ended = called("convert", own, "--to", "markdown", "-o", out)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "")
    assert read_any(out.read_bytes(), "essay.md").rubrics[0].rubric == ESSAY
    ended = called("convert", out, "--to", "canvas")
    assert ended.exit_code == 0
    assert ended.stdout_bytes == written(ESSAY, Format.CANVAS).data
    assert "Canvas has no weights" in ended.stderr
    assert isinstance(called("convert", own, "--to", "word").exception, FeedForwardError)


def test_a_file_of_several_rubrics_is_written_one_by_one_into_a_folder_or_one_is_chosen(
    called: Called, tmp_path: Path
) -> None:
    several = tmp_path / "all.json"
    one = json.loads(written(ESSAY, Format.JSON).data)
    several.write_text(json.dumps({"rubrics": [one, {**one, "name": "../Ähnlich 2"}]}))
    refused = called("convert", several, "--to", "ora")
    assert isinstance(refused.exception, FeedForwardError)
    assert "--which 1 to 2" in refused.exception.message
    (tmp_path / "out").mkdir()
    assert called("convert", several, "--to", "ora", "-o", tmp_path / "out").exit_code == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["01-essay.ora.xml", "02-ähnlich-2.ora.xml"]
    assert "<title>../Ähnlich 2</title>" in called("convert", several, "--to", "ora", "--which", 2).stdout
    assert isinstance(called("convert", several, "--to", "ora", "--which", 3).exception, FeedForwardError)
    assert json.loads(called("check", several, "--json").stdout)["more"][0]["name"] == "../Ähnlich 2"


def test_help_names_an_example(called: Called) -> None:
    for command in ("check", "convert"):
        assert f"Example: feedforward rubric {command}" in called(command, "--help").stdout


def test_linting_says_each_finding_with_its_place_reason_and_mend(called: Called, tmp_path: Path) -> None:
    good, poor, bad = tmp_path / "good.yaml", tmp_path / "poor.md", tmp_path / "bad.xml"
    good.write_text(rubric_to_text(ready_made()["essay"].rubric))
    poor.write_text(
        "# Essay\n\n| Criterion | Weight | Weak (1) | Strong (2) |\n|---|---|---|---|\n"
        "| Thesis | 50 | Poor | Good |\n| Class participation | 45 | Absent from two seminars | Came to each |\n"
    )
    bad.write_text("<!DOCTYPE x []><rubric/>")
    ended = called("lint", good, poor, bad, tmp_path / "missing.md", "--json")
    assert ended.exit_code == 2
    first, second, third, missing = map(json.loads, ended.stdout.splitlines())
    assert (first["findings"], first["errors"], first["words_checked"]) == ([], [], True)
    found = {each["kind"]: each for each in second["findings"]}
    assert found.keys() == {"weights", "vague", "unseen"}
    assert found["weights"]["can_be_mended"]
    assert (found["vague"]["criteria"], found["vague"]["levels"]) == (["Thesis"], ["Weak", "Strong"])
    assert found["unseen"]["criteria"] == ["Class participation"]
    assert "bad.xml: " in third["errors"][0]
    assert len(missing["errors"]) == 1
    told = called("lint", good, poor)
    assert told.exit_code == 0
    assert "Nothing was found." in told.stdout
    assert "Should: The weights add up to 95, not to 100." in told.stdout
