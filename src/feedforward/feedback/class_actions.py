"""What staff do with a class: remind who handed in nothing, and take its table or its feedback along."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.errors import NotFound, RuleBroken
from feedforward.feedback.class_letters import CLASS_REMINDER
from feedforward.feedback.class_queries import Narrowed, class_students
from feedforward.feedback.class_rules import REMINDED_FOR, Standing, problem_with_reminding
from feedforward.feedback.class_tables import ClassReminder
from feedforward.mail.outbox import post_to_people


@dataclass(frozen=True, slots=True)
class Reminding:
    """How many who handed in nothing were reminded now, of them those who `want` such mail, and how many were left
    alone because they were reminded within a day."""

    reminded: int
    want: int
    left_alone: int


def remind(
    connection: Connection, *, staff_id: int, course_id: int, assignment_id: int, section: str, now: datetime
) -> Reminding:
    """Remind the students of this person's part (and section, "" for all) who handed in nothing; nobody twice within a
    day. NotFound for another course's assignment; RuleBroken where nothing can be handed in now."""
    task = task_for_staff(connection, staff_id, assignment_id)
    if task.course_id != course_id:
        raise NotFound
    problem = problem_with_reminding(task, now)
    if problem is not None:
        raise RuleBroken(problem)
    # Two who press the button at the same time: the second finds what the first wrote.
    connection.execute(select(Assignment.id).where(Assignment.id == assignment_id).with_for_update())
    asked = Narrowed(assignment_id, section, Standing.NOTHING)
    missing = connection.execute(class_students(staff_id, course_id, asked, [assignment_id])).all()
    before = {
        row.student_id: row.reminded_at
        for row in connection.execute(
            select(ClassReminder.student_id, ClassReminder.reminded_at).where(
                ClassReminder.assignment_id == assignment_id
            )
        )
    }
    due = [row for row in missing if row.id not in before or before[row.id] <= now - REMINDED_FOR]
    again = [row.id for row in due if row.id in before]
    if again:
        connection.execute(
            update(ClassReminder)
            .where(ClassReminder.assignment_id == assignment_id, ClassReminder.student_id.in_(again))
            .values(reminded_at=now, created_by=staff_id)
        )
    first = [
        {"assignment_id": assignment_id, "student_id": row.id, "reminded_at": now, "created_by": staff_id}
        for row in due
        if row.id not in before
    ]
    if first:
        connection.execute(insert(ClassReminder), first)
    people = [row.id for row in due]
    want = post_to_people(
        connection, template=CLASS_REMINDER, to=people, ids={"assignment_id": assignment_id}, asked_by=staff_id, now=now
    )
    if people:
        record(
            connection, at=now, actor_id=staff_id, action="class.remind", subject=("assignment", assignment_id),
            students=sorted(people),
        )  # fmt: skip
    return Reminding(len(people), want, len(missing) - len(due))


def note_export(
    connection: Connection, *, staff_id: int, course_id: int, what: str, assignment_id: int | None, rows: int,
    now: datetime,
) -> None:  # fmt: skip
    """That somebody takes the table ("class.export") or the feedback ("class.export_feedback") of a class out of the
    system; `rows` are students or drafts."""
    record(
        connection, at=now, actor_id=staff_id, action=what, subject=("course", course_id), assignment=assignment_id,
        rows=rows,
    )  # fmt: skip
