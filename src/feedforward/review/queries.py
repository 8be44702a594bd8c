"""Reading one draft for its review, always for a person who teaches its course."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.orm import aliased

from feedforward.accounts.tables import User
from feedforward.assessment.tables import CalibratedScore, Reading, ReadingScore, ReadingSignals
from feedforward.assignments.choices import resolved
from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults, InstallationDefaults
from feedforward.assignments.tables import Assignment
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.tables import Comment, CommentUptake, Feedback, FeedbackCriterion
from feedforward.review.anonymous import CHOSEN, pseudonym
from feedforward.review.rules import NAMED, FeedbackStatus
from feedforward.review.views import Head
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric

_REVIEWER = aliased(User)
_EDITOR = aliased(User)

_ANY_HEAD = (
    select(
        Draft.id.label("draft_id"), Assignment.id.label("assignment_id"), Course.id.label("course_id"),
        Course.code.label("course_code"), Assignment.title.label("assignment"), Assignment.time_zone,
        Assignment.retention_days, Assignment.due_at, User.name.label("student"), Draft.number,
        Draft.status.label("draft_status"), Draft.word_count, Draft.rubric_id, Draft.round, Draft.submitted_at,
        Draft.trouble, Draft.content_id, Draft.content, Draft.has_file, Draft.erase_after, Draft.erased_at,
        Draft.content_preserved, Draft.preserved_reason, Feedback.id.label("feedback_id"), Feedback.status,
        Feedback.version, Feedback.edit, Feedback.reasons, Feedback.attention, Feedback.readers, Feedback.by_models,
        Feedback.withheld_reason, Feedback.release_at, Feedback.released_at, Feedback.reviewed_by,
        _REVIEWER.name.label("reviewer"), Feedback.created_at, Feedback.changed_at,
        Feedback.summary.label("summary_template"), Feedback.note.label("note_template"), Feedback.summary_passages,
        Feedback.summary_edited, Course.status.label("course_status"), Assignment.status.label("assignment_status"),
        Draft.student_id, Draft.deadline_at, Feedback.settings_version, Feedback.unreviewed, *CHOSEN,
    )
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .join(User, User.id == Draft.student_id)
    .outerjoin(AssignmentSettings, AssignmentSettings.assignment_id == Assignment.id)
    .outerjoin(CourseDefaults, CourseDefaults.course_id == Assignment.course_id)
    .outerjoin(InstallationDefaults, InstallationDefaults.id == 1)
    .outerjoin(_REVIEWER, _REVIEWER.id == Feedback.reviewed_by)
    .where(Draft.id == bindparam("draft_id"))
)  # fmt: skip
_STAFF_HEAD = _ANY_HEAD.join(CourseStaff, CourseStaff.course_id == Course.id).where(
    CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted", Assignment.status != "deleted",
    in_my_part(Draft.student_id),
)  # fmt: skip
_CRITERIA = (
    select(
        FeedbackCriterion.criterion_id, FeedbackCriterion.merged_score, FeedbackCriterion.merged_level,
        FeedbackCriterion.disagreement, FeedbackCriterion.scores, FeedbackCriterion.score, FeedbackCriterion.level,
        _EDITOR.name.label("edited_by"),
    )
    .outerjoin(_EDITOR, _EDITOR.id == FeedbackCriterion.edited_by)
    .where(FeedbackCriterion.feedback_id == bindparam("feedback_id"))
)  # fmt: skip
_COMMENTS = (
    select(
        Comment.id, Comment.criterion_id, Comment.position, Comment.kind, Comment.text, Comment.next_step,
        Comment.looked_in, Comment.passages, Comment.has_quote, Comment.supported, Comment.kept, Comment.dropped,
        Comment.priority, Comment.support, Comment.of, Comment.readers, Comment.origin,
        _EDITOR.name.label("edited_by"), CommentUptake.state.label("uptake"), CommentUptake.note.label("uptake_note"),
    )
    .outerjoin(_EDITOR, _EDITOR.id == Comment.edited_by)
    .outerjoin(CommentUptake, CommentUptake.comment_id == Comment.id)
    .where(Comment.feedback_id == bindparam("feedback_id"))
    .order_by(Comment.position, Comment.id)
)  # fmt: skip
_READINGS = (
    select(
        Reading.id, Reading.round, Reading.reader, Reading.run, Reading.status, Reading.seconds, Reading.tokens_in,
        Reading.tokens_out, Reading.cost_microdollars, Reading.error, Reading.fallback_for, Reading.prompt_version,
        Reading.record.is_not(None).label("has_record"), Reading.answer,
    )
    .where(Reading.draft_id == bindparam("draft_id"))
    .order_by(Reading.round.desc(), Reading.reader, Reading.run)
)  # fmt: skip
_SCORES = (
    select(
        ReadingScore.reading_id, ReadingScore.criterion_id, ReadingScore.score, ReadingScore.level,
        CalibratedScore.score.label("calibrated"), CalibratedScore.level.label("calibrated_level"),
        ReadingSignals.topics, ReadingSignals.chosen,
    )
    .join(Reading, Reading.id == ReadingScore.reading_id)
    .outerjoin(
        CalibratedScore,
        (CalibratedScore.reading_id == ReadingScore.reading_id)
        & (CalibratedScore.criterion_id == ReadingScore.criterion_id),
    )
    .outerjoin(
        ReadingSignals,
        (ReadingSignals.reading_id == ReadingScore.reading_id)
        & (ReadingSignals.criterion_id == ReadingScore.criterion_id),
    )
    .where(Reading.draft_id == bindparam("draft_id"))
)  # fmt: skip
_RECORD = (
    select(Reading.record, Reading.reader, Reading.run, Reading.prompt_version, Draft.content_id)
    .join(Draft, Draft.id == Reading.draft_id)
    .where(Reading.id == bindparam("reading_id"), Reading.draft_id == bindparam("draft_id"))
)
_HEAD_FIELDS = tuple(each.name for each in fields(Head))


@dataclass(frozen=True, slots=True)
class ReviewRows:
    """The rows of one review as the database keeps them, still sealed."""

    head: Head
    rubric: Rubric
    criteria: Sequence[Row[*tuple[Any, ...]]]
    comments: Sequence[Row[*tuple[Any, ...]]]
    readings: Sequence[Row[*tuple[Any, ...]]]
    scores: Sequence[Row[*tuple[Any, ...]]]


def head_for_staff(connection: Connection, user_id: int, draft_id: int) -> Head:
    """The draft and its feedback; NotFound unless this person teaches the course and there is feedback to review."""
    return _head(connection.execute(_STAFF_HEAD, {"user_id": user_id, "draft_id": draft_id}).one_or_none())


def review_for_staff(connection: Connection, user_id: int, draft_id: int) -> ReviewRows:
    """All rows of one review for a person who teaches the course; NotFound otherwise."""
    return _rows(connection, head_for_staff(connection, user_id, draft_id))


def review_for_work(connection: Connection, draft_id: int) -> ReviewRows:
    """The same for the system itself: a release at its set time."""
    return _rows(connection, _head(connection.execute(_ANY_HEAD, {"draft_id": draft_id}).one_or_none()))


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What was sent to a reader and what came back, sealed; None where nothing was sent or it was erased."""

    record: bytes | None
    content_id: str
    reader: str
    run: int
    prompt_version: str


def record_for_staff(connection: Connection, user_id: int, draft_id: int, reading_id: str) -> tuple[Head, SealedRecord]:
    """The prompt and raw reply of one reading of a draft that this person may review."""
    head = head_for_staff(connection, user_id, draft_id)
    row = connection.execute(_RECORD, {"reading_id": reading_id, "draft_id": draft_id}).one_or_none()
    if row is None:
        raise NotFound
    return head, SealedRecord(row.record, row.content_id, row.reader, row.run, row.prompt_version)


def _head(row: Row[*tuple[Any, ...]] | None) -> Head:
    if row is None:
        raise NotFound
    values = {name: getattr(row, name) for name in _HEAD_FIELDS if name != "hidden_name"}
    values["status"] = FeedbackStatus(values["status"])
    values["hidden_name"] = (
        values["status"] not in NAMED
        and resolved(row.installation_chosen, row.course_chosen, row.chosen, False).anonymous
    )
    if values["hidden_name"]:
        values["student"] = pseudonym(row.assignment_id, row.student_id)
    values["reasons"] = tuple(values["reasons"].split())
    values["trouble"] = tuple(dict.fromkeys(values["trouble"].split()))
    return Head(**values)


def _rows(connection: Connection, head: Head) -> ReviewRows:
    of_feedback, of_draft = {"feedback_id": head.feedback_id}, {"draft_id": head.draft_id}
    return ReviewRows(
        head=head,
        rubric=rubric_by_id(connection, head.rubric_id),
        criteria=connection.execute(_CRITERIA, of_feedback).all(),
        comments=connection.execute(_COMMENTS, of_feedback).all(),
        readings=connection.execute(_READINGS, of_draft).all(),
        scores=connection.execute(_SCORES, of_draft).all(),
    )


def erasure_notice_at(head: Head, unreleased_days: int) -> datetime | None:
    """When this draft's content goes as things stand; None where it is gone or preserved."""
    from datetime import timedelta

    if head.erased_at is not None or head.content_preserved:
        return None
    return head.erase_after or max(head.due_at, head.submitted_at) + timedelta(days=unreleased_days)
