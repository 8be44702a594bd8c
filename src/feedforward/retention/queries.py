"""Which drafts are due, and what staff and students are told about theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.orm import aliased

from feedforward.accounts.tables import User
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course
from feedforward.drafts.staff_scope import MY_ASSIGNMENTS, of_my_students
from feedforward.drafts.tables import Draft
from feedforward.retention.rules import DraftClock, PlannedErasure, is_due, must_be_told, planned_erasure
from feedforward.retention.tables import Erasure

UNRELEASED = ("submitted", "reading", "merging", "awaiting_review", "needs_manual_feedback", "withheld")

_KEEPER = aliased(User)
_CLOCK = (
    select(
        Draft.id, Draft.status, Draft.erase_after, Draft.created_at, Draft.submitted_at, Assignment.due_at,
        Draft.content_preserved, Draft.erased_at,
    )
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .where(Draft.erased_at.is_(None), Draft.content_preserved.is_(False))
)  # fmt: skip
_TIMED = (
    _CLOCK.where(Draft.erase_after <= bindparam("now")).order_by(Draft.erase_after, Draft.id).limit(bindparam("most"))
)
_NEVER_RELEASED = (
    _CLOCK.where(
        Draft.erase_after.is_(None), Draft.status.in_(UNRELEASED), Assignment.due_at <= bindparam("due_before")
    )
    .order_by(Assignment.due_at, Draft.id)
    .limit(bindparam("most"))
)
_ONE = _CLOCK.where(Draft.id == bindparam("draft_id"))
_HALF_DONE = (
    select(Erasure.draft_id, Erasure.content_id)
    .join(Draft, Draft.id == Erasure.draft_id)
    .where(Draft.erased_at.is_(None))
    .limit(bindparam("most"))
)
_OF_ASSIGNMENTS = (
    select(
        Assignment.id,
        Assignment.title,
        Course.code,
        Assignment.time_zone,
        Assignment.retention_days,
        Assignment.due_at,
        func.count(Draft.id).filter(Draft.erased_at.is_(None)).label("kept"),
        func.count(Draft.id).filter(Draft.erased_at.is_not(None)).label("erased"),
        func.count(Draft.id).filter(Draft.erased_at.is_(None), Draft.status.in_(UNRELEASED)).label("unreleased"),
        func.min(Draft.erase_after).filter(Draft.erased_at.is_(None), Draft.content_preserved.is_(False)).label("next"),
    )
    .join(Course, Course.id == Assignment.course_id)
    .join(Draft, Draft.assignment_id == Assignment.id)
    .where(Assignment.id.in_(MY_ASSIGNMENTS), of_my_students(), Draft.status.not_in(("previewed", "discarded")))
    .group_by(
        Assignment.id, Assignment.title, Course.code, Assignment.time_zone, Assignment.retention_days, Assignment.due_at
    )
    .order_by(Assignment.due_at, Assignment.id)
)
_DETAIL = (
    select(
        Draft.id,
        Draft.status,
        Draft.erase_after,
        Draft.created_at,
        Draft.submitted_at,
        Assignment.due_at,
        Draft.content_preserved,
        Draft.erased_at,
        Draft.number,
        User.name.label("student"),
        Draft.preserved_reason,
        _KEEPER.name.label("keeper"),
        Assignment.title,
        Course.code,
        Assignment.time_zone,
        Assignment.id.label("assignment_id"),
    )
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .join(User, User.id == Draft.student_id)
    .outerjoin(_KEEPER, _KEEPER.id == Draft.preserved_by)
)
_PRESERVED = _DETAIL.where(
    Draft.assignment_id.in_(MY_ASSIGNMENTS),
    of_my_students(),
    Draft.content_preserved.is_(True),
    Draft.erased_at.is_(None),
).order_by(Assignment.due_at, Draft.id)
_SOON = (
    _DETAIL.where(
        Draft.erased_at.is_(None), Draft.content_preserved.is_(False), Draft.status.in_(UNRELEASED),
        Assignment.due_at <= bindparam("due_before"),
    )
    .order_by(Assignment.due_at, Draft.id)
    .limit(200)
)  # fmt: skip
_SOON_FOR_STAFF = _SOON.where(Draft.assignment_id.in_(MY_ASSIGNMENTS), of_my_students())
_SOON_FOR_STUDENT = _SOON.where(Draft.student_id == bindparam("student_id"))


@dataclass(frozen=True, slots=True)
class DueDraft:
    """A draft whose content is to go now, and why."""

    draft_id: int
    planned: PlannedErasure


@dataclass(frozen=True, slots=True)
class KeptByAssignment:
    """How much content of one assignment is still kept, and when the next of it goes (None: nothing has a date yet)."""

    assignment_id: int
    title: str
    course_code: str
    time_zone: str
    retention_days: int | None
    due_at: datetime
    kept: int
    erased: int
    unreleased: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft on the retention page; `planned` is None where an instructor preserved it."""

    draft_id: int
    number: int
    student: str
    assignment_id: int
    assignment: str
    course_code: str
    time_zone: str
    planned: PlannedErasure | None
    preserved_reason: str
    keeper: str | None


def due_drafts(
    connection: Connection, *, now: datetime, unreleased_days: int, notice_days: int, most: int
) -> list[DueDraft]:
    """Up to `most` drafts whose time has come, and as many that were never released."""
    timed = connection.execute(_TIMED, {"now": now, "most": most}).all()
    never = connection.execute(
        _NEVER_RELEASED, {"due_before": now - timedelta(days=unreleased_days), "most": most}
    ).all()
    found = []
    for row in (*timed, *never):
        planned = planned_erasure(_clock(row), unreleased_days=unreleased_days, notice_days=notice_days)
        if planned is not None and is_due(planned, now):
            found.append(DueDraft(row.id, planned))
    return found


def optional_planned_erasure(
    connection: Connection, draft_id: int, *, unreleased_days: int, notice_days: int
) -> PlannedErasure | None:
    """As things stand in this transaction."""
    row = connection.execute(_ONE, {"draft_id": draft_id}).one_or_none()
    if row is None:
        return None
    return planned_erasure(_clock(row), unreleased_days=unreleased_days, notice_days=notice_days)


def half_done_erasures(connection: Connection, most: int) -> Sequence[tuple[int, str]]:
    """(draft id, content id) of erasures that were decided and whose process ended before they were finished."""
    return [(row.draft_id, row.content_id) for row in connection.execute(_HALF_DONE, {"most": most})]


def kept_in_my_courses(connection: Connection, user_id: int) -> list[KeptByAssignment]:
    """Per assignment what is kept, by due date."""
    return [
        KeptByAssignment(
            row.id, row.title, row.code, row.time_zone, row.retention_days, row.due_at, row.kept, row.erased,
            row.unreleased, row.next,
        )
        for row in connection.execute(_OF_ASSIGNMENTS, {"user_id": user_id})
    ]  # fmt: skip


def preserved_in_my_courses(connection: Connection, user_id: int) -> list[KeptDraft]:
    """What instructors chose to keep."""
    return [_kept(row, None) for row in connection.execute(_PRESERVED, {"user_id": user_id})]


def notices_for_staff(
    connection: Connection, user_id: int, *, now: datetime, unreleased_days: int, notice_days: int
) -> list[KeptDraft]:
    """Drafts of my courses that were never released and whose content goes within the days of notice, soonest first."""
    rows = connection.execute(
        _SOON_FOR_STAFF, {"user_id": user_id, "due_before": now - timedelta(days=unreleased_days - notice_days)}
    )
    return _told(rows.all(), now, unreleased_days, notice_days)


def notices_for_student(
    connection: Connection, student_id: int, *, now: datetime, unreleased_days: int, notice_days: int
) -> list[KeptDraft]:
    """The student's own drafts whose content goes soon without ever having been released."""
    rows = connection.execute(
        _SOON_FOR_STUDENT, {"student_id": student_id, "due_before": now - timedelta(days=unreleased_days - notice_days)}
    )
    return _told(rows.all(), now, unreleased_days, notice_days)


def _told(
    rows: Sequence[Row[*tuple[Any, ...]]], now: datetime, unreleased_days: int, notice_days: int
) -> list[KeptDraft]:
    found = []
    for row in rows:
        planned = planned_erasure(_clock(row), unreleased_days=unreleased_days, notice_days=notice_days)
        if planned is not None and must_be_told(planned, now):
            found.append((planned.at, _kept(row, planned)))
    return [kept for _, kept in sorted(found, key=lambda each: (each[0], each[1].draft_id))]


def _clock(row: Row[*tuple[Any, ...]]) -> DraftClock:
    return DraftClock(
        status=row.status, erase_after=row.erase_after, created_at=row.created_at, submitted_at=row.submitted_at,
        due_at=row.due_at, preserved=row.content_preserved, erased=row.erased_at is not None,
    )  # fmt: skip


def _kept(row: Row[*tuple[Any, ...]], planned: PlannedErasure | None) -> KeptDraft:
    return KeptDraft(
        row.id, row.number, row.student, row.assignment_id, row.title, row.code, row.time_zone, planned,
        row.preserved_reason, row.keeper,
    )  # fmt: skip
