"""Every rubric and export that was handed to us is read, judged and carried through all formats."""

import json
from pathlib import Path

import pytest

from feedforward.rubrics.formats.imported import weighted_by_points
from feedforward.rubrics.formats.registry import Format, read_any, written
from feedforward.rubrics.rules import Rubric, problems_of

SHARED = Path(__file__).resolve().parents[3] / "shared" / "evaluation"
EXPORTS = sorted((SHARED / "rubric_exports").glob("*"))
KINDS = {
    ".canvas.csv": Format.CANVAS, ".md": Format.MARKDOWN, ".moodle_grading.xml": Format.MOODLE, ".ora.xml": Format.ORA,
}  # fmt: skip

pytestmark = pytest.mark.skipif(not EXPORTS, reason="the shared evaluation data lies beside the checkout only here")


def whole(rubric: Rubric) -> list[tuple[str, str, list[tuple[str, float, str]]]]:
    """Everything but the weights."""
    return [
        (each.name, each.description, [(level.label, level.points, level.description) for level in each.levels])
        for each in rubric.criteria
    ]


def originals() -> dict[str, Rubric]:
    data = json.loads((SHARED / "rubrics.json").read_text("utf-8"))
    reading = read_any((SHARED / "rubrics.json").read_bytes(), "rubrics.json")
    return {row["id"]: each.rubric for row, each in zip(data["rubrics"], reading.rubrics, strict=True)}


def test_every_export_says_what_its_original_says() -> None:
    known = originals()
    for file in EXPORTS:
        reading = read_any(file.read_bytes(), file.name)
        (imported,) = reading.rubrics
        name, _, _ = file.name.partition(".")
        assert reading.format is KINDS[file.name.removeprefix(name)]
        assert whole(imported.rubric) == whole(known[name]), file.name
        assert imported.rubric.name == known[name].name
        assert not imported.notes, file.name
        assert not problems_of(imported.rubric), file.name


def test_the_collection_is_read_whole_and_goes_through_every_format() -> None:
    data = json.loads((SHARED / "rubrics.json").read_text("utf-8"))["rubrics"]
    known = originals()
    assert len(known) == len(data) >= 8
    for row in data:
        rubric = known[row["id"]]
        assert [(each["name"], len(each["levels"])) for each in row["criteria"]] == [
            (each.name, len(each.levels)) for each in rubric.criteria
        ]
        bare = [each.name for each in rubric.criteria if not each.levels]
        assert bool(problems_of(rubric)) == bool(bare), row["id"]
        for kind in Format:
            out = written(rubric, kind)
            (again,) = read_any(out.data, kind).rubrics
            if kind in (Format.JSON, Format.YAML, Format.MARKDOWN, Format.TABLE):
                assert again.rubric == rubric, (row["id"], kind)
            elif kind is not Format.FFRUBRIC:
                assert whole(again.rubric) == whole(rubric), (row["id"], kind)
                assert [each.weight for each in again.rubric.criteria] == [
                    each.weight for each in weighted_by_points(rubric.criteria)
                ]
