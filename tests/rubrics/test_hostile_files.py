"""Rubric files that are made to break their reader get a sentence, never a fault."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.errors import RuleBroken
from feedforward.rubrics.files import rubric_from_text
from feedforward.rubrics.formats.registry import Format, read_any, written

RUBRIC = '{"name": "%s", "criteria": [{"name": "A", "weight": %s, "levels": [{"label": "x", "points": 1}]}]}'


@pytest.mark.parametrize(
    "text", [RUBRIC % ("Essay", "9" * 5000), RUBRIC % ("\\ud800", "1"), "[" * 20_000, '{"a":' * 20_000]
)
def test_a_file_made_to_break_its_reader_is_refused_in_words(text: str) -> None:
    with pytest.raises(RuleBroken):
        rubric_from_text(text, "rubric.json")


DTD = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rubric>&b;</rubric>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><openassessment><title>&x;</title></openassessment>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (DTD.encode(), "document type or entities"),
        (OUTSIDE.encode(), "document type or entities"),
        (OUTSIDE.encode("utf-16"), "document type or entities"),
        (b'<?xml version="1.0" encoding="nonsense"?><rubric/>', "It is"),
        (b"<rubric><criterion>", "not well-formed"),
        (b"<html><body>a rubric</body></html>", "neither Moodle"),
        (b"<areas/>", "without a rubric"),
        (b"<openassessment><title>x</title></openassessment>", "without a rubric"),
        (b"<rubric/>", "no criterion"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "neither Moodle"),
        (b"PK\x03\x04 and so on", "copy the table"),
        (b"%PDF-1.7", "copy the table"),
        (b"", "empty"),
        (b"\x00\x01\x02", "no text file"),
        (b"x" * 1_000_001, "larger than"),
        (b"Criterion\tA\tB\n" + b"row\ta\tb\n" * 31, "31 criteria"),
        (b"Criterion" + b"\tA (1)" * 13 + b"\nThesis" + b"\tx" * 13, "13 levels"),
        (b"Criterion\tA (99999999)\tB (2)\nThesis\tx\ty\n", "no points"),
        (b'{"formatVersion": "1.0", "rubric": {"categories": 3}}', "categories"),
        (b'{"formatVersion": "1.0", "rubric": {"categories": [3]}}', "Category 1"),
        (b'{"rubrics": [' + b"{}," * 60 + b"{}]}", "50 at most"),
        (b"Rubric Name,Criteria Name,Rating Name\n", "no criterion below"),
        (b'Rubric Name,Criteria Name,Rating Name\nR,"' + b"x" * 200_000, "not a table|more than 4,000"),
        (b"Criterion\tA (2)\tB (1)\nThesis\t" + b"x" * 5000 + b"\ty\n", "more than 4,000"),
    ],
)
def test_hostile_and_foreign_files_are_refused_with_one_line_that_names_the_file(data: bytes, words: str) -> None:
    if words == "no points":
        (imported,) = read_any(data, "it").rubrics
        assert [level.points for level in imported.rubric.criteria[0].levels] == [1.0, 2.0]
        return
    with pytest.raises(RuleBroken) as refused:
        read_any(data, "evil.xml")
    assert refused.value.message.startswith("evil.xml: ")
    # How long a cell csv takes is a limit of the process, which readers of larger tables raise: either may refuse it.
    assert any(each in refused.value.message for each in words.split("|"))
    assert "\n" not in refused.value.message


STARTS = (
    b"",
    b"<areas><area><definitions><definition>",
    b"<openassessment><rubric>",
    b"Rubric Name,Criteria Name,Rating Name\n",
    b"| Criterion | A (1) | B |\n|---|---|---|\n",
    b"Criterion\tA\tB\n",
    b'{"formatVersion":"1.0","rubric":{"categories":[',
)


@given(
    start=st.sampled_from(STARTS), data=st.binary(max_size=120) | st.text(max_size=120).map(lambda text: text.encode())
)
def test_any_bytes_are_read_or_refused_and_what_is_read_can_be_written_in_every_format(
    start: bytes, data: bytes
) -> None:
    try:
        reading = read_any(start + data, "it")
    except RuleBroken:
        return
    for imported in reading.rubrics:
        for kind in Format:
            assert written(imported.rubric, kind).data


@pytest.mark.parametrize(
    "data",
    [
        b"Criterion\t" + b"a " * 200_000 + b"(1\tB\nx\ty\tz\n",
        b"Criterion\tA\tB\n" + b" " * 400_000 + b"(\tx\ty\n",
        b"# a" + b" " * 400_000 + b"b\n| a | b | c |\n|---|---|---|\n| x | y | z |\n",
        b"| a | b | c |\n|---|---|---|\n" + b"\\" * 400_000 + b"| y | z |\n",
        b"| a | b | c |\n" + b"|---" * 100_000 + b"x\n",
        b"<openassessment>" + b"<criterion>" * 40_000 + b"</criterion>" * 40_000 + b"</openassessment>",
    ],
)
def test_long_runs_that_make_patterns_slow_take_no_time(data: bytes) -> None:
    # Time of the processor: the machine may be busy with other things.
    start = time.process_time()
    with contextlib.suppress(RuleBroken):
        read_any(data, "it")
    assert time.process_time() - start < 2
