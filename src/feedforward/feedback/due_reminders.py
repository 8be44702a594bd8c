"""Reminding students before the due date: who has handed in nothing is told once for each of the days chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, exists, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.accounts.tables import User
from feedforward.assignments.queries import task_for_work
from feedforward.assignments.settings_tables import Extension
from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.courses.tables import Course, Enrolment
from feedforward.database import Database
from feedforward.drafts.rules import NOT_HANDED_IN
from feedforward.drafts.tables import Draft
from feedforward.feedback.class_letters import CLASS_REMINDER
from feedforward.feedback.class_rules import REMINDED_FOR
from feedforward.feedback.class_tables import ClassReminder, DueReminder
from feedforward.mail.outbox import post_to_people

LONGEST_AHEAD = timedelta(days=8)
# After a pause of the worker a reminder is still sent; later than this it would say "three days before" of tomorrow.
MADE_UP_FOR = timedelta(hours=24)

_STANDING = Extension.withdrawn_at.is_(None)
_SOON = (
    select(Assignment.id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Assignment.status == "active", Course.status == "active",
        or_(
            Assignment.due_at.between(bindparam("now"), bindparam("until")),
            exists().where(
                Extension.assignment_id == Assignment.id, _STANDING,
                Extension.due_at.between(bindparam("now"), bindparam("until")),
            ),
        ),
    )
    .order_by(Assignment.id)
)  # fmt: skip
_WITHOUT_A_DRAFT = (
    select(Enrolment.student_id, Extension.due_at.label("extended_to"), ClassReminder.reminded_at)
    .join(User, and_(User.id == Enrolment.student_id, User.status == "active"))
    .outerjoin(
        Extension,
        and_(
            Extension.assignment_id == bindparam("assignment_id"), Extension.student_id == Enrolment.student_id,
            _STANDING,
        ),
    )
    .outerjoin(
        ClassReminder,
        and_(
            ClassReminder.assignment_id == bindparam("assignment_id"),
            ClassReminder.student_id == Enrolment.student_id,
        ),
    )
    .where(
        Enrolment.course_id == bindparam("course_id"), Enrolment.status == "active",
        ~exists().where(
            Draft.assignment_id == bindparam("assignment_id"), Draft.student_id == Enrolment.student_id,
            Draft.status.not_in(NOT_HANDED_IN),
        ),
    )
    .order_by(Enrolment.student_id)
)  # fmt: skip
_PUBLISHED_AT = select(Assignment.published_at).where(Assignment.id == bindparam("assignment_id"))


@dataclass(frozen=True, slots=True)
class Reminder:
    """One student's turn: `days` before `due_at`, the deadline that holds for them."""

    student_id: int
    days: int
    due_at: datetime


def day_that_came(deadline: datetime, days: Iterable[int], *, published_at: datetime, now: datetime) -> int | None:
    """Which of the days before the deadline has come just now, the nearest; None where none has, or where the
    assignment was not there yet."""
    for each in sorted(days):
        moment = deadline - timedelta(days=each)
        if moment <= now < min(deadline, moment + MADE_UP_FOR) and published_at <= moment:
            return each
    return None


def remind_before_due(database: Database, now: datetime) -> int:
    """Remind whoever it is time for, each assignment in a transaction of its own; how many students."""
    soon = database.read_now(
        lambda connection: connection.execute(_SOON, {"now": now, "until": now + LONGEST_AHEAD}).scalars().all()
    )
    return sum(database.write_now(remind_for, assignment_id, now) for assignment_id in soon)


def remind_for(connection: Connection, assignment_id: int, now: datetime) -> int:
    """Remind the students of one assignment whose day has come; nobody twice for one day of one deadline, and nobody
    within a day of a reminder by hand."""
    task = task_for_work(connection, assignment_id)
    days = task.settings.reminders.days
    published_at = connection.execute(_PUBLISHED_AT, {"assignment_id": assignment_id}).scalar_one()
    if not days or published_at is None:
        return 0
    turns = []
    for row in connection.execute(_WITHOUT_A_DRAFT, {"assignment_id": assignment_id, "course_id": task.course_id}):
        deadline = max(task.due_at, row.extended_to) if row.extended_to else task.due_at
        day = day_that_came(deadline, days, published_at=published_at, now=now)
        if day is not None and (row.reminded_at is None or row.reminded_at <= now - REMINDED_FOR):
            turns.append(Reminder(row.student_id, day, deadline))
    told = [each.student_id for each in turns if _is_first(connection, assignment_id, each, now)]
    if told:
        post_to_people(
            connection, template=CLASS_REMINDER, to=told, ids={"assignment_id": assignment_id}, asked_by=None, now=now
        )
        record(
            connection, at=now, actor_id=None, action="class.remind_before_due", subject=("assignment", assignment_id),
            students=told,
        )  # fmt: skip
    return len(told)


def _is_first(connection: Connection, assignment_id: int, turn: Reminder, now: datetime) -> bool:
    """Write the turn down; False where it was taken before, by this worker or another."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    written = connection.execute(
        make(DueReminder)
        .values(
            assignment_id=assignment_id, student_id=turn.student_id, days=turn.days, due_at=turn.due_at, reminded_at=now
        )
        .on_conflict_do_nothing()
        .returning(DueReminder.days)
    ).first()  # fmt: skip
    return written is not None
