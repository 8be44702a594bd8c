"""Reading task sheets: an assignment's own, for its staff, its students and its readers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from feedforward.assignments.queries import task_for_staff, task_for_student
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_tables import TaskSheet
from feedforward.errors import NotFound

_ONE = select(TaskSheet.id, TaskSheet.content_id, TaskSheet.content, TaskSheet.size, TaskSheet.word_count).where(
    TaskSheet.id == bindparam("sheet_id"), TaskSheet.removed_at.is_(None)
)
_STANDING = select(TaskSheet.content_id).where(
    TaskSheet.content_id.in_(bindparam("content_ids", expanding=True)), TaskSheet.removed_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as it is kept; `content` is sealed (see sheet_intake.py), `size` in bytes."""

    id: int
    content_id: str
    content: bytes | None
    size: int
    word_count: int


def sheet_for_staff(connection: Connection, user_id: int, assignment_id: int) -> tuple[Task, SheetView | None]:
    """The assignment with its sheet, None where it has none; NotFound unless this person teaches its course."""
    task = task_for_staff(connection, user_id, assignment_id)
    return task, optional_sheet(connection, task.settings.sheet_id)


def sheet_for_student(connection: Connection, student_id: int, assignment_id: int) -> SheetView:
    """The sheet of a task this student may see; NotFound otherwise, and where there is none."""
    task = task_for_student(connection, student_id, assignment_id)
    sheet = optional_sheet(connection, task.settings.sheet_id)
    if sheet is None:
        raise NotFound
    return sheet


def optional_sheet(connection: Connection, sheet_id: int | None) -> SheetView | None:
    """The sheet with this id, if it still stands."""
    if sheet_id is None:
        return None
    row: Row[*tuple[Any, ...]] | None = connection.execute(_ONE, {"sheet_id": sheet_id}).one_or_none()
    return None if row is None else SheetView(*row)


def content_of_sheets(connection: Connection, content_ids: list[str]) -> set[str]:
    """Which of these contents belong to sheets that stand: they are the instructor's, and no clean-up takes them."""
    return set(connection.execute(_STANDING, {"content_ids": content_ids}).scalars())
