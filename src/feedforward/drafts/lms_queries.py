"""Reading archives of submissions, and the students their files may belong to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from feedforward.accounts.tables import User
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_tables import Extension
from feedforward.courses.tables import Enrolment
from feedforward.drafts.behalf_actions import require_may_hand_in_for
from feedforward.drafts.lms_matching import RosterStudent
from feedforward.drafts.lms_tables import HandedInFor, LmsArchive, LmsArchiveFile
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """An archive as it stands; `names` are sealed, None once they are gone."""

    id: int
    assignment_id: int
    created_by: int
    by: str
    status: str
    content_id: str
    names_id: str
    names: bytes | None
    reason: str
    made_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandedInLine:
    """A draft that one of the staff, `by`, handed in for one student, not out of an archive; with their reason."""

    student: str
    number: int | None
    by: str
    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file; `student` "" for nobody's."""

    position: int
    student_id: int | None
    student: str
    late: bool
    excused: bool
    status: str
    problem: str
    draft_id: int | None


_ARCHIVE: Select[int, int, int, str, str, str, str, bytes | None, str, datetime, datetime | None] = select(
    LmsArchive.id, LmsArchive.assignment_id, LmsArchive.created_by, User.name.label("by"), LmsArchive.status,
    LmsArchive.content_id, LmsArchive.names_id, LmsArchive.names, LmsArchive.reason, LmsArchive.made_at,
    LmsArchive.finished_at,
).join(User, User.id == LmsArchive.created_by)  # fmt: skip
_OF_ASSIGNMENT = (
    _ARCHIVE.where(LmsArchive.assignment_id == bindparam("assignment_id"), LmsArchive.status != "thrown_away")
    .order_by(LmsArchive.id.desc())
    .limit(MOST_LISTED)
)
_FILES = (
    select(
        LmsArchiveFile.position, LmsArchiveFile.student_id, func.coalesce(User.name, "").label("student"),
        LmsArchiveFile.late, LmsArchiveFile.excused, LmsArchiveFile.status, LmsArchiveFile.problem,
        LmsArchiveFile.draft_id,
    )
    .outerjoin(User, User.id == LmsArchiveFile.student_id)
    .where(LmsArchiveFile.archive_id == bindparam("archive_id"))
    .order_by(LmsArchiveFile.position)
)  # fmt: skip
_COUNTED = (
    select(LmsArchiveFile.archive_id, LmsArchiveFile.status, func.count())
    .where(LmsArchiveFile.archive_id.in_(bindparam("archives", expanding=True)))
    .group_by(LmsArchiveFile.archive_id, LmsArchiveFile.status)
)
_ROSTER = (
    select(User.id, User.name, Enrolment.student_number, Extension.due_at)
    .join(Enrolment, Enrolment.student_id == User.id)
    .outerjoin(
        Extension,
        and_(
            Extension.student_id == User.id, Extension.assignment_id == bindparam("assignment_id"),
            Extension.withdrawn_at.is_(None),
        ),
    )
    .where(Enrolment.course_id == bindparam("course_id"), Enrolment.status == "active")
    .order_by(User.name, User.id)
)  # fmt: skip
_DRAFTS = select(Draft.student_id, Draft.once, Draft.number).where(Draft.assignment_id == bindparam("assignment_id"))
_BY = aliased(User)
_SINGLE = (
    select(User.name, Draft.number, _BY.name.label("by"), HandedInFor.made_at, HandedInFor.reason)
    .join(Draft, Draft.id == HandedInFor.draft_id)
    .join(User, User.id == Draft.student_id)
    .join(_BY, _BY.id == HandedInFor.staff_id)
    .where(
        Draft.assignment_id == bindparam("assignment_id"), HandedInFor.archive_id.is_(None),
        HandedInFor.made_at == Draft.submitted_at,
    )
    .order_by(HandedInFor.made_at.desc(), Draft.id.desc())
    .limit(MOST_LISTED)
)  # fmt: skip
_WORK = select(LmsArchive.id).where(
    LmsArchive.status == "waiting", or_(LmsArchive.held_until.is_(None), LmsArchive.held_until < bindparam("now"))
).order_by(LmsArchive.id).limit(1)  # fmt: skip


def archives_of(connection: Connection, user_id: int, assignment_id: int) -> list[ArchiveView]:
    """The newest archives of an assignment, for whoever may bring one in."""
    require_may_hand_in_for(connection, user_id, assignment_id)
    rows = connection.execute(_OF_ASSIGNMENT, {"assignment_id": assignment_id})
    return [_view(row) for row in rows]


def archive_for_staff(connection: Connection, user_id: int, assignment_id: int, archive_id: int) -> ArchiveView:
    """One archive; NotFound unless it is one of this assignment, and this person may bring it in."""
    require_may_hand_in_for(connection, user_id, assignment_id)
    found = archive_for_work(connection, archive_id)
    if found.assignment_id != assignment_id or found.status == "thrown_away":
        raise NotFound
    return found


def archive_for_work(connection: Connection, archive_id: int) -> ArchiveView:
    """Any archive, for the worker."""
    row = connection.execute(_ARCHIVE.where(LmsArchive.id == archive_id)).one_or_none()
    if row is None:
        raise NotFound
    return _view(row)


def handed_in_singly(connection: Connection, assignment_id: int) -> list[HandedInLine]:
    """The newest drafts handed in for one student each. For callers that may hand in for students."""
    return [HandedInLine(*row) for row in connection.execute(_SINGLE, {"assignment_id": assignment_id})]


def files_of(connection: Connection, archive_id: int) -> list[FileLine]:
    """What became of its files, in their order; empty before it was confirmed. For callers that may see the archive."""
    return [FileLine(*row) for row in connection.execute(_FILES, {"archive_id": archive_id})]


def counted_files(connection: Connection, archive_ids: list[int]) -> dict[int, dict[str, int]]:
    """Per archive how many files are in which state."""
    told: dict[int, dict[str, int]] = {each: {} for each in archive_ids}
    if archive_ids:
        for archive_id, status, many in connection.execute(_COUNTED, {"archives": archive_ids}):
            told[archive_id][status] = many
    return told


def roster_to_match(connection: Connection, task: Task) -> tuple[RosterStudent, ...]:
    """The enrolled students with what they have in this assignment; two statements, however many they are."""
    used: dict[int, int] = {}
    marks: dict[int, set[str]] = {}
    for student_id, once, number in connection.execute(_DRAFTS, {"assignment_id": task.assignment_id}):
        used[student_id] = used.get(student_id, 0) + (number is not None)
        marks.setdefault(student_id, set()).add(once)
    rows = connection.execute(_ROSTER, {"assignment_id": task.assignment_id, "course_id": task.course_id})
    return tuple(
        RosterStudent(row.id, row.name, row.student_number, used.get(row.id, 0), row.due_at,
                      frozenset(marks.get(row.id, ())))
        for row in rows
    )  # fmt: skip


def optional_archive_to_bring(connection: Connection, now: datetime) -> int | None:
    """The oldest confirmed archive that no worker has in hand."""
    found: int | None = connection.execute(_WORK, {"now": now}).scalar()
    return found


def _view(row: Row[int, int, int, str, str, str, str, bytes | None, str, datetime, datetime | None]) -> ArchiveView:
    return ArchiveView(*row)
