"""Comments on code stand on the line the reader named, however often the same words stand elsewhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.answer_schema import answer_schema
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.line_quotes import find_in_lines
from feedforward.assessment.parsing import parse_answer
from feedforward.assessment.prompt import build_prompt
from feedforward.extraction.code_lines import code_lines, with_numbers
from feedforward.extraction.limits import Limits
from feedforward.extraction.places import place_of
from feedforward.extraction.reading import document_from_bytes
from tests.assessment.made import BRIEF, RUBRIC

PROGRAM = """\
import csv


def total(rows):
    result = 0
    for row in rows:
        result = result + row
    return result


def mean(rows):
    result = 0
    for row in rows:
        result = result + row
    return result / len(rows)
"""
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": "# Counting"},
            {"cell_type": "code", "source": "x = 1\ny = x + 1"},
            {"cell_type": "code", "source": "x = 1\nprint(x)"},
        ]
    }
)
DOCUMENT = document_from_bytes(PROGRAM.encode(), file_name="sums.py", limits=Limits())
CODE_BRIEF = Brief("Sums", "Write two functions.", RUBRIC, kind="code")
NONCE = "a1b2c3d4"


def asked_for_comments(brief: Brief) -> dict[str, object]:
    criterion = answer_schema(brief)["properties"]["criteria"]["properties"]["claim"]
    found: dict[str, object] = criterion["properties"]["comments"]["items"]["properties"]
    return found


def answered(**comment: object) -> str:
    return json.dumps({"criteria": {"claim": {"comments": [{"kind": "improvement", "text": "Why so?", **comment}]}}})


@pytest.mark.parametrize("named", [12, "12", "line 12", "12|", "Line 12 of the file"])
def test_a_line_that_stands_twice_is_found_where_the_reader_says(named: object) -> None:
    found = find_in_lines("result = 0", PROGRAM, code_lines(DOCUMENT), named)
    assert found is not None
    assert (found[0].text, place_of(DOCUMENT, found[0].start)) == ("result = 0", "line 12")


def test_without_its_line_a_short_quote_that_stands_twice_points_nowhere_and_a_wrong_line_loses_no_quote() -> None:
    lines = code_lines(DOCUMENT)
    assert find_in_lines("result = 0", PROGRAM, lines, "") is None
    assert find_in_lines("result = 0", PROGRAM, lines, True) is None
    elsewhere = find_in_lines("return result / len(rows)", PROGRAM, lines, 1)
    assert elsewhere is not None
    assert place_of(DOCUMENT, elsewhere[0].start) == "line 15"
    assert find_in_lines("no such words here", PROGRAM, lines, 4) is None


def test_numbers_copied_with_a_quote_are_taken_off() -> None:
    quote = "  11| def mean(rows):\n  12|     result = 0"
    found = find_in_lines(quote, PROGRAM, code_lines(DOCUMENT), 11)
    assert found is not None
    assert found[0].text == "def mean(rows):\n    result = 0"


def test_cells_of_a_notebook_are_told_apart_by_their_lines() -> None:
    document = document_from_bytes(NOTEBOOK.encode(), file_name="count.ipynb", limits=Limits())
    assert [each.name for each in code_lines(document)] == ["", "", "2.1", "2.2", "", "3.1", "3.2"]
    found = find_in_lines("x = 1", document.text, code_lines(document), "3.1")
    assert found is not None
    assert place_of(document, found[0].start) == "cell 3, line 1"


def test_a_model_is_shown_the_lines_and_asked_for_them_and_an_essay_looks_as_ever() -> None:
    prompt = build_prompt(CODE_BRIEF, DOCUMENT, facts_for_prompt(DOCUMENT, CODE_BRIEF), NONCE)
    assert "\n 4| def total(rows):\n 5|     result = 0\n" in prompt.user
    assert "Program code (Python): 11 lines" in prompt.user
    assert "Paragraphs:" not in prompt.user
    assert "What code is here" in prompt.system
    assert "line" in asked_for_comments(CODE_BRIEF)
    assert "line" not in asked_for_comments(BRIEF)
    answer = parse_answer(answered(quote="result = 0", line="12"), CODE_BRIEF, PROGRAM, code_lines(DOCUMENT))
    assert answer.comments[0].quote is not None
    assert place_of(DOCUMENT, answer.comments[0].quote.start) == "line 12"


@given(st.lists(st.text(alphabet="ab =()\t", max_size=12), max_size=12))
def test_numbering_takes_nothing_away_and_names_each_line_once(lines: list[str]) -> None:
    text = "\n".join(["x = 1", *lines])
    document = document_from_bytes(text.encode(), file_name="a.py", limits=Limits())
    found = code_lines(document)
    names = [each.name for each in found if each.name]
    assert len(set(names)) == len(names)
    assert "\n".join(document.text[each.start : each.end] for each in found) == document.text
    shown = with_numbers(document).split("\n")
    assert len(shown) == len(found)
    written = text.split("\n")
    for line, each in zip(shown, found, strict=True):
        own = document.text[each.start : each.end]
        assert line.endswith(own.rstrip())
        assert not each.name or own == written[int(each.name) - 1].rstrip()
