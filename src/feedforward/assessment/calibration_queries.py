"""Reading calibrations, and the reviewed drafts a calibration can learn from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from feedforward.assessment.calibration_actions import SILENT_AFTER
from feedforward.assessment.tables import Reading, ReadingScore
from feedforward.assignments.tables import Assignment
from feedforward.calibration.mapping import Calibration, calibration_from_json
from feedforward.calibration.tables import CalibrationRow
from feedforward.calibration.training import CriterionFigures, figures_from_json
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import CourseStaff
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback, FeedbackCriterion
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Criterion, Rubric, fold

MOST_DRAFTS = 500

_RUNS = (
    select(
        CalibrationRow.id, CalibrationRow.reader, CalibrationRow.version, CalibrationRow.source, CalibrationRow.status,
        CalibrationRow.in_use, CalibrationRow.n, CalibrationRow.done, CalibrationRow.figures, CalibrationRow.problem,
        CalibrationRow.created_at, CalibrationRow.changed_at, CalibrationRow.rubric_id,
    )
    .where(CalibrationRow.assignment_id == bindparam("assignment_id"), CalibrationRow.removed_at.is_(None))
    .order_by(CalibrationRow.id.desc())
)  # fmt: skip
_IN_USE = select(
    CalibrationRow.id, CalibrationRow.reader, CalibrationRow.version, CalibrationRow.fitted, CalibrationRow.figures
).where(CalibrationRow.assignment_id == bindparam("assignment_id"), CalibrationRow.in_use)
_REVIEWED = (
    select(
        Draft.id.label("draft_id"), Draft.student_id, Draft.rubric_id, Reading.id.label("reading_id"),
        FeedbackCriterion.criterion_id, FeedbackCriterion.score.label("mark"), FeedbackCriterion.edited_by,
        ReadingScore.score,
    )
    .select_from(Assignment)
    .join(CourseStaff, CourseStaff.course_id == Assignment.course_id)
    .join(Draft, Draft.assignment_id == Assignment.id)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(FeedbackCriterion, FeedbackCriterion.feedback_id == Feedback.id)
    .join(Reading, (Reading.draft_id == Draft.id) & (Reading.round == Draft.round))
    .join(
        ReadingScore,
        (ReadingScore.reading_id == Reading.id) & (ReadingScore.criterion_id == FeedbackCriterion.criterion_id),
    )
    .where(
        CourseStaff.user_id == bindparam("user_id"), Draft.status == "released", Feedback.status == "released",
        Feedback.released_by.is_not(None), Reading.reader == bindparam("reader"), Reading.status == "done",
        FeedbackCriterion.score.is_not(None), in_my_part(Draft.student_id),
    )
    .order_by(Draft.id.desc(), Reading.id, FeedbackCriterion.criterion_id)
)  # fmt: skip
_REVIEWED_HERE = _REVIEWED.where(Assignment.id == bindparam("assignment_id"))


@dataclass(frozen=True, slots=True)
class Run:
    """One calibration on the page. `silent`: it is said to run, and has not been heard of for a while."""

    id: int
    reader: str
    version: str
    source: str
    status: str
    in_use: bool
    n: int
    done: int
    figures: tuple[CriterionFigures, ...]
    problem: str
    created_at: datetime
    rubric_id: int
    silent: bool


@dataclass(frozen=True, slots=True)
class InUse:
    """A calibration that merging uses: the folded names of the criteria where it is better than chance."""

    id: int
    reader: str
    version: str
    calibration: Calibration
    usable: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A released draft: people's marks and the reader's scores by criterion name; `changed`: marks set by hand."""

    draft_id: int
    student_id: int
    marks: Mapping[str, float]
    scores: Mapping[str, float | None]
    changed: int


def runs_of(connection: Connection, assignment_id: int, now: datetime) -> tuple[Run, ...]:
    """The calibrations of an assignment, the newest first, removed ones aside."""
    return tuple(
        Run(
            row.id, row.reader, row.version, row.source, row.status, row.in_use, row.n, row.done,
            figures_from_json(json.loads(row.figures)) if row.figures else (), row.problem, row.created_at,
            row.rubric_id, row.status == "running" and row.changed_at < now - SILENT_AFTER,
        )
        for row in connection.execute(_RUNS, {"assignment_id": assignment_id})
    )  # fmt: skip


def calibrations_in_use(connection: Connection, assignment_id: int) -> tuple[InUse, ...]:
    """What merging is to use, at most one for each reader."""
    return tuple(
        InUse(
            row.id, row.reader, row.version, calibration_from_json(json.loads(row.fitted)),
            frozenset(fold(each["name"]) for each in json.loads(row.figures) if each["usable"]),
        )
        for row in connection.execute(_IN_USE, {"assignment_id": assignment_id})
    )  # fmt: skip


def reviewed_drafts(
    connection: Connection, user_id: int, assignment_id: int, reader: str, rubric: Rubric, *, everywhere: bool
) -> tuple[ReviewedDraft, ...]:
    """The newest released drafts with a mark for every criterion and a reading by this reader, at most MOST_DRAFTS.

    Of this assignment, or `everywhere` this person teaches a rubric with the same criteria and points. Marks are the
    points of the level nearest to the score that was released.
    """
    statement = _REVIEWED if everywhere else _REVIEWED_HERE
    values = {"user_id": user_id, "reader": reader} | ({} if everywhere else {"assignment_id": assignment_id})
    rubrics: dict[int, Rubric | None] = {}
    first_reading: dict[int, str] = {}
    found: dict[int, ReviewedDraft] = {}
    for row in connection.execute(statement, values):
        if row.rubric_id not in rubrics:
            other = rubric_by_id(connection, row.rubric_id)
            rubrics[row.rubric_id] = other if same_scales(rubric, other) else None
        own = rubrics[row.rubric_id]
        if own is None or first_reading.setdefault(row.draft_id, row.reading_id) != row.reading_id:
            continue
        if row.draft_id not in found:
            if len(found) == MOST_DRAFTS:
                break
            found[row.draft_id] = ReviewedDraft(row.draft_id, row.student_id, {}, {}, 0)
        criterion, before = own.criterion(str(row.criterion_id)), found[row.draft_id]
        name = next(each.name for each in rubric.criteria if fold(each.name) == fold(criterion.name))
        found[row.draft_id] = ReviewedDraft(
            row.draft_id, row.student_id,
            {**before.marks, name: criterion.levels[criterion.level_for(row.mark)].points},
            {**before.scores, name: row.score}, before.changed + (row.edited_by is not None),
        )  # fmt: skip
    return tuple(
        each
        for each in found.values()
        if len(each.marks) == len(rubric.criteria)
        and (reader == BUILT_IN or all(score is not None for score in each.scores.values()))
    )


def same_scales(one: Rubric, other: Rubric) -> bool:
    """Whether two rubrics have criteria of the same names with the same points."""
    return _scales(one.criteria) == _scales(other.criteria)


def _scales(criteria: Sequence[Criterion]) -> dict[str, tuple[float, ...]]:
    return {fold(each.name): tuple(level.points for level in each.levels) for each in criteria}
