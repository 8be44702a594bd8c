"""What became of the comments on an earlier draft: what readers judged, and what people say instead."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, select

from feedforward.accounts.tables import User
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.rules import Side, require_answerable
from feedforward.feedback.tables import AddressedComment, AddressedCorrection, Comment, Feedback
from feedforward.hot_reads import HotRead


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says became of a comment: `note` is a template, `by` their name."""

    side: Side
    addressed: str
    note: str
    note_passages: bytes | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Addressed:
    """What the readings of a draft say about a comment on an earlier one (templates and sealed passages).

    `judged_by` are readers, None and `standing` None in what was judged before these were kept; `place_…` are
    characters of the later draft. `corrections` are at most one for each side.
    """

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
    judged_by: str | None
    standing: str | None
    place_start: int | None
    place_end: int | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Correctable:
    """A judged comment that this person may correct, with the content of both drafts, to seal their words with."""

    draft_id: int
    content_id: str
    content: bytes | None
    earlier_content_id: str
    earlier_content: bytes | None


_EARLIER = Draft.__table__.alias("earlier")
_ADDRESSED = HotRead(
    select(
        Comment.id.label("comment_id"), Draft.number, Comment.kind, Comment.text, Comment.next_step, Comment.passages,
        Comment.has_quote, Draft.content_id, AddressedComment.addressed, AddressedComment.note,
        AddressedComment.note_passages, AddressedComment.judged_by, AddressedComment.standing,
        AddressedComment.place_start, AddressedComment.place_end, AddressedCorrection.side,
        AddressedCorrection.addressed.label("corrected"), AddressedCorrection.note.label("correction"),
        AddressedCorrection.note_passages.label("correction_passages"), User.name,
        AddressedCorrection.corrected_at,
    )
    .join(Comment, Comment.id == AddressedComment.comment_id)
    .join(Feedback, Feedback.id == Comment.feedback_id)
    .join(Draft, Draft.id == Feedback.draft_id)
    .outerjoin(
        AddressedCorrection,
        (AddressedCorrection.draft_id == AddressedComment.draft_id)
        & (AddressedCorrection.comment_id == AddressedComment.comment_id),
    )
    .outerjoin(User, User.id == AddressedCorrection.edited_by)
    .where(AddressedComment.draft_id == bindparam("draft_id"), Feedback.status == "released")
    .order_by(Comment.position, Comment.id, AddressedCorrection.side)
)  # fmt: skip
_CORRECTABLE = (
    select(Draft.id, Draft.content_id, Draft.content, _EARLIER.c.content_id, _EARLIER.c.content)
    .join(AddressedComment, AddressedComment.draft_id == Draft.id)
    .join(Comment, Comment.id == AddressedComment.comment_id)
    .join(Feedback, Feedback.id == Comment.feedback_id)
    .join(_EARLIER, _EARLIER.c.id == Feedback.draft_id)
    .where(
        Draft.id == bindparam("draft_id"), Comment.id == bindparam("comment_id"), Feedback.status == "released"
    )
)  # fmt: skip
_RELEASED_OWN = (
    select(Course.status.label("course_status"), Assignment.status)
    .select_from(Feedback)
    .join(Draft, Draft.id == Feedback.draft_id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Draft.id == bindparam("draft_id"), Draft.student_id == bindparam("student_id"), Feedback.status == "released",
        Course.status != "deleted", Assignment.status != "deleted",
    )
)  # fmt: skip


def addressed_comments(connection: Connection, draft_id: int) -> tuple[Addressed, ...]:
    """What became of the comments released before a draft; the caller has asked whose draft it is."""
    rows = _ADDRESSED.rows(connection, draft_id=draft_id)
    found = []
    for _, of_comment in groupby(rows, key=itemgetter(0)):
        each = list(of_comment)
        corrections = tuple(Correction(Side(row[15]), *row[16:]) for row in each if row[15] is not None)
        values: tuple[Any, ...] = (*each[0][:15], corrections)
        found.append(Addressed(*values))
    return tuple(found)


def correctable(connection: Connection, draft_id: int, comment_id: int) -> Correctable:
    """For callers that know that this person may touch the draft; NotFound where nothing was judged."""
    row = connection.execute(_CORRECTABLE, {"draft_id": draft_id, "comment_id": comment_id}).one_or_none()
    if row is None:
        raise NotFound
    return Correctable(*row)


def correctable_by_student(connection: Connection, student_id: int, draft_id: int, comment_id: int) -> Correctable:
    """NotFound unless it is the student's own draft and its feedback is released; RuleBroken in the archive."""
    found = connection.execute(_RELEASED_OWN, {"draft_id": draft_id, "student_id": student_id}).one_or_none()
    if found is None:
        raise NotFound
    require_answerable(found.course_status, found.status)
    return correctable(connection, draft_id, comment_id)
