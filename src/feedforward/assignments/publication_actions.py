"""Publishing by a schedule: setting its moment, taking it back, and doing it once when the moment has come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from feedforward.assignments.actions import raise_version, show_to_students, task_to_change
from feedforward.assignments.queries import task_for_work
from feedforward.assignments.rules import AssignmentStatus
from feedforward.assignments.settings_actions import write_settings
from feedforward.assignments.settings_tables import AssignmentSettings
from feedforward.audit.record import record
from feedforward.courses.rules import CourseStatus
from feedforward.database import Database
from feedforward.errors import NotFound, RuleBroken

NOT_AHEAD = "Choose a moment that is still to come, or publish it now."
AFTER_DUE = "The assignment is due before that. Choose an earlier moment, or a later due date."

_DUE = (
    select(AssignmentSettings.assignment_id)
    .where(AssignmentSettings.publish_at <= bindparam("now"))
    .order_by(AssignmentSettings.publish_at, AssignmentSettings.assignment_id)
    .limit(bindparam("most"))
)


def schedule_publication(
    connection: Connection, *, staff_id: int, assignment_id: int, version: int, publish_at: datetime,
    open_course: bool, now: datetime,
) -> None:  # fmt: skip
    """Have it published at this moment. RuleBroken on `publish_at`; ChangedMeanwhile where `version` is another."""
    task = task_to_change(connection, staff_id, assignment_id)
    if task.status is not AssignmentStatus.DRAFT:
        raise RuleBroken("This assignment is published already.")
    if publish_at <= now:
        raise RuleBroken(NOT_AHEAD, field="publish_at")
    if publish_at >= task.due_at:
        raise RuleBroken(AFTER_DUE, field="publish_at")
    raise_version(connection, assignment_id, version)
    write_settings(
        connection, assignment_id, publish_at=publish_at, publish_by=staff_id, publish_opens_course=open_course,
        publish_problem="",
    )  # fmt: skip
    record(
        connection, at=now, actor_id=staff_id, action="assignment.schedule", subject=("assignment", assignment_id),
        publish_at=publish_at.isoformat(),
    )  # fmt: skip


def cancel_publication(connection: Connection, *, staff_id: int, assignment_id: int, now: datetime) -> None:
    """Take the schedule back. RuleBroken where there is none any more."""
    task_to_change(connection, staff_id, assignment_id)
    changed = connection.execute(
        update(AssignmentSettings)
        .where(AssignmentSettings.assignment_id == assignment_id, AssignmentSettings.publish_at.is_not(None))
        .values(publish_at=None, publish_problem="")
    ).rowcount
    if not changed:
        raise RuleBroken("There is no schedule to take back: it was published or cancelled meanwhile.")
    record(connection, at=now, actor_id=staff_id, action="assignment.unschedule", subject=("assignment", assignment_id))


def publish_scheduled(connection: Connection, assignment_id: int, *, offered: Sequence[str], now: datetime) -> bool:
    """Publish one whose moment has come; False where somebody else did, or where it cannot be: then its staff are told
    why on its page, and the schedule is over."""
    claimed = connection.execute(
        update(AssignmentSettings)
        .where(AssignmentSettings.assignment_id == assignment_id, AssignmentSettings.publish_at <= now)
        .values(publish_at=None)
        .returning(AssignmentSettings.publish_by, AssignmentSettings.publish_opens_course)
    ).one_or_none()
    if claimed is None:
        return False
    task = task_for_work(connection, assignment_id)
    problem = ""
    if task.status is not AssignmentStatus.DRAFT:
        return False
    if task.course_status not in (CourseStatus.DRAFT, CourseStatus.ACTIVE):
        problem = "Its course is closed."
    else:
        try:
            show_to_students(
                connection, task, by=claimed.publish_by, version=task.version, offered=offered,
                open_course=claimed.publish_opens_course, now=now,
            )  # fmt: skip
        except NotFound:
            problem = "Whoever scheduled it does not teach the course any more, and it was to be opened with it."
        except RuleBroken as broken:
            problem = broken.message
    if problem:
        write_settings(connection, assignment_id, publish_problem=problem)
    record(
        connection, at=now, actor_id=None,
        action="assignment.publish_failed" if problem else "assignment.publish_scheduled",
        subject=("assignment", assignment_id), scheduled_by=claimed.publish_by,
    )  # fmt: skip
    return not problem


def publish_due(database: Database, *, offered: Sequence[str], now: datetime, most: int = 200) -> int:
    """Publish what was scheduled up to now, each in a transaction of its own; how many."""
    due = database.read_now(lambda connection: connection.execute(_DUE, {"now": now, "most": most}).scalars().all())
    return sum(database.write_now(publish_scheduled, assignment_id, offered=offered, now=now) for assignment_id in due)
