"""Reading the review queue: what waits in the courses of one person, most urgent first, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select

from feedforward.accounts.tables import User
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.review.rules import FeedbackStatus
from feedforward.review.views import Head

ROWS = 30


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One draft in the queue; `reasons` are codes, `since` is when its feedback was made (or released)."""

    draft_id: int
    student: str
    number: int
    assignment_id: int
    assignment: str
    course_code: str
    time_zone: str
    status: FeedbackStatus
    reasons: tuple[str, ...]
    release_at: datetime | None
    since: datetime
    needs_manual_feedback: bool


@dataclass(frozen=True, slots=True)
class AssignmentCounts:
    """Drafts of one assignment by the state of their feedback; `reading` are still with the readers."""

    assignment_id: int
    assignment: str
    course_code: str
    time_zone: str
    counts: Mapping[str, int]
    reading: int

    @property
    def waiting(self) -> int:
        return sum(self.counts.get(each, 0) for each in ("awaiting_review", "saved", "scheduled", "recalled"))


# The assignments of my courses: few, found by index; their drafts follow by ix_drafts_assignment_status, so that the
# cost of a page is that of one person's own backlog, whatever the size of the installation.
_MINE = (
    select(Assignment.id)
    .join(CourseStaff, CourseStaff.course_id == Assignment.course_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted", Assignment.status != "deleted")
)
_IN_ALL = Draft.assignment_id.in_(_MINE)
_IN_ONE = Draft.assignment_id.in_(_MINE.where(Assignment.id == bindparam("assignment_id")))
_URGENT_FIRST = (Feedback.attention.desc(), Feedback.created_at, Feedback.id)
_LATEST_FIRST = (Feedback.changed_at.desc(), Feedback.id)


def _page_of(within: ColumnElement[bool], order: Sequence[Any]) -> Any:
    """One page of drafts in this order. Which ones is decided on ids alone; names and titles are looked up for those
    few, not for the whole backlog that is sorted."""
    chosen = (
        select(Draft.id.label("draft_id"))
        .select_from(Draft)
        .join(Feedback, Feedback.draft_id == Draft.id)
        .where(Draft.status.in_(bindparam("statuses", expanding=True)), within)
        .order_by(*order)
        .limit(bindparam("most"))
        .offset(bindparam("skip"))
        .subquery("chosen")
    )
    return (
        select(
            Draft.id.label("draft_id"), User.name.label("student"), Draft.number, Assignment.id.label("assignment_id"),
            Assignment.title, Course.code, Assignment.time_zone, Feedback.status, Feedback.reasons, Feedback.release_at,
            Feedback.created_at, Feedback.released_at, Draft.status.label("draft_status"),
        )
        .select_from(chosen)
        .join(Draft, Draft.id == chosen.c.draft_id)
        .join(Feedback, Feedback.draft_id == Draft.id)
        .join(User, User.id == Draft.student_id)
        .join(Assignment, Assignment.id == Draft.assignment_id)
        .join(Course, Course.id == Assignment.course_id)
        .order_by(*order)
    )  # fmt: skip


_WAITING_ALL = _page_of(_IN_ALL, _URGENT_FIRST)
_WAITING_ONE = _page_of(_IN_ONE, _URGENT_FIRST)
_DONE_ALL = _page_of(_IN_ALL, _LATEST_FIRST)
_DONE_ONE = _page_of(_IN_ONE, _LATEST_FIRST)
# Counted in two steps: all drafts by status, which an index answers alone, and the few that wait by their feedback's.
_BY_DRAFT = (
    select(
        Assignment.id, Assignment.title, Course.code, Assignment.time_zone, Draft.status,
        func.count(Draft.id).label("drafts"),
    )
    .select_from(Assignment)
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(Draft, Draft.assignment_id == Assignment.id)
    .where(Assignment.id.in_(_MINE))
    .group_by(Assignment.id, Course.id, Draft.status)
    .order_by(Assignment.due_at, Assignment.id)
)  # fmt: skip
_BY_FEEDBACK = (
    select(Draft.assignment_id, Feedback.status, func.count().label("drafts"))
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .where(_IN_ALL, Draft.status.in_(("awaiting_review", "needs_manual_feedback")))
    .group_by(Draft.assignment_id, Feedback.status)
)
_POSITION = (
    select(Draft.id)
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .where(Draft.status.in_(("awaiting_review", "needs_manual_feedback")), Draft.id != bindparam("draft_id"))
)
_LATER = or_(
    Feedback.attention < bindparam("attention"),
    and_(
        Feedback.attention == bindparam("attention"),
        or_(
            Feedback.created_at > bindparam("created_at"),
            and_(Feedback.created_at == bindparam("created_at"), Feedback.id > bindparam("feedback_id")),
        ),
    ),
)
_EARLIER = or_(
    Feedback.attention > bindparam("attention"),
    and_(
        Feedback.attention == bindparam("attention"),
        or_(
            Feedback.created_at < bindparam("created_at"),
            and_(Feedback.created_at == bindparam("created_at"), Feedback.id < bindparam("feedback_id")),
        ),
    ),
)
_BACKWARDS = (Feedback.attention, Feedback.created_at.desc(), Feedback.id.desc())
_NEXT = {
    True: _POSITION.where(_IN_ONE, _LATER).order_by(*_URGENT_FIRST).limit(1),
    False: _POSITION.where(_IN_ALL, _LATER).order_by(*_URGENT_FIRST).limit(1),
}
_PREVIOUS = {
    True: _POSITION.where(_IN_ONE, _EARLIER).order_by(*_BACKWARDS).limit(1),
    False: _POSITION.where(_IN_ALL, _EARLIER).order_by(*_BACKWARDS).limit(1),
}
SHOWN = {
    "waiting": ("awaiting_review", "needs_manual_feedback"),
    "released": ("released",),
    "withheld": ("withheld",),
}


def queue_page(
    connection: Connection, user_id: int, *, shown: str, assignment_id: int | None, page: int
) -> Sequence[QueueRow]:
    """One page of drafts in my courses: `shown` is a key of SHOWN, `page` counts from 1."""
    one = assignment_id is not None
    statement = (_WAITING_ONE if one else _WAITING_ALL) if shown == "waiting" else (_DONE_ONE if one else _DONE_ALL)
    values = {"user_id": user_id, "statuses": SHOWN[shown], "most": ROWS, "skip": (page - 1) * ROWS}
    if one:
        values["assignment_id"] = assignment_id
    return [_row(each) for each in connection.execute(statement, values)]


def queue_counts(connection: Connection, user_id: int) -> Sequence[AssignmentCounts]:
    """Every assignment of my courses with its counts, by due date."""
    titles: dict[int, tuple[str, str, str]] = {}
    counts: dict[int, dict[str, int]] = {}
    reading: dict[int, int] = {}
    for assignment_id, title, code, zone, status, drafts in connection.execute(_BY_DRAFT, {"user_id": user_id}):
        titles[assignment_id] = (title, code, zone)
        found = counts.setdefault(assignment_id, {})
        if status in ("submitted", "reading", "merging"):
            reading[assignment_id] = reading.get(assignment_id, 0) + drafts
        elif status in ("released", "withheld"):
            found[status] = drafts
    for assignment_id, status, drafts in connection.execute(_BY_FEEDBACK, {"user_id": user_id}):
        counts[assignment_id][status] = counts[assignment_id].get(status, 0) + drafts
    return [
        AssignmentCounts(assignment_id, title, code, zone, counts[assignment_id], reading.get(assignment_id, 0))
        for assignment_id, (title, code, zone) in titles.items()
    ]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The drafts before and after one in the queue."""

    previous: int | None
    next: int | None


def neighbours(connection: Connection, user_id: int, head: Head, *, within: bool) -> Neighbours:
    """Where j and k lead from here, `within` the same assignment or through all my courses."""
    values = {
        "user_id": user_id, "draft_id": head.draft_id, "attention": head.attention, "created_at": head.created_at,
        "feedback_id": head.feedback_id,
    }  # fmt: skip
    if within:
        values["assignment_id"] = head.assignment_id
    return Neighbours(
        previous=connection.execute(_PREVIOUS[within], values).scalar(),
        next=connection.execute(_NEXT[within], values).scalar(),
    )


def _row(row: Row[*tuple[Any, ...]]) -> QueueRow:
    # By position, in the order of the columns: a page has thirty of them.
    draft_id, student, number, assignment_id, title, code, zone, status, reasons, release_at, made, released, of = row
    return QueueRow(
        draft_id, student, number, assignment_id, title, code, zone, FeedbackStatus(status), tuple(reasons.split()),
        release_at, released or made, of == "needs_manual_feedback",
    )  # fmt: skip
