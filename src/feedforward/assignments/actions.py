"""What instructors do with an assignment: create, change, give it a rubric and readers, publish, move it on."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from feedforward.assignments.details import AssignmentSpec
from feedforward.assignments.publishing import checks_for
from feedforward.assignments.queries import reader_settings, task_for_staff
from feedforward.assignments.readers import ReadersSpec, default_readers
from feedforward.assignments.rules import AssignmentStatus, ChangedMeanwhile, Task
from feedforward.assignments.settings_tables import AssignmentSettings
from feedforward.assignments.tables import Assignment, ModelSetting
from feedforward.assignments.version_actions import note_version
from feedforward.audit.record import record
from feedforward.courses.actions import step_course
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import CourseStatus
from feedforward.errors import NotPermitted, RuleBroken
from feedforward.rubrics.actions import save_rubric
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric, same_rubric


def create_assignment(
    connection: Connection, *, staff_id: int, course_id: int, spec: AssignmentSpec, now: datetime
) -> int:
    """A new assignment students do not see, with the built-in reader and without a rubric; its id."""
    require_may_change(connection, staff_id, course_id)
    readers = default_readers()
    assignment_id: int = connection.execute(
        insert(Assignment)
        .values(
            course_id=course_id, **asdict(spec), show_numbers=False, merge_method=readers.merge_method,
            min_readings=readers.min_readings,
            status=AssignmentStatus.DRAFT, version=1, created_by=staff_id, created_at=now,
        )
        .returning(Assignment.id)
    ).scalar_one()  # fmt: skip
    _write_readers(connection, assignment_id, readers, now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.create", subject=("assignment", assignment_id),
        course=course_id,
    )  # fmt: skip
    return assignment_id


def task_to_change(connection: Connection, staff_id: int, assignment_id: int) -> Task:
    """The assignment for somebody who may change it now; NotFound, NotPermitted (tutors, archived ones) otherwise."""
    task = task_for_staff(connection, staff_id, assignment_id)
    require_may_change(connection, staff_id, task.course_id)
    if task.status is AssignmentStatus.ARCHIVED:
        raise NotPermitted("This assignment is archived. Take it out of the archive first to change it.")
    return task


def change_details(
    connection: Connection, *, staff_id: int, assignment_id: int, spec: AssignmentSpec, version: int, now: datetime
) -> None:
    """New details. ChangedMeanwhile where `version` is not the stored one."""
    task_to_change(connection, staff_id, assignment_id)
    _change(connection, assignment_id, version, asdict(spec))
    note_version(connection, assignment_id, by=staff_id, now=now)
    record(connection, at=now, actor_id=staff_id, action="assignment.change", subject=("assignment", assignment_id))


def set_rubric(
    connection: Connection, *, staff_id: int, assignment_id: int, rubric: Rubric, version: int, now: datetime
) -> bool:
    """Give the assignment this rubric as new rows, so that drafts read before keep theirs; False where nothing changed.

    ChangedMeanwhile where `version` is not the stored one.
    """
    task = task_to_change(connection, staff_id, assignment_id)
    if task.version != version:
        raise ChangedMeanwhile
    if task.rubric_id is not None and same_rubric(rubric_by_id(connection, task.rubric_id), rubric):
        return False
    rubric_id = save_rubric(connection, rubric=rubric, user_id=staff_id, now=now, replaces_id=task.rubric_id)
    _change(connection, assignment_id, version, {"rubric_id": rubric_id})
    note_version(connection, assignment_id, by=staff_id, now=now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.set_rubric", subject=("assignment", assignment_id),
        rubric=rubric_id,
    )  # fmt: skip
    return True


def set_readers(
    connection: Connection, *, staff_id: int, assignment_id: int, spec: ReadersSpec, version: int, now: datetime
) -> None:
    """Choose the readers and how their readings merge. ChangedMeanwhile where `version` is not the stored one."""
    task_to_change(connection, staff_id, assignment_id)
    _change(connection, assignment_id, version, {"merge_method": spec.merge_method, "min_readings": spec.min_readings})
    _write_readers(connection, assignment_id, spec, now)
    note_version(connection, assignment_id, by=staff_id, now=now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.set_readers", subject=("assignment", assignment_id),
        readers=[reader.reader for reader in spec.readers],
    )  # fmt: skip


def publish_assignment(
    connection: Connection, *, staff_id: int, assignment_id: int, version: int, offered: Sequence[str],
    open_course: bool, now: datetime,
) -> None:  # fmt: skip
    """Show the assignment to students, and where `open_course` says so open its course with it.

    RuleBroken with the first unmet line of the checklist; ChangedMeanwhile where `version` is not the stored one.
    """
    show_to_students(
        connection, task_to_change(connection, staff_id, assignment_id), by=staff_id, version=version, offered=offered,
        open_course=open_course, now=now,
    )  # fmt: skip
    record(connection, at=now, actor_id=staff_id, action="assignment.publish", subject=("assignment", assignment_id))


def show_to_students(
    connection: Connection, task: Task, *, by: int, version: int, offered: Sequence[str], open_course: bool,
    now: datetime,
) -> None:  # fmt: skip
    """Publish a task on behalf of `by`; whoever calls writes the audit event. Raises as `publish_assignment` does, and
    before anything is written."""
    assignment_id = task.assignment_id
    if task.status is not AssignmentStatus.DRAFT:
        raise RuleBroken("This assignment is published already.")
    rubric = rubric_by_id(connection, task.rubric_id) if task.rubric_id is not None else None
    for check in checks_for(task, rubric, reader_settings(connection, assignment_id), offered, now):
        if not check.fine:
            raise RuleBroken(f"The assignment was not published. {check.todo}")
    if version != task.version:
        raise ChangedMeanwhile
    if open_course and task.course_status is CourseStatus.DRAFT:
        step_course(
            connection, staff_id=by, course_id=task.course_id, come_from=CourseStatus.DRAFT,
            go_to=CourseStatus.ACTIVE, confirmation="", now=now,
        )  # fmt: skip
    _change(
        connection, assignment_id, version, {"status": AssignmentStatus.ACTIVE, "published_at": now},
        AssignmentStatus.DRAFT,
    )  # fmt: skip
    connection.execute(
        update(AssignmentSettings)
        .where(AssignmentSettings.assignment_id == assignment_id)
        .values(publish_at=None, publish_problem="")
    )
    note_version(connection, assignment_id, by=by, now=now)


def raise_version(connection: Connection, assignment_id: int, version: int) -> None:
    """Count a change of what hangs on the assignment; ChangedMeanwhile where `version` is not the stored one."""
    _change(connection, assignment_id, version, {})


def _change(
    connection: Connection, assignment_id: int, version: int, values: dict[str, Any],
    status: AssignmentStatus | None = None,
) -> None:  # fmt: skip
    """One conditional UPDATE, which raises the version; ChangedMeanwhile where somebody else was first."""
    statement = update(Assignment).where(
        Assignment.id == assignment_id, Assignment.version == version, Assignment.status != AssignmentStatus.DELETED
    )
    if status is not None:
        statement = statement.where(Assignment.status == status)
    if not connection.execute(statement.values(**values, version=version + 1)).rowcount:
        raise ChangedMeanwhile


def _write_readers(connection: Connection, assignment_id: int, spec: ReadersSpec, now: datetime) -> None:
    """New rows for what is new or different; the others stay as they are, and what is gone is marked so."""
    before = {replace(setting, id=0): setting.id for setting in reader_settings(connection, assignment_id)}
    gone = set(before.values()) - {before.get(reader, 0) for reader in spec.readers}
    if gone:
        connection.execute(update(ModelSetting).where(ModelSetting.id.in_(gone)).values(removed_at=now))
    for reader in spec.readers:
        if reader not in before:
            values = asdict(reader)
            del values["id"]
            connection.execute(insert(ModelSetting).values(assignment_id=assignment_id, **values))
