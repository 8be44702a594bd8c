"""A rubric as a file: what is read, what is refused with which words, and that both directions agree."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedforward.errors import RuleBroken
from feedforward.rubrics.files import MOST_CHARACTERS, rubric_from_text, rubric_schema, rubric_to_text
from feedforward.rubrics.rules import Criterion, Level, Rubric, problems_of, same_rubric

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "rubric-file.md"
LEVELS = [{"label": "Weak", "points": 1}, {"label": "Strong", "points": 2}]


def with_(**changed: object) -> str:
    return json.dumps({"name": "R", "criteria": [{"name": "Thesis", "levels": LEVELS, **changed}]})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected “name” and “criteria”"),
        ("[1, 2]", "expected “name” and “criteria”"),
        ('{"name": "R"', "not valid JSON: line 1, column"),
        ("name: R\n  criteria: [", "neither valid JSON nor YAML: line"),
        ("a: &x [1]\nb: *x", "aliases"),
        ('{"name": "R", "criteria": []}', "“criteria” must be a list: add at least one criterion"),
        ('{"name": "R", "criteria": [3]}', "criteria 1: expected named fields"),
        ('{"name": "R", "criteria": "x", "title": 3}', "there is no field “title”"),
        (with_(levels=[]), "criteria 1: “levels” must be a list"),
        (with_(levels=[LEVELS[0]]), "add at least two levels"),
        (with_(levels=[{"label": "Weak"}, LEVELS[1]]), "criteria 1, levels 1: “points” is missing"),
        (with_(levels=[{"label": "Weak", "points": "one"}, LEVELS[1]]), "levels 1: “points” must be a number"),
        (with_(levels=[{"label": "Weak", "points": True}, LEVELS[1]]), "must be a number"),
        (with_(levels=[LEVELS[0], {**LEVELS[1], "points": 1}]), "two levels have the same points"),
        (with_(weight=-1), "the weight cannot be negative"),
        (with_(weight=0), "Give at least one criterion a weight above zero"),
        (with_(weight=float("nan")), "“weight” must be a number between"),
        (with_(weight=float("inf")), "“weight” must be a number between"),
        (with_(name="  "), "criteria 1: “name” is missing"),
        (with_(name="x" * 201), "“name” has more than 200 characters"),
        (with_(marks=3), "there is no field “marks”"),
        ("[" * 5000, "R.json"),
        ('{"name":' * 3000, "R.json"),
        ("x" * (MOST_CHARACTERS + 1), "longer than"),
    ],
)
def test_a_wrong_file_is_refused_with_one_line_that_says_where(text: str, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rubric_from_text(text, "R.json")
    assert words in refused.value.message
    assert refused.value.message.startswith("R.json")
    assert "\n" not in refused.value.message


def test_yaml_and_json_say_the_same_and_levels_come_lowest_first() -> None:
    text = """
    name: Lab report
    criteria:
      - name: Method
        weight: 2
        levels:
          - {label: Good, points: 3}
          - {label: 1, points: 0.5, description: Missing}
      - name: Result
        levels: [{label: No, points: 0}, {label: Yes, points: 1}]
    """
    rubric = rubric_from_text(text, "lab.yaml")
    assert [level.label for level in rubric.criteria[0].levels] == ["1", "Good"]
    assert [criterion.weight for criterion in rubric.criteria] == [2.0, 1.0]
    assert [level.label for level in rubric.criteria[1].levels] == ["No", "Yes"]
    assert same_rubric(rubric_from_text(rubric_to_text(rubric), "lab.json"), rubric)


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
numbers = st.integers(-9999, 9999) | st.decimals(-99, 99, places=2).map(float)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any usable rubric."""
    criteria = []
    for position, name in enumerate(draw(st.lists(words, min_size=1, max_size=4, unique_by=str.casefold))):
        points = sorted(draw(st.lists(numbers, min_size=2, max_size=5, unique=True)))
        labels = draw(st.lists(words, min_size=len(points), max_size=len(points), unique_by=str.casefold))
        levels = tuple(Level(label, float(at), draw(words)) for label, at in zip(labels, points, strict=True))
        weight = draw(st.floats(0.125, 100, width=16))
        criteria.append(Criterion(f"c{position + 1}", name, weight, draw(words), levels))
    return Rubric(draw(words), tuple(criteria))


@given(rubric=rubrics())
def test_what_is_written_is_read_back_the_same_as_json_and_as_yaml(rubric: Rubric) -> None:
    text = rubric_to_text(rubric)
    assert rubric_from_text(text, "r.json") == rubric
    assert rubric_from_text(yaml.safe_dump(json.loads(text), allow_unicode=True), "r.yaml") == rubric


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        rubric = rubric_from_text(text, "x")
    except RuleBroken:
        return
    assert not problems_of(rubric)


def test_the_guide_shows_the_schema_in_force_and_examples_that_are_read() -> None:
    blocks = re.findall(r"```(json|yaml)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    texts = [text for _, text in blocks]
    schema = next(json.loads(text) for text in texts if "$schema" in text)
    assert schema == rubric_schema()
    examples = [rubric_from_text(text, "guide") for text in texts if "$schema" not in text]
    assert len(examples) == 2
    assert same_rubric(*examples)
