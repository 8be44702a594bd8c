"""One released feedback as its student reads it: everything the page shows, in few statements."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.choices import Shape, StudentsSee
from feedforward.assignments.settings_tables import AssignmentVersion
from feedforward.assignments.tables import Assignment
from feedforward.courses.life_cycle_rules import Act, may
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.addressed_queries import Addressed, addressed_comments
from feedforward.feedback.queries import CommentView, comments_of
from feedforward.feedback.tables import Feedback, FeedbackCriterion
from feedforward.hot_reads import HotRead
from feedforward.rubrics.tables import CriterionRow, LevelRow


@dataclass(frozen=True, slots=True)
class Head:
    """Draft, feedback, assignment and releaser in one row; `summary` is a template, `content` sealed."""

    draft_id: int
    student_id: int
    assignment_id: int
    number: int
    rubric_id: int
    content_id: str
    content: bytes | None
    erased_at: datetime | None
    feedback_id: int
    version: int
    summary: str
    summary_passages: bytes | None
    note: str
    readers: int
    by_models: bool
    released_at: datetime
    opened_at: datetime | None
    releaser: str | None
    title: str
    time_zone: str
    course_code: str
    course_status: str
    assignment_status: str
    unreviewed: bool
    students_see: StudentsSee
    shape: Shape

    @property
    def may_answer(self) -> bool:
        """Whether the student may still say what becomes of comments: not in the archive."""
        return may(Act.ANSWER, self.course_status, self.assignment_status)


@dataclass(frozen=True, slots=True)
class CriterionLevels:
    """A criterion of the draft's rubric; `levels` are labels from lowest to highest."""

    id: int
    name: str
    levels: tuple[str, ...]
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft of the same student and assignment with the levels released for it, by criterion."""

    number: int
    erased: bool
    levels: dict[int, int | None]
    scores: dict[int, float | None]


@dataclass(frozen=True, slots=True)
class StudentFeedback:
    """The page's data; `standings` are the released drafts up to this one, by number."""

    head: Head
    criteria: tuple[CriterionLevels, ...]
    standings: tuple[Standing, ...]
    comments: tuple[CommentView, ...]
    addressed: tuple[Addressed, ...]


_HEAD = HotRead(
    select(
        Draft.id.label("draft_id"), Draft.student_id, Draft.assignment_id, Draft.number, Draft.rubric_id,
        Draft.content_id, Draft.content, Draft.erased_at, Feedback.id.label("feedback_id"), Feedback.version,
        Feedback.summary, Feedback.summary_passages, Feedback.note, Feedback.readers, Feedback.by_models,
        Feedback.released_at, Feedback.opened_at, User.name.label("releaser"), Assignment.title,
        Assignment.time_zone, Course.code.label("course_code"), Course.status.label("course_status"),
        Assignment.status.label("assignment_status"), Feedback.unreviewed, AssignmentVersion.students_see,
        AssignmentVersion.shape, Assignment.show_numbers,
    )
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(User, User.id == Feedback.released_by)
    .outerjoin(
        AssignmentVersion,
        and_(
            AssignmentVersion.assignment_id == Draft.assignment_id,
            AssignmentVersion.number == Feedback.settings_version,
        ),
    )
    .where(
        Draft.id == bindparam("draft_id"), Draft.student_id == bindparam("student_id"), Feedback.status == "released",
        Course.status != "deleted", Assignment.status != "deleted",
    )
)  # fmt: skip
_LEVELS = HotRead(
    select(CriterionRow.id, CriterionRow.name, LevelRow.label, LevelRow.points)
    .join(LevelRow, LevelRow.criterion_id == CriterionRow.id)
    .where(CriterionRow.rubric_id == bindparam("rubric_id"))
    .order_by(CriterionRow.position, LevelRow.position)
)
_STANDINGS = HotRead(
    select(
        Draft.number, Draft.erased_at, FeedbackCriterion.criterion_id, FeedbackCriterion.level, FeedbackCriterion.score
    )
    .join(Feedback, Feedback.draft_id == Draft.id)
    .outerjoin(FeedbackCriterion, FeedbackCriterion.feedback_id == Feedback.id)
    .where(
        Draft.assignment_id == bindparam("assignment_id"), Draft.student_id == bindparam("student_id"),
        Draft.number <= bindparam("number"), Feedback.status == "released",
    )
    .order_by(Draft.number)
)  # fmt: skip


def student_feedback(connection: Connection, student_id: int, draft_id: int) -> StudentFeedback:
    """The student's own, released feedback; NotFound for anybody else's and for what is not released."""
    row = _HEAD.one_or_none(connection, draft_id=draft_id, student_id=student_id)
    if row is None:
        raise NotFound
    head = _head(row)
    return StudentFeedback(
        head=head,
        criteria=_criteria(connection, head.rubric_id),
        standings=_standings(connection, head),
        comments=comments_of(connection, head.feedback_id),
        addressed=addressed_comments(connection, draft_id) if head.number > 1 else (),
    )


def _head(row: tuple[Any, ...]) -> Head:
    """What students see is what the settings said when the feedback was made; before they were kept, levels and, where
    the assignment showed them, numbers."""
    *values, see, shape, numbers = row
    before = StudentsSee.NUMBERS if numbers else StudentsSee.LEVELS
    found: tuple[Any, ...] = (
        *values, StudentsSee(see) if see else before, Shape(shape) if shape else Shape.BOTH,
    )  # fmt: skip
    return Head(*found)


def _criteria(connection: Connection, rubric_id: int) -> tuple[CriterionLevels, ...]:
    rows = _LEVELS.rows(connection, rubric_id=rubric_id)
    found = []
    for criterion_id, levels in groupby(rows, key=itemgetter(0)):
        _, names, labels, points = zip(*levels, strict=True)
        found.append(CriterionLevels(criterion_id, names[0], labels, points))
    return tuple(found)


def _standings(connection: Connection, head: Head) -> tuple[Standing, ...]:
    rows = _STANDINGS.rows(connection, assignment_id=head.assignment_id, student_id=head.student_id, number=head.number)
    found: dict[int, Standing] = {}
    for number, erased_at, criterion_id, level, score in rows:
        standing = found.setdefault(number, Standing(number, erased_at is not None, {}, {}))
        if criterion_id is not None:
            standing.levels[criterion_id] = level
            standing.scores[criterion_id] = score
    return tuple(found.values())
