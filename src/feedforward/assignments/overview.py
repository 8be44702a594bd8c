"""Everything the staff's page of an assignment shows, in one read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.assignments.queries import reader_settings, task_for_staff
from feedforward.assignments.rules import AssignmentStatus, ReaderSetting, Task
from feedforward.assignments.tables import Assignment
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.rubrics.queries import RubricOrigin, rubric_by_id, rubric_origin
from feedforward.rubrics.rules import Rubric


@dataclass(frozen=True, slots=True)
class Overview:
    """An assignment with its course, its rubric (None: not built yet) and its readers."""

    task: Task
    course: CourseView
    rubric: Rubric | None
    rubric_from: RubricOrigin | None
    readers: tuple[ReaderSetting, ...]
    published_at: datetime | None

    @property
    def may_change(self) -> bool:
        """Whether the person who asked may change the assignment now."""
        return self.course.may_change and self.task.status is not AssignmentStatus.ARCHIVED

    @property
    def may_move(self) -> bool:
        """Whether they may take a step in its life: out of the archive too."""
        return self.course.may_change

    @property
    def rubric_changed_at(self) -> datetime | None:
        """When the rubric was changed after students saw the assignment: drafts before keep the one before."""
        origin, published = self.rubric_from, self.published_at
        if origin is None or published is None or origin.replaces_id is None or origin.created_at <= published:
            return None
        return origin.created_at


def overview_for_staff(connection: Connection, user_id: int, assignment_id: int) -> Overview:
    """The overview; NotFound unless this person teaches the course."""
    task = task_for_staff(connection, user_id, assignment_id)
    published_at = connection.execute(
        select(Assignment.published_at).where(Assignment.id == assignment_id)
    ).scalar_one()
    return Overview(
        task=task,
        course=course_for_staff(connection, user_id, task.course_id),
        rubric=rubric_by_id(connection, task.rubric_id) if task.rubric_id is not None else None,
        rubric_from=rubric_origin(connection, task.rubric_id) if task.rubric_id is not None else None,
        readers=reader_settings(connection, assignment_id),
        published_at=published_at,
    )
