"""Which version of an assignment's settings applies to which draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from feedforward.accounts.tables import User
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_tables import AssignmentVersion
from feedforward.assignments.versions import changed_between
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import CourseStaff
from feedforward.drafts.tables import Draft
from feedforward.rubrics.tables import CriterionRow

MOST_VERSIONS = 100

_VERSIONS = (
    select(AssignmentVersion.number, AssignmentVersion.snapshot, AssignmentVersion.made_at, User.name)
    .outerjoin(User, User.id == AssignmentVersion.created_by)
    .where(AssignmentVersion.assignment_id == bindparam("assignment_id"))
    .order_by(AssignmentVersion.number.desc())
    .limit(MOST_VERSIONS + 1)
)
_CRITERIA = (
    select(func.count()).where(CriterionRow.rubric_id == Draft.rubric_id).correlate(Draft).scalar_subquery()
)  # fmt: skip
_DRAFTS = (
    select(Draft.settings_version, Draft.number, _CRITERIA.label("criteria"), func.count().label("many"))
    .join(CourseStaff, CourseStaff.course_id == bindparam("course_id"))
    .where(
        Draft.assignment_id == bindparam("assignment_id"), Draft.number.is_not(None),
        CourseStaff.user_id == bindparam("user_id"), in_my_part(Draft.student_id),
    )
    .group_by(Draft.settings_version, Draft.number, Draft.rubric_id)
    .order_by(Draft.number)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: `changed` are the words for what differs from the one before (empty for the first), `by` who
    changed it, None where a default did or nobody is known."""

    number: int
    made_at: datetime
    by: str | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadWith:
    """How many drafts of this number were read with a version (None: before versions were kept), and against how many
    criteria."""

    version: int | None
    number: int
    criteria: int
    many: int


@dataclass(frozen=True, slots=True)
class VersionsView:
    """The versions of an assignment, the newest first, and the drafts read with each."""

    task: Task
    versions: tuple[VersionLine, ...]
    drafts: tuple[ReadWith, ...]


def versions_for_staff(connection: Connection, user_id: int, assignment_id: int) -> VersionsView:
    """NotFound unless this person teaches the course; drafts of their own students only."""
    task = task_for_staff(connection, user_id, assignment_id)
    rows = connection.execute(_VERSIONS, {"assignment_id": assignment_id}).all()
    lines = [
        VersionLine(
            row.number, row.made_at, row.name,
            tuple(changed_between(rows[place + 1].snapshot, row.snapshot)) if place + 1 < len(rows) else (),
        )
        for place, row in enumerate(rows[:MOST_VERSIONS])
    ]  # fmt: skip
    asked = {"assignment_id": assignment_id, "course_id": task.course_id, "user_id": user_id}
    return VersionsView(
        task, tuple(lines), tuple(ReadWith(*row) for row in connection.execute(_DRAFTS, asked)),
    )  # fmt: skip
