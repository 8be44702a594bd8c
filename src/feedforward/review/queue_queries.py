"""Reading the review queue: what waits in the courses of one person, most urgent first, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select

from feedforward.accounts.tables import User
from feedforward.assignments.choices import resolved
from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults, InstallationDefaults
from feedforward.assignments.tables import Assignment
from feedforward.courses.life_cycle_rules import Act, states_for
from feedforward.courses.tables import Course
from feedforward.drafts.staff_scope import MY_ASSIGNMENTS, WHOLLY_MINE, of_my_students
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.tables import Feedback
from feedforward.hot_reads import HotRead
from feedforward.review.anonymous import CHOSEN, pseudonym
from feedforward.review.rules import NAMED, FeedbackStatus

ROWS = 30
_STATUSES = {str(each): each for each in FeedbackStatus}


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
    return_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class AssignmentCounts:
    """Drafts of one assignment by the state of their feedback; `reading` are still with the readers."""

    assignment_id: int
    assignment: str
    course_code: str
    time_zone: str
    counts: Mapping[str, int]
    reading: int
    read_only: bool
    return_at: datetime | None
    anonymous: bool

    @property
    def waiting(self) -> int:
        return sum(self.counts.get(each, 0) for each in ("awaiting_review", "saved", "scheduled", "recalled"))


# The drafts of my few assignments follow by ix_drafts_assignment_status, so that the cost of a page is that of one
# person's own backlog, whatever the size of the installation.
IN_ALL = and_(Draft.assignment_id.in_(MY_ASSIGNMENTS), of_my_students())
IN_ONE = and_(
    Draft.assignment_id.in_(MY_ASSIGNMENTS.where(Assignment.id == bindparam("assignment_id"))), of_my_students()
)
URGENT_FIRST = (Feedback.attention.desc(), Feedback.created_at, Feedback.id)
_LATEST_FIRST = (Feedback.changed_at.desc(), Feedback.id)


def _page_of(statuses: Sequence[str], within: ColumnElement[bool], order: Sequence[Any]) -> HotRead:
    """One page of drafts in this order. Which ones is decided on ids alone; names are looked up for those few, not for
    the whole backlog that is sorted."""
    chosen = (
        select(Feedback.id.label("feedback_id"))
        .select_from(Draft)
        .join(Feedback, Feedback.draft_id == Draft.id)
        .where(Draft.status.in_(statuses), within)
        .order_by(*order)
        .limit(bindparam("most"))
        .offset(bindparam("skip"))
        .subquery("chosen")
    )
    return HotRead(
        select(
            Draft.id, User.name, Draft.number, Draft.assignment_id, Feedback.status, Feedback.reasons,
            Feedback.release_at, Feedback.created_at, Feedback.released_at, Draft.status, Draft.student_id,
            Draft.submitted_at > Draft.deadline_at,
        )
        .select_from(chosen)
        .join(Feedback, Feedback.id == chosen.c.feedback_id)
        .join(Draft, Draft.id == Feedback.draft_id)
        .join(User, User.id == Draft.student_id)
        .order_by(*order)
    )  # fmt: skip


SHOWN = {
    "waiting": ("awaiting_review", "needs_manual_feedback"),
    "released": ("released",),
    "withheld": ("withheld",),
}
_PAGES = {
    (shown, one): _page_of(statuses, IN_ONE if one else IN_ALL, URGENT_FIRST if shown == "waiting" else _LATEST_FIRST)
    for shown, statuses in SHOWN.items()
    for one in (True, False)
}


def _drafts(*statuses: str) -> ColumnElement[int]:
    """Of an assignment that is wholly mine an index alone knows the number; of a part students are looked at."""
    within = select(func.count()).select_from(Draft).where(Draft.assignment_id == Assignment.id)
    whole = within.where(Draft.status.in_(statuses)).correlate(Assignment)
    part = whole.where(of_my_students())
    return case((Assignment.id.in_(WHOLLY_MINE), whole.scalar_subquery()), else_=part.scalar_subquery())


_READ_ONLY = or_(Course.status.not_in(states_for(Act.REVIEW)), Assignment.status.not_in(states_for(Act.REVIEW)))
# Counted in two steps: drafts by status, which an index answers alone, and the few that wait by their feedback's.
_BY_DRAFT = HotRead(
    select(
        Assignment.id, Assignment.title, Course.code, Assignment.time_zone, _drafts("released"), _drafts("withheld"),
        _drafts("submitted", "reading", "merging"), _READ_ONLY, AssignmentSettings.return_at, *CHOSEN,
    )
    .join(Course, Course.id == Assignment.course_id)
    .outerjoin(AssignmentSettings, AssignmentSettings.assignment_id == Assignment.id)
    .outerjoin(CourseDefaults, CourseDefaults.course_id == Assignment.course_id)
    .outerjoin(InstallationDefaults, InstallationDefaults.id == 1)
    .where(Assignment.id.in_(MY_ASSIGNMENTS))
    .order_by(Assignment.due_at, Assignment.id)
)  # fmt: skip
_BY_FEEDBACK = HotRead(
    select(Draft.assignment_id, Feedback.status, func.count())
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .where(IN_ALL, Draft.status.in_(SHOWN["waiting"]))
    .group_by(Draft.assignment_id, Feedback.status)
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of drafts, every assignment of one's courses by due date, and the one the queue is narrowed to."""

    rows: Sequence[QueueRow]
    counts: Sequence[AssignmentCounts]
    chosen: AssignmentCounts | None


def review_queue(connection: Connection, user_id: int, *, shown: str, assignment_id: int | None, page: int) -> Queue:
    """The drafts in my courses, or in one of my assignments (NotFound for others): `shown` is a key of SHOWN, `page`
    counts from 1."""
    counts = queue_counts(connection, user_id)
    known = {each.assignment_id: each for each in counts}
    chosen = None
    asked = {"user_id": user_id, "most": ROWS, "skip": (page - 1) * ROWS}
    if assignment_id is not None:
        chosen = known.get(assignment_id)
        if chosen is None:
            raise NotFound
        asked["assignment_id"] = assignment_id
    rows = _PAGES[shown, chosen is not None].rows(connection, **asked)
    # An assignment that was published between the two statements comes with the next page.
    found = ((each, known[each[3]]) for each in rows if each[3] in known)
    return Queue([_row(row, of.assignment, of.course_code, of.time_zone, of.return_at, of.anonymous)
                  for row, of in found], counts, chosen)  # fmt: skip


def queue_counts(connection: Connection, user_id: int) -> Sequence[AssignmentCounts]:
    """Every assignment of my courses with its counts, by due date."""
    waiting: dict[int, dict[str, int]] = {}
    for assignment_id, status, drafts in _BY_FEEDBACK.rows(connection, user_id=user_id):
        waiting.setdefault(assignment_id, {})[status] = drafts
    return [
        AssignmentCounts(
            assignment_id, title, code, zone,
            {"released": released, "withheld": withheld, **waiting.get(assignment_id, {})}, reading, bool(archived),
            return_at, resolved(installation, course, own, False).anonymous,
        )
        for assignment_id, title, code, zone, released, withheld, reading, archived, return_at, own, course,
            installation in _BY_DRAFT.rows(connection, user_id=user_id)
    ]  # fmt: skip


# By all that it is made of; the page finds what it keeps of the same row (see queue_pages.py) without comparing it.
@lru_cache(maxsize=4096)
def _row(
    row: tuple[Any, ...], assignment: str, course_code: str, time_zone: str, return_at: datetime | None, anonymous: bool
) -> QueueRow:
    # By position, in the order of the columns: a page has thirty of them.
    draft_id, student, number, assignment_id, status, reasons, release_at, made, released, of, student_id, late = row
    if anonymous and _STATUSES[status] not in NAMED:
        student = pseudonym(assignment_id, student_id)
    return QueueRow(
        draft_id, student, number, assignment_id, assignment, course_code, time_zone,
        _STATUSES[status], tuple(reasons.split()), release_at, released or made, of == "needs_manual_feedback",
        return_at, bool(late),
    )  # fmt: skip
