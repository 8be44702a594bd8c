"""Reading files without a server: the documented JSON, and one line for what is missing or wrong."""

import json
from pathlib import Path

import pytest

from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.files import rubric_from_text
from tests.factories.command_line import Run, assert_refused, essay, rubric, run
from tests.factories.pipeline import RUBRIC, TEXT, model_answer
from tests.factories.worker import mock_provider
from tests.llm.model_server import ModelServer, model_server

__all__ = ["essay", "model_server", "rubric", "run"]


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
        assert set(each) == {"kind", "text", "quote", "start", "end", "next_step", "support", "place"}
        assert (each["place"] is not None) == (each["quote"] is not None)
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
