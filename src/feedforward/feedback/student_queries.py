"""One released feedback as its student reads it: everything the page shows, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.queries import CommentView, comments_of
from feedforward.feedback.tables import AddressedComment, Comment, Feedback, FeedbackCriterion
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
    show_numbers: bool
    course_code: str


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
class Addressed:
    """What the readings of this draft say about a comment on an earlier one (templates and sealed passages)."""

    comment_id: int
    number: int
    kind: str
    text: str
    next_step: str
    passages: bytes | None
    has_quote: bool
    content_id: str
    addressed: str
    note: str
    note_passages: bytes | None


@dataclass(frozen=True, slots=True)
class StudentFeedback:
    """The page's data; `standings` are the released drafts up to this one, by number."""

    head: Head
    criteria: tuple[CriterionLevels, ...]
    standings: tuple[Standing, ...]
    comments: tuple[CommentView, ...]
    addressed: tuple[Addressed, ...]


_HEAD = (
    select(
        Draft.id.label("draft_id"), Draft.student_id, Draft.assignment_id, Draft.number, Draft.rubric_id,
        Draft.content_id, Draft.content, Draft.erased_at, Feedback.id.label("feedback_id"), Feedback.version,
        Feedback.summary, Feedback.summary_passages, Feedback.note, Feedback.readers, Feedback.by_models,
        Feedback.released_at, Feedback.opened_at, User.name.label("releaser"), Assignment.title,
        Assignment.time_zone, Assignment.show_numbers, Course.code.label("course_code"),
    )
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(User, User.id == Feedback.released_by)
    .where(
        Draft.id == bindparam("draft_id"), Draft.student_id == bindparam("student_id"), Feedback.status == "released"
    )
)  # fmt: skip
_LEVELS = (
    select(CriterionRow.id, CriterionRow.name, LevelRow.label, LevelRow.points)
    .join(LevelRow, LevelRow.criterion_id == CriterionRow.id)
    .where(CriterionRow.rubric_id == bindparam("rubric_id"))
    .order_by(CriterionRow.position, LevelRow.position)
)
_STANDINGS = (
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
_ADDRESSED = (
    select(
        Comment.id.label("comment_id"), Draft.number, Comment.kind, Comment.text, Comment.next_step, Comment.passages,
        Comment.has_quote, Draft.content_id, AddressedComment.addressed, AddressedComment.note,
        AddressedComment.note_passages,
    )
    .join(Comment, Comment.id == AddressedComment.comment_id)
    .join(Feedback, Feedback.id == Comment.feedback_id)
    .join(Draft, Draft.id == Feedback.draft_id)
    .where(AddressedComment.draft_id == bindparam("draft_id"), Feedback.status == "released")
    .order_by(Comment.position, Comment.id)
)  # fmt: skip


def student_feedback(connection: Connection, student_id: int, draft_id: int) -> StudentFeedback:
    """The student's own, released feedback; NotFound for anybody else's and for what is not released."""
    row = connection.execute(_HEAD, {"draft_id": draft_id, "student_id": student_id}).one_or_none()
    if row is None:
        raise NotFound
    # By position, in the order of the columns: by name it takes ten times as long.
    values: tuple[Any, ...] = tuple(row)
    head = Head(*values)
    return StudentFeedback(
        head=head,
        criteria=_criteria(connection, head.rubric_id),
        standings=_standings(connection, head),
        comments=comments_of(connection, head.feedback_id),
        addressed=addressed_comments(connection, draft_id) if head.number > 1 else (),
    )


def addressed_comments(connection: Connection, draft_id: int) -> tuple[Addressed, ...]:
    """What a draft's readings say about the comments released before it; the caller has asked whose draft it is."""
    rows: Sequence[tuple[Any, ...]] = [tuple(each) for each in connection.execute(_ADDRESSED, {"draft_id": draft_id})]
    return tuple(Addressed(*each) for each in rows)


def _criteria(connection: Connection, rubric_id: int) -> tuple[CriterionLevels, ...]:
    found: dict[int, CriterionLevels] = {}
    for criterion_id, name, label, points in connection.execute(_LEVELS, {"rubric_id": rubric_id}):
        before = found.get(criterion_id, CriterionLevels(criterion_id, name, (), ()))
        found[criterion_id] = CriterionLevels(criterion_id, name, (*before.levels, label), (*before.points, points))
    return tuple(found.values())


def _standings(connection: Connection, head: Head) -> tuple[Standing, ...]:
    asked = {"assignment_id": head.assignment_id, "student_id": head.student_id, "number": head.number}
    found: dict[int, Standing] = {}
    for number, erased_at, criterion_id, level, score in connection.execute(_STANDINGS, asked):
        assert number is not None  # the statement asks for numbers up to one
        standing = found.setdefault(number, Standing(number, erased_at is not None, {}, {}))
        if criterion_id is not None:
            standing.levels[criterion_id] = level
            standing.scores[criterion_id] = score
    return tuple(found.values())
