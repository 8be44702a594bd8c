"""Reads of drafts, each scoped to who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, literal_column, select

from feedforward.accounts.tables import User
from feedforward.assignments.sheet_queries import content_of_sheets
from feedforward.assignments.tables import Assignment
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.lms_content import content_of_archives
from feedforward.drafts.lms_tables import HandedInFor
from feedforward.drafts.rules import MOVING, NOT_HANDED_IN, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft as it stands; `content` is sealed (see content.py) and None once erased, `trouble` are codes."""

    id: int
    assignment_id: int
    student_id: int
    number: int | None
    status: DraftStatus
    media_type: str
    word_count: int
    fingerprint: str
    rubric_id: int
    round: int
    created_at: datetime
    submitted_at: datetime | None
    changed_at: datetime
    trouble: tuple[str, ...]
    content_id: str
    content: bytes | None
    has_file: bool
    erase_after: datetime | None
    erased_at: datetime | None
    content_preserved: bool
    settings_version: int | None
    deadline_at: datetime | None
    # Which of the staff handed it in for the student, and why after the last moment; for its page and its review.
    handed_in_by: str | None = None
    from_archive: bool = False
    behalf_reason: str | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was handed in after the deadline that held for its student then."""
        return self.deadline_at is not None and self.submitted_at is not None and self.submitted_at > self.deadline_at


# The condition of the index ix_drafts_in_progress in its own words: with parameters SQLite could not use that index.
IN_PROGRESS = Draft.status.in_([literal_column(f"'{each}'") for each in (DraftStatus.PREVIEWED, *MOVING)])
_DRAFT = select(
    Draft.id, Draft.assignment_id, Draft.student_id, Draft.number, Draft.status, Draft.media_type, Draft.word_count,
    Draft.fingerprint, Draft.rubric_id, Draft.round, Draft.created_at, Draft.submitted_at, Draft.changed_at,
    Draft.trouble, Draft.content_id, Draft.content, Draft.has_file, Draft.erase_after, Draft.erased_at,
    Draft.content_preserved, Draft.settings_version, Draft.deadline_at,
)  # fmt: skip
_ONE = _DRAFT.where(Draft.id == bindparam("draft_id"))
# What is deleted, or hangs on what is, is hidden from everybody until it is restored.
_STANDING = _ONE.join(Assignment, Assignment.id == Draft.assignment_id).join(Course, Course.id == Assignment.course_id)
_STANDING = _STANDING.where(Assignment.status != "deleted", Course.status != "deleted")
# A student who took it back and handed it in again did it themselves.
_STANDING = (
    _STANDING.add_columns(
        User.name.label("handed_in_by"), HandedInFor.archive_id.is_not(None).label("from_archive"),
        HandedInFor.reason.label("behalf_reason"),
    )
    .outerjoin(HandedInFor, and_(HandedInFor.draft_id == Draft.id, HandedInFor.made_at == Draft.submitted_at))
    .outerjoin(User, User.id == HandedInFor.staff_id)
)  # fmt: skip
_OWN = _STANDING.where(Draft.student_id == bindparam("student_id"))
_AS_STAFF = _STANDING.join(CourseStaff, CourseStaff.course_id == Assignment.course_id).where(
    CourseStaff.user_id == bindparam("user_id"), Draft.status.not_in(NOT_HANDED_IN), in_my_part(Draft.student_id)
)
_OF_TASK = _DRAFT.where(
    Draft.assignment_id == bindparam("assignment_id"),
    Draft.student_id == bindparam("student_id"),
    Draft.status != DraftStatus.DISCARDED,
).order_by(Draft.number, Draft.id)
_BY_ONCE = select(Draft.id).where(Draft.student_id == bindparam("student_id"), Draft.once == bindparam("once"))
_USED = select(
    func.count(Draft.number), func.max(Draft.number), func.max(Draft.submitted_at).filter(Draft.number.is_not(None))
).where(Draft.assignment_id == bindparam("assignment_id"), Draft.student_id == bindparam("student_id"))
_BEFORE = (
    _DRAFT.where(
        Draft.assignment_id == bindparam("assignment_id"),
        Draft.student_id == bindparam("student_id"),
        Draft.number < bindparam("number"),
    )
    .order_by(Draft.number.desc())
    .limit(1)
)
_KNOWN = select(Draft.content_id).where(Draft.content_id.in_(bindparam("content_ids", expanding=True)))


def draft_for_student(connection: Connection, student_id: int, draft_id: int) -> DraftView:
    """The student's own draft; NotFound for anybody else's, and where its assignment or course is deleted."""
    return _one(connection, _OWN, draft_id=draft_id, student_id=student_id)


def draft_for_staff(connection: Connection, user_id: int, draft_id: int) -> DraftView:
    """A draft that was handed in to a course this person teaches, by a student they look after; NotFound otherwise."""
    return _one(connection, _AS_STAFF, draft_id=draft_id, user_id=user_id)


def draft_for_work(connection: Connection, draft_id: int) -> DraftView:
    """Any draft, for workflows and schedules only."""
    return _one(connection, _ONE, draft_id=draft_id)


def drafts_of_task(connection: Connection, student_id: int, assignment_id: int) -> list[DraftView]:
    """The student's drafts of one assignment by number; a previewed one has no number, discarded ones are left out."""
    rows = connection.execute(_OF_TASK, {"student_id": student_id, "assignment_id": assignment_id}).all()
    drafts = [_view(row) for row in rows]
    return sorted(drafts, key=lambda draft: (draft.number is None, draft.number or 0, draft.id))


def optional_draft_before(connection: Connection, draft: DraftView) -> DraftView | None:
    """The draft handed in before this one; None for the first. For callers that know whose draft it is."""
    if draft.number is None:
        return None
    asked = {"assignment_id": draft.assignment_id, "student_id": draft.student_id, "number": draft.number}
    row = connection.execute(_BEFORE, asked).one_or_none()
    return None if row is None else _view(row)


def optional_draft_by_once(connection: Connection, student_id: int, once: str) -> int | None:
    """The id of the draft that this form made already."""
    found: int | None = connection.execute(_BY_ONCE, {"student_id": student_id, "once": once}).scalar()
    return found


def drafts_used(connection: Connection, student_id: int, assignment_id: int) -> tuple[int, int, datetime | None]:
    """How many attempts are used up, the highest number given so far (0 for none), and when the newest came in."""
    used, highest, last = connection.execute(_USED, {"student_id": student_id, "assignment_id": assignment_id}).one()
    return used, highest or 0, last


def content_without_draft(connection: Connection, content_ids: Sequence[str]) -> list[str]:
    """Which of these ids no row names: left where a process ended between keeping the content and writing the row."""
    known = set(connection.execute(_KNOWN, {"content_ids": list(content_ids)}).scalars()) if content_ids else set()
    # A task sheet is its instructor's: what ends a draft's text does not end it.
    known |= content_of_sheets(connection, list(content_ids)) if content_ids else set()
    known |= content_of_archives(connection, list(content_ids)) if content_ids else set()
    return [each for each in content_ids if each not in known]


def _one(connection: Connection, statement: Select[*tuple[Any, ...]], **values: Any) -> DraftView:
    row = connection.execute(statement, values).one_or_none()
    if row is None:
        raise NotFound
    return _view(row)


def _view(row: Row[*tuple[Any, ...]]) -> DraftView:
    values = dict(row._mapping)
    values["status"] = DraftStatus(values["status"])
    values["trouble"] = tuple(values["trouble"].split())
    return DraftView(**values)
