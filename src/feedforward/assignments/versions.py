"""Versions of an assignment's settings: what a snapshot holds, and the assignment as it stood in one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from feedforward.assignments.choices import Detail, ReviewPolicy, Shape, StudentsSee
from feedforward.assignments.rules import MergeMethod, ReaderSetting, Task

OF_TASK = ("title", "instructions", "kind", "word_min", "word_max", "guidelines", "merge_method", "min_readings")
OF_SETTINGS = ("tone", "detail", "focus", "language", "shape", "students_see", "review", "sheet_id")
WORDS = {
    "title": "the title", "instructions": "the instructions", "kind": "the kind of work", "word_min": "the word limits",
    "word_max": "the word limits", "guidelines": "the guidelines for the readers",
    "merge_method": "how readings are merged", "min_readings": "the least number of readings", "tone": "the tone",
    "detail": "the level of detail", "focus": "the focus", "language": "the language of the feedback",
    "shape": "what the feedback speaks of", "students_see": "what students see", "review": "the review before release",
    "sheet_id": "the task sheet", "rubric_id": "the rubric", "readers": "the readers",
}  # fmt: skip


def snapshot_of(task: Task, readers: Sequence[ReaderSetting]) -> str:
    """All that bears on a reading and on what its student sees, as JSON with keys in a fixed order."""
    found: dict[str, Any] = {name: getattr(task, name) for name in OF_TASK}
    found |= {name: getattr(task.settings, name) for name in OF_SETTINGS}
    found |= {"rubric_id": task.rubric_id, "readers": [each.id for each in readers]}
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def mark_of(snapshot: str) -> str:
    """What two equal snapshots have in common: 64 hexadecimal digits."""
    return hashlib.sha256(snapshot.encode()).hexdigest()


def as_of(task: Task, snapshot: str) -> Task:
    """The assignment as it stood in this snapshot; dates, limits of handing in and its state are today's."""
    stored: Mapping[str, Any] = json.loads(snapshot)
    settings = replace(
        task.settings, tone=stored["tone"], detail=Detail(stored["detail"]), focus=stored["focus"],
        language=stored["language"], shape=Shape(stored["shape"]), students_see=StudentsSee(stored["students_see"]),
        review=ReviewPolicy(stored["review"]), sheet_id=stored["sheet_id"],
    )  # fmt: skip
    values = {name: stored[name] for name in OF_TASK}
    return replace(task, **{**values, "merge_method": MergeMethod(values["merge_method"])}, settings=settings)


def changed_between(before: str, after: str) -> list[str]:
    """What differs between two snapshots, in words, each once."""
    earlier, later = json.loads(before), json.loads(after)
    return list(dict.fromkeys(WORDS[name] for name in WORDS if earlier.get(name) != later.get(name)))
