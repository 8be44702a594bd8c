"""Steps in the life of courses and assignments with all that goes along, and undoing them exactly."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, update

from feedforward.assignments.life_cycle_queries import (
    DeletedAssignment,
    DeletedCourse,
    changes_of,
    deleted_assignment,
    deleted_course,
    standing_step,
)
from feedforward.assignments.life_cycle_tables import LifeStepChange
from feedforward.assignments.publishing import Move, optional_move
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import AssignmentStatus, ChangedMeanwhile, Task
from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.courses.actions import step_course
from feedforward.courses.life_cycle_rules import CASCADES, DELETED, is_kept
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import CourseStatus
from feedforward.courses.rules import Move as CourseMove
from feedforward.courses.tables import Course, LifeStep
from feedforward.errors import RuleBroken

COURSE, ASSIGNMENT = "course", "assignment"
RESTORED_ALREADY = "This was restored meanwhile. Look again."


def move_course(
    connection: Connection, *, staff_id: int, course_id: int, come_from: str, go_to: str, confirmation: str,
    now: datetime,
) -> CourseMove:  # fmt: skip
    """Take one step with a course, and its assignments with it; what they were is written down. Out of the archive
    they become what they were. NotFound, NotPermitted, RuleBroken as `step_course`."""
    move = step_course(
        connection, staff_id=staff_id, course_id=course_id, come_from=come_from, go_to=go_to,
        confirmation=confirmation, now=now,
    )  # fmt: skip
    if is_kept(move.go_to):
        step_id = _keep(connection, COURSE, course_id, move.come_from, move.go_to, staff_id, now)
        _take_along(connection, step_id, course_id, CASCADES[move.go_to], now)
    elif move.come_from is CourseStatus.ARCHIVED:
        step = standing_step(connection, COURSE, course_id, move.come_from)
        if step is not None:
            _give_back(connection, step.id, now)
    return move


def restore_course(connection: Connection, *, owner_id: int, course_id: int, now: datetime) -> DeletedCourse:
    """Undo deleting a course of this owner: it and the assignments that went with it are what they were before.
    NotFound for anybody else's."""
    course = deleted_course(connection, owner_id, course_id)
    back = connection.execute(
        update(Course)
        .where(Course.id == course_id, Course.status == CourseStatus.DELETED)
        .values(status=course.back_to, deleted_at=None)
    ).rowcount
    if not back:
        raise RuleBroken(RESTORED_ALREADY)
    if course.step_id is not None:
        _give_back(connection, course.step_id, now)
    record(
        connection, at=now, actor_id=owner_id, action="course.restore", subject=("course", course_id),
        go_to=str(course.back_to),
    )  # fmt: skip
    return course


def move_assignment(
    connection: Connection, *, staff_id: int, assignment_id: int, come_from: str, go_to: str, confirmation: str,
    now: datetime,
) -> tuple[Task, Move]:  # fmt: skip
    """Take one step in its life from the status the person saw; deleting wants its title typed."""
    task = task_for_staff(connection, staff_id, assignment_id)
    require_may_change(connection, staff_id, task.course_id)
    move = optional_move(task.status, go_to)
    if task.status != come_from or move is None:
        raise ChangedMeanwhile
    if move.go_to is AssignmentStatus.DELETED and confirmation.strip().casefold() != task.title.strip().casefold():
        raise RuleBroken("Nothing was deleted. To delete the assignment, type its title.", field="confirmation")
    if not _turn(connection, assignment_id, move.come_from, move.go_to, now):
        raise ChangedMeanwhile
    if is_kept(move.go_to):
        _keep(connection, ASSIGNMENT, assignment_id, move.come_from, move.go_to, staff_id, now)
    elif move.come_from is AssignmentStatus.ARCHIVED:
        step = standing_step(connection, ASSIGNMENT, assignment_id, move.come_from)
        if step is not None:
            _give_back(connection, step.id, now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.move", subject=("assignment", assignment_id),
        come_from=str(move.come_from), go_to=str(move.go_to),
    )  # fmt: skip
    return task, move


def restore_assignment(
    connection: Connection, *, staff_id: int, assignment_id: int, now: datetime
) -> DeletedAssignment:
    """Undo deleting an assignment. NotFound, NotPermitted as `require_may_change`; NotFound where it is not deleted."""
    found = deleted_assignment(connection, staff_id, assignment_id)
    require_may_change(connection, staff_id, found.course_id)
    if not _turn(connection, assignment_id, AssignmentStatus.DELETED, found.back_to, now):
        raise RuleBroken(RESTORED_ALREADY)
    if found.step_id is not None:
        _give_back(connection, found.step_id, now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.restore", subject=("assignment", assignment_id),
        go_to=str(found.back_to),
    )  # fmt: skip
    return found


def _keep(
    connection: Connection, kind: str, subject_id: int, come_from: str, go_to: str, by: int, now: datetime
) -> int:
    step_id: int = connection.execute(
        insert(LifeStep)
        .values(
            kind=kind, subject_id=subject_id, come_from=str(come_from), go_to=str(go_to), created_by=by, made_at=now
        )
        .returning(LifeStep.id)
    ).scalar_one()
    return step_id


def _take_along(
    connection: Connection, step_id: int, course_id: int, becomes: Mapping[str, str], now: datetime
) -> None:
    """What the course's step makes of its assignments; each that changes gets a row."""
    for come_from, go_to in becomes.items():
        changed = connection.execute(
            update(Assignment)
            .where(Assignment.course_id == course_id, Assignment.status == come_from)
            .values(status=go_to, version=Assignment.version + 1, deleted_at=now if go_to == DELETED else None)
            .returning(Assignment.id)
        ).scalars()
        rows = [{"step_id": step_id, "assignment_id": each, "come_from": come_from, "go_to": go_to} for each in changed]
        if rows:
            connection.execute(insert(LifeStepChange), rows)


def _give_back(connection: Connection, step_id: int, now: datetime) -> None:
    """Make each assignment that went along what it was, unless it has become something else since; once."""
    standing = update(LifeStep).where(LifeStep.id == step_id, LifeStep.undone_at.is_(None))
    if not connection.execute(standing.values(undone_at=now)).rowcount:
        return
    for change in changes_of(connection, step_id):
        _turn(connection, change.assignment_id, change.go_to, change.come_from, now)


def _turn(connection: Connection, assignment_id: int, come_from: str, go_to: str, now: datetime) -> bool:
    """One conditional UPDATE, which makes older forms stale; whether it found the assignment where it was."""
    turned = connection.execute(
        update(Assignment)
        .where(Assignment.id == assignment_id, Assignment.status == come_from)
        .values(status=str(go_to), version=Assignment.version + 1, deleted_at=now if go_to == DELETED else None)
    ).rowcount
    return bool(turned)
