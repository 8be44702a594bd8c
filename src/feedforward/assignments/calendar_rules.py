"""What stands in a calendar: deadlines and promised returns, with no word of anybody's work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.ui.dates import moment_text

# Older entries say nothing any more, and calendar programs fetch the whole every quarter of an hour.
LOOKS_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment. `key` stays the same for as long as the thing it is about, `version` rises when it changes, and
    `path` is where to look."""

    key: str
    at: datetime
    title: str
    note: str
    path: str
    version: int


def entries_of_student(tasks: Iterable[Task], now: datetime) -> Iterator[Entry]:
    """When drafts are due, by the deadline that holds for this student, and when feedback is promised."""
    for task in tasks:
        course = f"{task.course_code} {task.course_title}"
        path = urls.task(task.assignment_id)
        if _counts(task, task.deadline, now):
            note = course
            if task.deadline != task.due_at:
                for_all = moment_text(task.due_at, task.time_zone)
                note = f"{course}. You have an extension: for everybody else it is {for_all}."
            yield Entry(
                f"due-{task.assignment_id}", task.deadline, f"Due: {task.title}", note, path, task.version
            )  # fmt: skip
        if task.settings.return_at is not None and _counts(task, task.settings.return_at, now):
            yield Entry(
                f"return-{task.assignment_id}", task.settings.return_at, f"Feedback promised: {task.title}", course,
                path, task.version,
            )  # fmt: skip


def entries_of_staff(tasks: Iterable[Task], now: datetime) -> Iterator[Entry]:
    """When drafts are due for everybody, and by when those who teach promised feedback."""
    for task in tasks:
        course = f"{task.course_code} {task.course_title}"
        path = urls.assignment(task.assignment_id)
        if _counts(task, task.due_at, now):
            yield Entry(
                f"due-{task.assignment_id}", task.due_at, f"Drafts due: {task.title}", course, path, task.version
            )  # fmt: skip
        if task.settings.return_at is not None and _counts(task, task.settings.return_at, now):
            yield Entry(
                f"return-{task.assignment_id}", task.settings.return_at, f"Feedback promised by you: {task.title}",
                course, path, task.version,
            )  # fmt: skip


def _counts(task: Task, at: datetime, now: datetime) -> bool:
    """What is past stays for a while; what is to come only where drafts are still taken."""
    return now - LOOKS_BACK <= at and (task.takes_drafts or at <= now)
