"""Rubric files that are made to break their reader get a sentence, never a fault."""

import pytest

from feedforward.errors import RuleBroken
from feedforward.rubrics.files import rubric_from_text

RUBRIC = '{"name": "%s", "criteria": [{"name": "A", "weight": %s, "levels": [{"label": "x", "points": 1}]}]}'


@pytest.mark.parametrize(
    "text", [RUBRIC % ("Essay", "9" * 5000), RUBRIC % ("\\ud800", "1"), "[" * 20_000, '{"a":' * 20_000]
)
def test_a_file_made_to_break_its_reader_is_refused_in_words(text: str) -> None:
    with pytest.raises(RuleBroken):
        rubric_from_text(text, "rubric.json")
