"""The table of a class as CSV, written a few students at a time."""

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from feedforward.assignments.rules import Task
from feedforward.database import Database
from feedforward.feedback.class_pages import WORDS
from feedforward.feedback.class_queries import ClassStudent, drafts_of_class
from feedforward.feedback.class_rules import ClassDraft, in_a_table, newest, standing_of

BATCH = 200


async def class_table(
    database: Database, *, students: Sequence[ClassStudent], tasks: Sequence[Task]
) -> AsyncIterator[bytes]:
    """The lines as UTF-8 with the mark that spreadsheets look for; moments in each assignment's own time zone."""
    chosen = [task.assignment_id for task in tasks]
    yield "\ufeff".encode() + _lines([_head(tasks)])
    for start in range(0, len(students), BATCH):
        some = students[start : start + BATCH]
        drafts = await database.read_slow(drafts_of_class, chosen, [each.student_id for each in some])
        yield _lines([_row(student, tasks, drafts) for student in some])


def _head(tasks: Sequence[Task]) -> list[str]:
    parts = ("drafts", "state of the newest", "handed in", "feedback released")
    columns = [f"{task.title}: {part}" for task in tasks for part in parts]
    return ["Name", "E-mail", "Student number", "Section", *columns]


def _row(
    student: ClassStudent, tasks: Sequence[Task], drafts: Mapping[tuple[int, int], Sequence[ClassDraft]]
) -> list[str]:
    cells = [student.name, student.email, student.number, student.section]
    for task in tasks:
        theirs = drafts.get((student.student_id, task.assignment_id), ())
        last = newest(theirs)
        released = last.released_at if last is not None and last.feedback == "released" else None
        cells += [
            str(len(theirs)), WORDS[standing_of(last)][0], _moment(last.submitted_at if last else None, task.time_zone),
            _moment(released, task.time_zone),
        ]  # fmt: skip
    return cells


def _moment(when: datetime | None, zone: str) -> str:
    return "" if when is None else when.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([in_a_table(cell) for cell in row] for row in rows)
    return written.getvalue().encode()
