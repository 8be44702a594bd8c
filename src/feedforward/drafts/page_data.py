"""What the pages of an assignment and of a draft need, each gathered in one read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, bindparam, literal, select, union_all

from feedforward.assignments.queries import reader_settings, task_for_student, task_for_work
from feedforward.assignments.rules import ReaderSetting, Task
from feedforward.drafts.queries import DraftView, draft_for_student, drafts_of_task
from feedforward.drafts.rules import MOVING, DraftStatus, may_submit
from feedforward.drafts.stage_parts import UsualTimes, usual_times
from feedforward.drafts.tables import Draft
from feedforward.extraction.sniffing import type_of_media
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric

NEWEST = 20


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task with the student's own drafts; `highest` is the newest draft's number, `closed` why none may follow."""

    task: Task
    drafts: list[DraftView]
    used: int
    highest: int
    closed: str | None
    readers: tuple[ReaderSetting, ...]
    rubric: Rubric | None

    def unfit(self, draft: DraftView, now: datetime) -> str | None:
        """Why this text cannot be handed in although one could; None where it can."""
        if self.closed is not None:
            return None
        return may_submit(
            self.task, drafts_used=self.used, now=now, last_at=last_handed_in(self.drafts), words=draft.word_count,
            file=type_of_media(draft.media_type) if draft.has_file else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftData:
    """A draft that was handed in, with its task and how long such drafts usually take."""

    task: Task
    draft: DraftView
    usual: UsualTimes


def _moments(status: DraftStatus) -> Select[str, datetime | None, datetime]:
    return (
        select(literal(str(status)).label("status"), Draft.submitted_at, Draft.changed_at)
        .where(Draft.assignment_id == bindparam("assignment_id"), Draft.status == status)
        .order_by(Draft.submitted_at.desc())
        .limit(NEWEST)
    )


_USUAL = union_all(
    select(_moments(DraftStatus.AWAITING_REVIEW).subquery()), select(_moments(DraftStatus.RELEASED).subquery())
)


def task_data(connection: Connection, student_id: int, assignment_id: int, now: datetime, *, whole: bool) -> TaskData:
    """NotFound unless the student may see the task; the rubric only where the `whole` page is wanted."""
    task = task_for_student(connection, student_id, assignment_id)
    drafts = drafts_of_task(connection, student_id, assignment_id)
    numbers = [draft.number for draft in drafts if draft.number is not None]
    return TaskData(
        task=task,
        drafts=drafts,
        used=len(numbers),
        highest=max(numbers, default=0),
        closed=may_submit(task, drafts_used=len(numbers), now=now, last_at=last_handed_in(drafts)),
        readers=reader_settings(connection, assignment_id),
        rubric=rubric_by_id(connection, task.rubric_id) if whole and task.rubric_id is not None else None,
    )


def last_handed_in(drafts: Sequence[DraftView]) -> datetime | None:
    """When the newest of these that count was handed in."""
    return max((each.submitted_at for each in drafts if each.number and each.submitted_at), default=None)


def draft_data(connection: Connection, student_id: int, draft_id: int) -> DraftData:
    """The student's own draft, also after they left the course: what was theirs stays readable."""
    draft = draft_for_student(connection, student_id, draft_id)
    return DraftData(
        task_for_work(connection, draft.assignment_id),
        draft,
        usual_times_of(connection, draft.assignment_id, draft.status),
    )


def usual_times_of(connection: Connection, assignment_id: int, status: DraftStatus) -> UsualTimes:
    """Nothing is asked for a draft that is done: nobody waits for it."""
    if status not in (*MOVING, DraftStatus.AWAITING_REVIEW, DraftStatus.NEEDS_MANUAL_FEEDBACK):
        return UsualTimes(None, None)
    rows = connection.execute(_USUAL, {"assignment_id": assignment_id}).all()
    return usual_times(
        [(row.submitted_at, row.changed_at) for row in rows if row.status == DraftStatus.AWAITING_REVIEW],
        [(row.submitted_at, row.changed_at) for row in rows if row.status == DraftStatus.RELEASED],
    )


def erased_on(draft: DraftView, task: Task, unreleased_days: int) -> datetime | None:
    """When the draft's text goes, as far as it is known today; None where it is kept or gone."""
    if draft.erased_at is not None or draft.content_preserved:
        return None
    return draft.erase_after or task.due_at + timedelta(days=unreleased_days)
