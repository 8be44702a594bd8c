"""The built-in reader on real essays: quotes stand in them, scores lie in the rubric and go with the human ones."""

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.reader import read
from feedforward.extraction.reading import document_from_text
from feedforward.rubrics.rules import Criterion, Level, Rubric, key_from_position

EVALUATION = Path(__file__).resolve().parents[3] / "shared" / "evaluation"
pytestmark = pytest.mark.skipif(
    not (EVALUATION / "essays.csv").exists(),
    reason="the evaluation essays are not on this machine (../shared/evaluation)",
)


def rubric(name: str) -> Rubric:
    found: dict[str, Any] = next(
        each for each in json.loads((EVALUATION / "rubrics.json").read_text())["rubrics"] if each["id"] == name
    )
    return Rubric(
        found["name"],
        tuple(
            Criterion(
                key_from_position(at),
                each["name"],
                each["weight"] or 0.0,
                each["description"],
                tuple(
                    sorted(
                        (Level(level["label"], level["points"], level["description"]) for level in each["levels"]),
                        key=lambda level: level.points,
                    )
                ),
            )
            for at, each in enumerate(found["criteria"])
        ),
    )


def essays(source: str) -> list[dict[str, str]]:
    with (EVALUATION / "essays.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["source"].startswith(source)]


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    a, b = ranks(first), ranks(second)
    middle = (len(a) - 1) / 2
    top = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    below = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    return float(top / below**0.5) if below else 0.0


def ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = defaultdict(list)
    for at, value in enumerate(sorted(values)):
        places[value].append(at)
    return [sum(places[value]) / len(places[value]) for value in values]


@pytest.mark.slow
def test_scores_go_with_the_human_ones_and_every_quote_stands_in_its_essay() -> None:
    by_machine: dict[str, list[float]] = defaultdict(list)
    by_people: dict[str, list[float]] = defaultdict(list)
    task = rubric("ellipse")
    for row in essays("ELLIPSE")[::3]:
        document = document_from_text(row["text"])
        answer = read(document, Brief(row["prompt"], "", task))
        texts = [comment.text for comment in answer.comments]
        assert len(texts) == len(set(texts)), row["id"]
        for comment in answer.comments:
            if comment.quote:
                assert document.text[comment.quote.start : comment.quote.end] == comment.quote.text
        human = json.loads(row["criteria"])
        for each, found in zip(task.criteria, answer.criteria, strict=True):
            if found.score is not None:
                assert found.score in {level.points for level in each.levels}
                by_machine[each.name].append(found.score)
                by_people[each.name].append(human[each.name])
    figures = {name: round(spearman(scores, by_people[name]), 2) for name, scores in by_machine.items()}
    print(figures)
    assert set(figures) == {"Cohesion", "Syntax", "Vocabulary", "Conventions"}
    assert min(figures.values()) >= 0.3, figures


def test_argumentative_drafts_are_read_without_a_repeated_comment() -> None:
    task = rubric("argrewrite")
    for row in essays("ArgRewrite")[::6]:
        answer = read(document_from_text(row["text"]), Brief("Self-driving cars", row["prompt"], task))
        texts = [comment.text for comment in answer.comments]
        assert texts
        assert len(texts) == len(set(texts))
