"""Finished readings are kept: an interrupted run goes on, and nothing stale is taken for new."""

import asyncio
from pathlib import Path

import pytest

from feedforward.errors import RuleBroken
from feedforward.evaluation import reading
from feedforward.evaluation.reading import KeptReading, Readings, Wanted, key_of, read_all, reader_version
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.rubrics.rules import Criterion, Level, Rubric

RUBRIC = Rubric("Marks", (Criterion("c1", "Vocabulary", 1, "", (Level("1", 1), Level("2", 2))),))
WANTED = [
    Wanted(key_of("built-in", text, "", RUBRIC), "built-in", text, "") for text in ("One two.", "Three.", "Four.")
]


def read(wanted: list[Wanted], readings: Readings) -> None:
    asyncio.run(
        read_all(
            wanted, RUBRIC, readings, providers=(), gateway=ModelGateway(), tries=1, tell=lambda one, failure: None
        )
    )


def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="--cache"):
        Readings(tmp_path / "none" / "readings.jsonl")


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, made = tmp_path / "readings.jsonl", list[str]()
    really = reading.built_in_reading

    def stopping(document: object, brief: object) -> KeptReading:
        made.append("")
        if len(made) == 3:
            raise KeyboardInterrupt
        return really(document, brief)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "built_in_reading", stopping)
    with pytest.raises(KeyboardInterrupt):
        read(WANTED, Readings(path))
    kept = Readings(path)
    left = [each for each in WANTED if each.key not in kept]
    assert len(left) == 1
    read(left, kept)
    assert len(made) == 4
    again = Readings(path)
    assert all(each.key in again for each in WANTED)
    assert again[WANTED[0].key] == really_read(WANTED[0])


def really_read(one: Wanted) -> KeptReading:
    from feedforward.assessment.assignment_brief import Brief
    from feedforward.extraction.extract import document_from_text

    return reading.built_in_reading(document_from_text(one.text), Brief("", one.task, RUBRIC))


def test_a_line_cut_off_by_a_crash_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    Readings(path).keep("a", KeptReading({"Ideas": 2.0}, {"text:words": 1.0}))
    with path.open("a") as file:
        file.write('{"key": "b", "sco')
    kept = Readings(path)
    kept.keep("c", KeptReading({}, {}))
    again = Readings(path)
    assert ["a" in again, "b" in again, "c" in again] == [True, False, True]


def test_the_file_holds_no_text(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    words = "Zanzibar quokkas meditate."
    read([Wanted(key_of("built-in", words, "", RUBRIC), "built-in", words, "")], Readings(path))
    written = path.read_text()
    assert written
    assert not any(word in written for word in ("Zanzibar", "quokkas", "meditate"))


def test_another_text_task_rubric_reader_or_version_is_another_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {
        key_of("built-in", "One.", "", RUBRIC), key_of("built-in", "Two.", "", RUBRIC),
        key_of("mock/a", "One.", "", RUBRIC),
        key_of("built-in", "One.", "Task.", RUBRIC), key_of("built-in", "One.", "", Rubric("Other", RUBRIC.criteria)),
    }  # fmt: skip
    assert len(keys) == 5
    assert reader_version("built-in") != reader_version("mock/a")
    monkeypatch.setattr(reading, "reader_version", lambda reader: "newer")
    assert key_of("built-in", "One.", "", RUBRIC) not in keys
