"""What an instructor's home shows: drafts that need a person, by assignment, counted over an index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select

from feedforward.assignments.tables import Assignment
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.hot_reads import HotRead


@dataclass(frozen=True, slots=True)
class ToReview:
    """An assignment with drafts that need review; `by_hand` of them got no feedback from the readers."""

    assignment_id: int
    title: str
    course_code: str
    waiting: int
    by_hand: int
    oldest: datetime
    time_zone: str


_TO_REVIEW = HotRead(
    select(
        Assignment.id, Assignment.title, Course.code, func.count().label("waiting"),
        func.sum(case((Draft.status == DraftStatus.NEEDS_MANUAL_FEEDBACK, 1), else_=0)).label("by_hand"),
        func.min(Draft.submitted_at).label("oldest"), Assignment.time_zone,
    )
    .join(Course, Course.id == Assignment.course_id)
    .join(CourseStaff, CourseStaff.course_id == Course.id)
    .join(Draft, Draft.assignment_id == Assignment.id)
    .where(
        CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted", Assignment.status != "deleted",
        Draft.status.in_((DraftStatus.AWAITING_REVIEW, DraftStatus.NEEDS_MANUAL_FEEDBACK)),
        in_my_part(Draft.student_id),
    )
    .group_by(Assignment.id, Assignment.title, Course.code, Assignment.time_zone)
    .order_by(func.min(Draft.submitted_at))
)  # fmt: skip


def to_review(connection: Connection, user_id: int) -> list[ToReview]:
    """The assignments this person teaches that have drafts waiting for them, the longest waiting first."""
    return [
        ToReview(assignment_id, title, code, waiting, int(by_hand), oldest, zone)
        for assignment_id, title, code, waiting, by_hand, oldest, zone in _TO_REVIEW.rows(connection, user_id=user_id)
    ]
