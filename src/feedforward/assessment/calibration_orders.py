"""What the calibration page shows, and the orders it gives: from reviewed drafts, or from a file of marked texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from feedforward.assessment.calibration_order import Order, OrderedText
from feedforward.assessment.calibration_queries import ReviewedDraft, Run, reviewed_drafts, runs_of
from feedforward.assessment.reader_versions import version_of
from feedforward.assessment.signal_queries import chosen_topics
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.queries import reader_settings
from feedforward.assignments.rules import Task
from feedforward.calibration.marked_file import MarkedFile
from feedforward.drafts.content import read_content
from feedforward.drafts.queries import draft_for_work
from feedforward.errors import RuleBroken
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.files import rubric_to_text
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.storage.content import ContentStore


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many released drafts a reader can be calibrated on, and how many of their marks a person changed by hand."""

    reader: str
    here: int
    everywhere: int
    changed: int
    marks: int


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """The page's data; `rubric` is None while there is none, and then there is nothing to calibrate."""

    task: Task
    rubric: Rubric | None
    reviewed: tuple[Reviewed, ...]
    runs: tuple[Run, ...]
    outdated: frozenset[int]


def calibration_to_change(
    connection: Connection, staff_id: int, assignment_id: int, now: datetime
) -> CalibrationView:  # fmt: skip
    """For somebody who may change the assignment; NotFound or NotPermitted otherwise."""
    task = task_to_change(connection, staff_id, assignment_id)
    runs = runs_of(connection, assignment_id, now)
    outdated = frozenset(run.id for run in runs if run.version != version_of(run.reader))
    if task.rubric_id is None:
        return CalibrationView(task, None, (), runs, outdated)
    rubric = rubric_by_id(connection, task.rubric_id)
    counted = []
    for reader in dict.fromkeys(each.reader for each in reader_settings(connection, assignment_id)):
        here = reviewed_drafts(connection, staff_id, assignment_id, reader, rubric, everywhere=False)
        everywhere = reviewed_drafts(connection, staff_id, assignment_id, reader, rubric, everywhere=True)
        marks = sum(len(each.marks) for each in everywhere)
        counted.append(Reviewed(reader, len(here), len(everywhere), sum(each.changed for each in everywhere), marks))
    return CalibrationView(task, rubric, tuple(counted), runs, outdated)


def order_from_reviewed(
    connection: Connection, store: ContentStore, staff_id: int, assignment_id: int, reader: str, *, everywhere: bool
) -> tuple[Task, Order]:
    """The order for one reader of the assignment; the built-in reader reads anew the texts that are not erased yet.

    RuleBroken where the assignment has no such reader or no rubric.
    """
    task = task_to_change(connection, staff_id, assignment_id)
    rubric = rubric_by_id(connection, task.required_rubric_id)
    if reader not in {each.reader for each in reader_settings(connection, assignment_id)}:
        raise RuleBroken("Choose one of the assignment’s readers.", "reader")
    drafts = reviewed_drafts(connection, staff_id, assignment_id, reader, rubric, everywhere=everywhere)
    if reader == BUILT_IN:
        texts = [text for each in drafts if (text := _with_text(connection, store, each)) is not None]
    else:
        texts = [OrderedText(each.marks, str(each.student_id), scores=each.scores) for each in drafts]
    return task, _order(connection, task, rubric, reader, texts)


def order_from_file(connection: Connection, task: Task, rubric: Rubric, file: MarkedFile) -> Order:
    """The order for the built-in reader, which costs nothing; a model would have to read every text."""
    texts = [OrderedText(each.marks, text=each.text) for each in file.lines]
    return _order(connection, task, rubric, BUILT_IN, texts)


def _with_text(connection: Connection, store: ContentStore, draft: ReviewedDraft) -> OrderedText | None:
    content = read_content(store, draft_for_work(connection, draft.draft_id))
    if content is None:
        return None
    return OrderedText(draft.marks, str(draft.student_id), document=content.document.to_json())


def _order(connection: Connection, task: Task, rubric: Rubric, reader: str, texts: Sequence[OrderedText]) -> Order:
    chosen = chosen_topics(connection, task.assignment_id, rubric)
    return Order(
        reader=reader, version=version_of(reader), rubric=rubric_to_text(rubric),
        chosen={rubric.criterion(key).name: [str(topic) for topic in topics] for key, topics in chosen.items()},
        title=task.title, instructions=task.instructions, kind=task.kind, word_min=task.word_min,
        word_max=task.word_max, texts=texts,
    )  # fmt: skip
