"""What instructors do with a task sheet: attach one, put another in its place, remove it."""

from datetime import datetime

from sqlalchemy import Connection, insert, update

from feedforward.assignments.actions import task_to_change
from feedforward.assignments.settings_actions import write_settings
from feedforward.assignments.settings_tables import TaskSheet
from feedforward.assignments.sheet_intake import KeptSheet
from feedforward.assignments.version_actions import note_version
from feedforward.audit.record import record


def attach_sheet(
    connection: Connection, *, staff_id: int, assignment_id: int, sheet: KeptSheet, now: datetime
) -> list[str]:
    """Make this the task sheet; the contents it replaces, to be erased after the commit."""
    task_to_change(connection, staff_id, assignment_id)
    replaced = _remove(connection, assignment_id, now)
    sheet_id = insert_sheet(connection, assignment_id, sheet, staff_id=staff_id, now=now)
    write_settings(connection, assignment_id, sheet_id=sheet_id)
    note_version(connection, assignment_id, by=staff_id, now=now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.attach_sheet", subject=("assignment", assignment_id),
        sheet=sheet_id,
    )  # fmt: skip
    return replaced


def insert_sheet(connection: Connection, assignment_id: int, sheet: KeptSheet, *, staff_id: int, now: datetime) -> int:
    """The id of the new row. For callers that have checked who asks, and that no other sheet stands."""
    sheet_id: int = connection.execute(
        insert(TaskSheet)
        .values(
            assignment_id=assignment_id, content_id=sheet.content_id, content=sheet.content,
            media_type=sheet.media_type, size=sheet.size, word_count=sheet.word_count, created_by=staff_id,
            added_at=now,
        )
        .returning(TaskSheet.id)
    ).scalar_one()  # fmt: skip
    return sheet_id


def remove_sheet(connection: Connection, *, staff_id: int, assignment_id: int, now: datetime) -> list[str]:
    """Take the task sheet away; its content, to be erased after the commit. Doing it twice is the same as once."""
    task_to_change(connection, staff_id, assignment_id)
    removed = _remove(connection, assignment_id, now)
    if removed:
        write_settings(connection, assignment_id, sheet_id=None)
        note_version(connection, assignment_id, by=staff_id, now=now)
        record(
            connection, at=now, actor_id=staff_id, action="assignment.remove_sheet",
            subject=("assignment", assignment_id),
        )  # fmt: skip
    return removed


def _remove(connection: Connection, assignment_id: int, now: datetime) -> list[str]:
    return list(
        connection.execute(
            update(TaskSheet)
            .where(TaskSheet.assignment_id == assignment_id, TaskSheet.removed_at.is_(None))
            .values(removed_at=now, content=None)
            .returning(TaskSheet.content_id)
        ).scalars()
    )
