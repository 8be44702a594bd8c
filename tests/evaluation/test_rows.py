"""Marked texts out of a CSV file: what is refused, what is left out, where marks may stand."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedforward.errors import RuleBroken
from feedforward.evaluation.rows import marked_rows

MARKS = json.dumps({"Ideas": 2, "Style": 3.5}).replace('"', '""')
FILE = f'text,ideas,style,marks,writer\n"One, two.",2,3.5,"{MARKS}",ada\nThree.,1,2,"{MARKS}",bo\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "marks.csv"
    path.write_text(FILE)
    return path


@pytest.mark.parametrize(
    ("text", "scores", "words"),
    [
        ("essay", ["ideas"], "no column “essay”. It has: text, ideas"),
        ("text", ["idea"], "no column “idea”"),
        ("text", ["other.Ideas"], "no column “other”"),
        ("text", ["ideas,ideas"], "named twice"),
        ("text", [","], "at least one column"),
        ("text", ["writer"], "Row 1: the mark for “writer” is “ada”, which is not a number"),
        ("text", ["writer.Ideas"], "Row 1: “writer” does not hold a JSON object"),
    ],
)
def test_what_is_not_there_or_no_number_is_named(file: Path, text: str, scores: list[str], words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        marked_rows(file, text=text, scores=scores)
    assert words in refused.value.message


@pytest.mark.parametrize("mark", ["nan", "inf", "1e999", "three"])
def test_numbers_that_are_none_are_refused(file: Path, mark: str) -> None:
    file.write_text(FILE.replace(",1,", f",{mark},"))
    with pytest.raises(RuleBroken, match="Row 2"):
        marked_rows(file, text="text", scores=["ideas"])


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    for data, words in ((b"", "empty"), (b"a,b\n\xff\xfe,1\n", "UTF-8"), (b'a,b\n"open,1\n', "not a CSV file")):
        path = tmp_path / "wrong.csv"
        path.write_bytes(data)
        with pytest.raises(RuleBroken, match=words):
            marked_rows(path, text="a", scores=["b"])
    with pytest.raises(RuleBroken, match="cannot be read"):
        marked_rows(tmp_path / "none.csv", text="a", scores=["b"])


def test_columns_keys_and_all_keys_give_the_same_marks(file: Path) -> None:
    by_column = marked_rows(file, text="text", scores=["ideas", "style"])
    assert by_column == marked_rows(file, text="text", scores=["ideas,style"])
    assert by_column.criteria == ("ideas", "style")
    by_key = marked_rows(file, text="text", scores=["marks.Ideas,marks.Style"])
    assert by_key == marked_rows(file, text="text", scores=["marks.*"])
    assert by_key.rows[0].marks == {"Ideas": 2.0, "Style": 3.5}


def test_rows_without_a_text_or_a_mark_are_left_out_and_counted(file: Path) -> None:
    file.write_text(FILE + ",1,1,,cy\nFour.,,2,,cy\nFive.,2,,,cy\n\nSix.,3,4,,cy\n")
    found = marked_rows(file, text="text", scores=["ideas,style"], group="writer")
    assert [row.text for row in found.rows] == ["One, two.", "Three.", "Six."]
    assert found.left_out == 3
    assert found.rows[-1].group == "cy"


def test_a_column_name_with_a_comma_or_a_dot_is_taken_whole(file: Path) -> None:
    file.write_text('text,"ideas, all",v1.2\nOne.,2,3\n')
    assert marked_rows(file, text="text", scores=["ideas, all", "v1.2"]).rows[0].marks == {"ideas, all": 2, "v1.2": 3}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_file_is_read_or_refused(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8", errors="replace")
    with suppress(RuleBroken):
        marked_rows(file, text="text", scores=["ideas"])
