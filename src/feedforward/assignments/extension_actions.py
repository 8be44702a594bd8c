"""Extensions: a later deadline for one student, given with a reason and taken back."""

from datetime import datetime

from sqlalchemy import Connection, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.assignments.actions import task_to_change
from feedforward.assignments.extension_queries import is_enrolled
from feedforward.assignments.settings_tables import Extension
from feedforward.audit.record import record
from feedforward.errors import RuleBroken


def grant_extension(
    connection: Connection, *, staff_id: int, assignment_id: int, student_id: int, due_at: datetime, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Give one student this deadline, in place of an earlier extension; RuleBroken on `student` or `due`."""
    task = task_to_change(connection, staff_id, assignment_id)
    if not is_enrolled(connection, task.course_id, student_id):
        raise RuleBroken("Choose one of the students enrolled in this course.", field="student")
    if due_at <= task.due_at:
        raise RuleBroken("Choose a moment after the due date everybody has.", field="due")
    values = {
        "due_at": due_at, "reason": reason, "created_by": staff_id, "granted_at": now, "withdrawn_at": None,
    }  # fmt: skip
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(
        make(Extension)
        .values(assignment_id=assignment_id, student_id=student_id, **values)
        .on_conflict_do_update(index_elements=["assignment_id", "student_id"], set_=values)
    )
    record(
        connection, at=now, actor_id=staff_id, action="extension.grant", subject=("assignment", assignment_id),
        student=student_id, due_at=due_at.isoformat(),
    )  # fmt: skip


def withdraw_extension(
    connection: Connection, *, staff_id: int, assignment_id: int, student_id: int, now: datetime
) -> None:
    """Take an extension back, with its reason; drafts handed in under it stay. RuleBroken where there is none."""
    task_to_change(connection, staff_id, assignment_id)
    changed = connection.execute(
        update(Extension)
        .where(
            Extension.assignment_id == assignment_id, Extension.student_id == student_id,
            Extension.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, reason="")
    ).rowcount  # fmt: skip
    if not changed:
        raise RuleBroken("This extension was taken back already.")
    record(
        connection, at=now, actor_id=staff_id, action="extension.withdraw", subject=("assignment", assignment_id),
        student=student_id,
    )  # fmt: skip
