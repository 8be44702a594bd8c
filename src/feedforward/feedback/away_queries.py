"""Feedback that was there, or was decided against, and cannot be read now: what its student is told."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.tables import Feedback


@dataclass(frozen=True, slots=True)
class FeedbackAway:
    """`withheld` with the instructor's words to the student, or else recalled to be amended."""

    number: int
    assignment_id: int
    title: str
    withheld: bool
    note: str
    summary_passages: bytes | None
    content_id: str


_AWAY = (
    select(
        Draft.number, Draft.assignment_id, Assignment.title, Feedback.status, Feedback.note, Feedback.version,
        Feedback.summary_passages, Draft.content_id,
    )
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Draft.id == bindparam("draft_id"), Draft.student_id == bindparam("student_id"), Course.status != "deleted",
        Assignment.status != "deleted",
    )
)  # fmt: skip


def feedback_away(connection: Connection, student_id: int, draft_id: int) -> FeedbackAway:
    """NotFound for anybody else's draft, and while its feedback has never left the instructor's desk."""
    row = connection.execute(_AWAY, {"draft_id": draft_id, "student_id": student_id}).one_or_none()
    if row is None or row.number is None or row.status == "released":
        raise NotFound
    withheld = row.status == "withheld"
    if not withheld and row.version == 0:
        raise NotFound
    return FeedbackAway(
        row.number,
        row.assignment_id,
        row.title,
        withheld,
        row.note if withheld else "",
        row.summary_passages,
        row.content_id,
    )
