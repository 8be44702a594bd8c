"""Keeping versions of an assignment's settings: a new one is made only where something differs."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.assignments.queries import reader_settings, task_for_work
from feedforward.assignments.rules import AssignmentStatus, Task
from feedforward.assignments.settings_tables import AssignmentVersion
from feedforward.assignments.versions import mark_of, snapshot_of

_NEWEST = (
    select(AssignmentVersion.number, AssignmentVersion.mark)
    .where(AssignmentVersion.assignment_id == bindparam("assignment_id"))
    .order_by(AssignmentVersion.number.desc())
    .limit(1)
)


def version_in_force(connection: Connection, assignment_id: int, *, by: int | None, now: datetime) -> int:
    """The number of the version that holds now. `by` is who changed it, None where a default did or nobody is known."""
    return _kept(connection, task_for_work(connection, assignment_id), by, now)


def note_version(connection: Connection, assignment_id: int, *, by: int | None, now: datetime) -> None:
    """Keep what changed as a version, once students see the assignment: before that nothing was read with it."""
    task = task_for_work(connection, assignment_id)
    if task.status is not AssignmentStatus.DRAFT:
        _kept(connection, task, by, now)


def _kept(connection: Connection, task: Task, by: int | None, now: datetime) -> int:
    snapshot = snapshot_of(task, reader_settings(connection, task.assignment_id))
    mark = mark_of(snapshot)
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    newest = connection.execute(_NEWEST, {"assignment_id": task.assignment_id}).one_or_none()
    while newest is None or newest.mark != mark:
        number = 1 if newest is None else newest.number + 1
        # Two at the same time find the same number free: the second looks again at what the first made.
        connection.execute(
            make(AssignmentVersion)
            .values(
                assignment_id=task.assignment_id, number=number, mark=mark, snapshot=snapshot, created_by=by,
                students_see=task.settings.students_see, shape=task.settings.shape, made_at=now,
            )
            .on_conflict_do_nothing()
        )  # fmt: skip
        newest = connection.execute(_NEWEST, {"assignment_id": task.assignment_id}).one()
    return int(newest.number)
