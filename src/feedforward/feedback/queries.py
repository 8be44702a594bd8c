"""Reads of feedback: the merged result of a draft with its criteria and comments, scoped to who asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.rules import CommentKind
from feedforward.feedback.tables import Comment, CommentUptake, Feedback, FeedbackCriterion
from feedforward.hot_reads import HotRead
from feedforward.rubrics.tables import CriterionRow


@dataclass(frozen=True, slots=True)
class CriterionView:
    """The result for one criterion: `merged_…` as the readings gave it, `score` and `level` as they stand now."""

    criterion_id: int
    merged_score: float | None
    merged_level: int | None
    disagreement: float | None
    scores: int
    score: float | None
    level: int | None
    edited_by: int | None


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment as stored: `text` and `next_step` are templates, `passages` the sealed words of the draft.

    `uptake` is what the student said: "done", "not_doing", "asked", or None.
    """

    id: int
    criterion_id: int | None
    position: int
    kind: CommentKind
    text: str
    next_step: str
    looked_in: str
    passages: bytes | None
    has_quote: bool
    supported: bool
    kept: bool
    dropped: bool
    priority: bool
    support: int
    of: int
    readers: tuple[str, ...]
    origin: str
    edited_by: int | None
    uptake: str | None
    uptake_note: str
    uptake_at: datetime | None

    @property
    def for_student(self) -> bool:
        """Whether the student sees it: not dropped, and supported by the draft unless a person kept it."""
        return not self.dropped and (self.supported or self.kept)


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """The feedback of one draft as stored; texts are templates (see content.py), `reasons` are codes."""

    id: int
    draft_id: int
    status: str
    version: int
    edit: int
    summary: str
    summary_passages: bytes | None
    summary_edited: bool
    note: str
    attention: float
    reasons: tuple[str, ...]
    readers: int
    by_models: bool
    withheld_reason: str
    release_at: datetime | None
    released_at: datetime | None
    released_by: int | None
    reviewed_by: int | None
    opened_at: datetime | None
    created_at: datetime
    changed_at: datetime
    criteria: tuple[CriterionView, ...]
    comments: tuple[CommentView, ...]


_FEEDBACK = select(
    Feedback.id, Feedback.draft_id, Feedback.status, Feedback.version, Feedback.edit, Feedback.summary,
    Feedback.summary_passages, Feedback.summary_edited, Feedback.note, Feedback.attention, Feedback.reasons,
    Feedback.readers, Feedback.by_models, Feedback.withheld_reason, Feedback.release_at, Feedback.released_at,
    Feedback.released_by, Feedback.reviewed_by, Feedback.opened_at, Feedback.created_at, Feedback.changed_at,
).where(Feedback.draft_id == bindparam("draft_id"))  # fmt: skip
_RELEASED = _FEEDBACK.join(Draft, Draft.id == Feedback.draft_id).where(
    Draft.student_id == bindparam("student_id"), Feedback.status == "released"
)
_CRITERIA = HotRead(
    select(
        FeedbackCriterion.criterion_id, FeedbackCriterion.merged_score, FeedbackCriterion.merged_level,
        FeedbackCriterion.disagreement, FeedbackCriterion.scores, FeedbackCriterion.score, FeedbackCriterion.level,
        FeedbackCriterion.edited_by,
    )
    .join(CriterionRow, CriterionRow.id == FeedbackCriterion.criterion_id)
    .where(FeedbackCriterion.feedback_id == bindparam("feedback_id"))
    .order_by(CriterionRow.position)
)  # fmt: skip
_COMMENTS = HotRead(
    select(
        Comment.id, Comment.criterion_id, Comment.position, Comment.kind, Comment.text, Comment.next_step,
        Comment.looked_in, Comment.passages, Comment.has_quote, Comment.supported, Comment.kept, Comment.dropped,
        Comment.priority, Comment.support, Comment.of, Comment.readers, Comment.origin, Comment.edited_by,
        CommentUptake.state.label("uptake"), func.coalesce(CommentUptake.note, "").label("uptake_note"),
        CommentUptake.marked_at.label("uptake_at"),
    )
    .outerjoin(CommentUptake, CommentUptake.comment_id == Comment.id)
    .where(Comment.feedback_id == bindparam("feedback_id"))
    .order_by(Comment.position, Comment.id)
)  # fmt: skip


def feedback_of_draft(connection: Connection, draft_id: int) -> FeedbackView | None:
    """The feedback in whatever state it is; None before the readings were merged. For callers that know who asks."""
    return _optional(connection, _FEEDBACK, draft_id=draft_id)


def released_feedback_for_student(connection: Connection, student_id: int, draft_id: int) -> FeedbackView:
    """The student's own, released feedback; NotFound for anybody else's and for what is not released."""
    found = _optional(connection, _RELEASED, draft_id=draft_id, student_id=student_id)
    if found is None:
        raise NotFound
    return found


def _optional(connection: Connection, statement: Select[*tuple[Any, ...]], **values: Any) -> FeedbackView | None:
    row = connection.execute(statement, values).one_or_none()
    if row is None:
        return None
    found = dict(row._mapping)
    found["reasons"] = tuple(found["reasons"].split())
    criteria = tuple(CriterionView(*each) for each in _CRITERIA.rows(connection, feedback_id=found["id"]))
    return FeedbackView(**found, criteria=criteria, comments=comments_of(connection, found["id"]))


def comments_of(connection: Connection, feedback_id: int) -> tuple[CommentView, ...]:
    """The comments of one feedback in their order, dropped ones too. For callers that know who asks."""
    return tuple(_comment(each) for each in _COMMENTS.rows(connection, feedback_id=feedback_id))


_KINDS = {str(each): each for each in CommentKind}


def _comment(row: tuple[Any, ...]) -> CommentView:
    readers = tuple(filter(None, row[15].split("\n")))
    values = (*row[:3], _KINDS[row[3]], *row[4:15], readers, *row[16:])
    return CommentView(*values)
