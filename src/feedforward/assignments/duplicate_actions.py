"""Duplicating a course into another term: what was prepared comes along, never what students did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, literal, select

from feedforward.accounts.tables import User
from feedforward.assignments.duplicate_rules import DuplicateSpec, shifted
from feedforward.assignments.rules import AssignmentStatus
from feedforward.assignments.settings_actions import write_settings
from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults
from feedforward.assignments.sheet_actions import insert_sheet
from feedforward.assignments.sheet_intake import KeptSheet
from feedforward.assignments.tables import Assignment, ModelSetting
from feedforward.audit.record import record
from feedforward.courses.actions import create_course
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import StaffRole
from feedforward.courses.tables import CourseStaff, TutorSection

# What a copy does not take from its original, and gets anew; every other column comes along as it is.
OWN_OF_A_COPY = {
    "assignments": {"id", "course_id", "due_at", "status", "version", "created_by", "created_at", "published_at",
                    "deleted_at"},
    "assignment_settings": {"assignment_id", "late_until", "return_at", "sheet_id", "publish_at", "publish_by",
                            "publish_opens_course", "publish_problem"},
    "model_settings": {"id", "assignment_id", "removed_at"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicated:
    """The new course, and for every original the assignment made of it."""

    course_id: int
    copies: dict[int, int]


def duplicate_course(
    connection: Connection, *, staff_id: int, course_id: int, spec: DuplicateSpec, sheets: Mapping[int, KeptSheet],
    now: datetime,
) -> Duplicated:  # fmt: skip
    """A new course in this person's hands, hidden from students, with copies that are not published. NotFound and
    NotPermitted as `require_may_change`; an archived course can be duplicated too. `sheets`: original assignment →
    its task sheet, sealed anew."""
    require_may_change(connection, staff_id, course_id, archived=True)
    new_id = create_course(connection, owner_id=staff_id, spec=spec.course, now=now)
    _copy_defaults(connection, course_id, new_id, staff_id, now)
    originals = connection.execute(
        select(Assignment.__table__)
        .where(
            Assignment.course_id == course_id, Assignment.id.in_(spec.assignments),
            Assignment.status != AssignmentStatus.DELETED,
        )
        .order_by(Assignment.due_at, Assignment.id)
    ).all()  # fmt: skip
    copies = {each.id: _copy_assignment(connection, each, new_id, staff_id, spec.days, now) for each in originals}
    for original_id, sheet in sheets.items():
        if original_id in copies:
            copy_id = copies[original_id]
            sheet_id = insert_sheet(connection, copy_id, sheet, staff_id=staff_id, now=now)
            write_settings(connection, copy_id, sheet_id=sheet_id)
    staff = _copy_staff(connection, course_id, new_id, staff_id, now) if spec.staff else 0
    if spec.sections:
        _copy_sections(connection, course_id, new_id)
    record(
        connection, at=now, actor_id=staff_id, action="course.duplicate", subject=("course", new_id),
        original=course_id, assignments=len(copies), staff=staff,
    )  # fmt: skip
    return Duplicated(new_id, copies)


def _taken(table: Any) -> list[Any]:
    """The columns that come along."""
    own = OWN_OF_A_COPY[table.__tablename__]
    return [column for column in table.__table__.columns if column.name not in own]


def _copy_assignment(
    connection: Connection, original: Row[*tuple[Any, ...]], course_id: int, staff_id: int, days: int | None,
    now: datetime,
) -> int:  # fmt: skip
    zone = original.time_zone
    # A copy whose date is to be set is past its date, so that it cannot be published before it is.
    due_at = now if days is None else shifted(original.due_at, zone, days)
    values = {column.name: getattr(original, column.name) for column in _taken(Assignment)}
    copy_id: int = connection.execute(
        insert(Assignment)
        .values(
            **values, course_id=course_id, due_at=due_at, status=AssignmentStatus.DRAFT, version=1,
            created_by=staff_id, created_at=now,
        )
        .returning(Assignment.id)
    ).scalar_one()  # fmt: skip
    readers = _taken(ModelSetting)
    connection.execute(
        insert(ModelSetting).from_select(
            ["assignment_id", *(column.name for column in readers)],
            select(literal(copy_id), *readers).where(
                ModelSetting.assignment_id == original.id, ModelSetting.removed_at.is_(None)
            ),
        )
    )
    _copy_settings(connection, original.id, copy_id, zone, days)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.create", subject=("assignment", copy_id),
        course=course_id, original=original.id,
    )  # fmt: skip
    return copy_id


def _copy_settings(connection: Connection, original_id: int, copy_id: int, zone: str, days: int | None) -> None:
    row = connection.execute(
        select(AssignmentSettings.__table__).where(AssignmentSettings.assignment_id == original_id)
    ).one_or_none()
    if row is None:
        return
    moments = {
        name: shifted(moment, zone, days)
        for name in ("late_until", "return_at")
        if days is not None and (moment := getattr(row, name)) is not None
    }
    values = {column.name: getattr(row, column.name) for column in _taken(AssignmentSettings)}
    connection.execute(
        insert(AssignmentSettings).values(
            **values, **moments, assignment_id=copy_id, publish_opens_course=False, publish_problem=""
        )
    )


def _copy_defaults(connection: Connection, course_id: int, new_id: int, staff_id: int, now: datetime) -> None:
    chosen = connection.execute(
        select(CourseDefaults.chosen).where(CourseDefaults.course_id == course_id)
    ).scalar_one_or_none()
    if chosen is not None:
        connection.execute(
            insert(CourseDefaults).values(
                course_id=new_id, chosen=chosen, version=1, edited_by=staff_id, changed_at=now
            )
        )


def _copy_staff(connection: Connection, course_id: int, new_id: int, staff_id: int, now: datetime) -> int:
    """Everybody else who teaches the original and is active; how many. Its owner becomes a co-instructor."""
    rows: Sequence[Any] = connection.execute(
        select(CourseStaff.user_id, CourseStaff.role, CourseStaff.sees_all)
        .join(User, User.id == CourseStaff.user_id)
        .where(CourseStaff.course_id == course_id, CourseStaff.user_id != staff_id, User.status == "active")
    ).all()
    if rows:
        connection.execute(
            insert(CourseStaff),
            [
                {
                    "course_id": new_id, "user_id": row.user_id, "added_at": now, "sees_all": row.sees_all,
                    "role": StaffRole.CO_INSTRUCTOR if row.role == StaffRole.OWNER else row.role,
                }
                for row in rows
            ],
        )  # fmt: skip
    return len(rows)


def _copy_sections(connection: Connection, course_id: int, new_id: int) -> None:
    """The names of sections, with the tutors who look after them; students come by the new roster."""
    here = select(CourseStaff.user_id).where(CourseStaff.course_id == new_id, CourseStaff.role == StaffRole.TUTOR)
    connection.execute(
        insert(TutorSection).from_select(
            ["course_id", "user_id", "section"],
            select(literal(new_id), TutorSection.user_id, TutorSection.section).where(
                TutorSection.course_id == course_id, TutorSection.user_id.in_(here)
            ),
        )
    )
