"""Uploaded tables of marked texts: any encoding and separator, and a clear word for everything that does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.calibration.marked_file import MOST_BYTES, MOST_TEXTS, marked_file
from feedforward.errors import RuleBroken
from feedforward.rubrics.rules import Criterion, Level, Rubric

LEVELS = (Level("Low", 1), Level("Middle", 2), Level("High", 3))
RUBRIC = Rubric("R", (Criterion("1", "Ideas", 1, "", LEVELS), Criterion("2", "Style", 1, "", LEVELS)))
TEXT = "one two three four five six seven eight nine ten " * 2


def table(
    separator: str = ",", head: tuple[str, ...] = ("text", "ideas", "STYLE"), marks: tuple[str, str] = ("2", "3")
) -> str:
    return separator.join(head) + "\n" + separator.join((f'"{TEXT}é"', *marks)) + "\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_separator_and_encoding_is_read(separator: str, encoding: str) -> None:
    found = marked_file(table(separator).encode(encoding), RUBRIC, text_column="Text")
    assert found.left_out == 0
    assert [each.marks for each in found.lines] == [{"Ideas": 2.0, "Style": 3.0}]
    assert found.lines[0].text.endswith("é")


def test_marks_may_be_names_of_levels_or_have_a_comma() -> None:
    found = marked_file(table(";", marks=("middle", "2,5")).encode(), RUBRIC, text_column="text")
    assert found.lines[0].marks == {"Ideas": 2.0, "Style": 2.5}


def test_lines_without_a_mark_or_a_text_are_left_out_and_counted() -> None:
    lines = table() + '"too short",2,3\n' + f'"{TEXT}",,3\n' + "\n" + ",2,3\n"
    found = marked_file(lines.encode(), RUBRIC, text_column="text")
    assert (len(found.lines), found.left_out) == (1, 3)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a workbook", "is a workbook"),
        (bytes(range(256)) * 40, "is no text"),
        (table(head=("essay", "ideas", "style")).encode(), "no column “text”. Its first line names: “essay”, “ideas”"),
        (table(head=("text", "ideas", "tone")).encode(), "no column of marks for “Style”"),
        (table(marks=("good", "1")).encode(), "Line 2: the mark for “Ideas” is “good”"),
        (table(marks=("9", "1")).encode(), "the mark 9 for “Ideas” lies outside the rubric’s 1 to 3"),
        (table(marks=("nan", "1")).encode(), "neither a number nor one of its levels"),
        (b'text,ideas,style\n"never closed,1,2', "not a proper table"),
        (b"text,ideas,style\n" + b"a,1,1\n" * (MOST_TEXTS + 1), "at most 500 are read"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        (f'text,ideas,style\n"{"word " * 20_000}",1,1\n'.encode(), "is longer than 60,000 characters"),
    ],
)
def test_what_does_not_fit_is_said(data: bytes, said: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        marked_file(data, RUBRIC, text_column="text")
    assert said in refused.value.message


@given(st.binary(max_size=400), st.text(max_size=10))
def test_whatever_is_uploaded_is_read_or_refused(data: bytes, column: str) -> None:
    try:
        found = marked_file(b"text,Ideas,Style\n" + data, RUBRIC, text_column=column)
    except RuleBroken:
        return
    assert all(1 <= mark <= 3 for line in found.lines for mark in line.marks.values())
