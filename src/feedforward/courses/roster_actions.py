"""What instructors do with the roster: add what was shown to them, keep sections and numbers, enrol again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from feedforward.accounts.tables import User
from feedforward.audit.record import record, record_each
from feedforward.courses.enrolment_letters import ENROLLED
from feedforward.courses.invitation_actions import invite_each, settle_open
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs
from feedforward.courses.queries import require_may_change
from feedforward.courses.roster_plan import Holder, Known, Place, Planned, Step, counts, fingerprint, planned
from feedforward.courses.roster_rows import RosterRow
from feedforward.courses.tables import CourseStaff, Enrolment, Invitation
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post, post_to_people
from feedforward.web.access import Role

BATCH = 500
_OF_STUDENT = (Enrolment.course_id == bindparam("course"), Enrolment.student_id == bindparam("student"))
_BACK = update(Enrolment).where(*_OF_STUDENT)


class PlanChanged(RuleBroken):
    """What would be written is not what was shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Something changed since this was shown to you. Nothing was written; look at it once more.")


def plan_of(
    connection: Connection, user_id: int, course_id: int, rows: Sequence[RosterRow], now: datetime
) -> tuple[Planned, ...]:
    """What adding these rows would do now. NotFound and NotPermitted as `require_may_change`."""
    require_may_change(connection, user_id, course_id)
    return planned(rows, _known(connection, course_id, rows, now))


def add_people(
    connection: Connection, *, staff_id: int, course_id: int, rows: Sequence[RosterRow], shown: str,
    addresses: Mapping[str, SealedAddress], now: datetime,
) -> dict[Step, int]:  # fmt: skip
    """Write the plan whose fingerprint was `shown`; how many rows took each step. `addresses` are sealed beforehand,
    one for each row that is invited. PlanChanged where somebody was quicker."""
    plan = plan_of(connection, staff_id, course_id, rows, now)
    invited = [each for each in plan if each.step is Step.INVITE]
    if fingerprint(plan) != shown or any(each.row.email not in addresses for each in invited):
        raise PlanChanged
    _enrol_each(connection, staff_id, course_id, [each for each in plan if each.step is Step.ENROL], now)
    _change_each(connection, staff_id, course_id, [each for each in plan if each.step is Step.CHANGE], now)
    invite_each(
        connection, staff_id=staff_id, course_id=course_id, role=InvitedAs.STUDENT,
        people=[(each.row, addresses[each.row.email], each.invitation) for each in invited], now=now,
    )  # fmt: skip
    return counts(plan)


def _enrol_each(
    connection: Connection, staff_id: int, course_id: int, enrolled: Sequence[Planned], now: datetime
) -> None:
    people = [each.person for each in enrolled if each.person is not None]
    settle_open(
        connection, course_id=course_id, people=people, role=InvitedAs.STUDENT, become=InvitationStatus.JOINED, now=now
    )
    here = _enrolments(connection, course_id, people)
    fresh = [each for each in enrolled if each.person not in here]
    back = [each for each in enrolled if each.person in here]
    if fresh:
        connection.execute(
            insert(Enrolment),
            [
                {
                    "course_id": course_id, "student_id": each.person, "status": "active", "enrolled_at": now,
                    "section": each.row.section, "student_number": each.row.number,
                }
                for each in fresh
            ],
        )  # fmt: skip
    if back:
        connection.execute(
            _BACK,
            [
                {
                    "course": course_id, "student": each.person, "status": "active", "enrolled_at": now,
                    "deleted_at": None, "section": each.row.section or here[each.person or 0].section,
                    "student_number": each.row.number or here[each.person or 0].number,
                }
                for each in back
            ],
        )  # fmt: skip
    record_each(
        connection, at=now, actor_id=staff_id, action="enrolment.add", subject=("course", course_id),
        details=[{"student": each.person} for each in enrolled],
    )  # fmt: skip
    ids = {"course_id": course_id}
    post_to_people(connection, template=ENROLLED, to=people, ids=ids, asked_by=staff_id, now=now)


def _change_each(
    connection: Connection, staff_id: int, course_id: int, changed: Sequence[Planned], now: datetime
) -> None:
    for each in changed:
        known: dict[str, Any] = {
            name: value for name, value in (("section", each.row.section), ("student_number", each.row.number)) if value
        }
        if each.person is not None:
            connection.execute(
                update(Enrolment)
                .where(Enrolment.course_id == course_id, Enrolment.student_id == each.person)
                .values(**known)
            )
        else:
            name = {"name": each.row.name} if each.row.name else {}
            connection.execute(update(Invitation).where(Invitation.id == each.invitation).values(**known, **name))
    record_each(
        connection, at=now, actor_id=staff_id, action="enrolment.change", subject=("course", course_id),
        details=[
            {"student": each.person} if each.person is not None else {"invitation": each.invitation} for each in changed
        ],
    )  # fmt: skip


def change_student(
    connection: Connection, *, staff_id: int, course_id: int, student_id: int, section: str, number: str, now: datetime
) -> None:
    """Another section and number for somebody enrolled. RuleBroken where they are not."""
    require_may_change(connection, staff_id, course_id)
    changed = connection.execute(
        update(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.student_id == student_id, Enrolment.status == "active")
        .values(section=section, student_number=number)
    ).rowcount
    if not changed:
        raise RuleBroken("This student is not enrolled in the course any more.")
    record(
        connection, at=now, actor_id=staff_id, action="enrolment.change", subject=("course", course_id),
        student=student_id,
    )  # fmt: skip


def enrol_again(connection: Connection, *, staff_id: int, course_id: int, student_id: int, now: datetime) -> None:
    """Bring back somebody who was removed. RuleBroken where there is nobody to bring back."""
    require_may_change(connection, staff_id, course_id)
    teaches = select(CourseStaff.user_id).where(CourseStaff.course_id == course_id, CourseStaff.user_id == student_id)
    back = connection.execute(
        update(Enrolment)
        .where(
            Enrolment.course_id == course_id, Enrolment.student_id == student_id, Enrolment.status == "removed",
            ~teaches.exists(),
            select(User.id).where(User.id == student_id, User.status == "active").exists(),
        )
        .values(status="active", enrolled_at=now, deleted_at=None)
    ).rowcount  # fmt: skip
    if not back:
        raise RuleBroken("This student cannot be enrolled again: they are enrolled, teach here, or have no account.")
    record(
        connection, at=now, actor_id=staff_id, action="enrolment.add", subject=("course", course_id), student=student_id
    )
    post(connection, template=ENROLLED, to=student_id, ids={"course_id": course_id}, asked_by=staff_id, now=now)


def _known(connection: Connection, course_id: int, rows: Sequence[RosterRow], now: datetime) -> Known:
    accounts: dict[str, Holder] = {}
    invitations: dict[str, Place] = {}
    joined: dict[str, int] = {}
    for emails in _batches([row.email for row in rows]):
        for user in connection.execute(
            select(User.id, User.email, User.role, User.status).where(User.email.in_(emails))
        ):
            accounts[user.email] = Holder(user.id, Role(user.role), user.status == "active")
        for row in connection.execute(
            select(Invitation)
            .with_only_columns(*Invitation.__table__.columns)
            .where(
                Invitation.course_id == course_id, Invitation.email.in_(emails), Invitation.role == InvitedAs.STUDENT
            )
        ):
            is_open = row.status == InvitationStatus.OPEN and row.expires_at > now
            invitations[row.email] = Place(row.id, is_open, row.section, row.student_number, row.name)
            if row.status == InvitationStatus.JOINED and row.joined_as is not None:
                joined[row.email] = row.joined_as
    people = [each.user_id for each in accounts.values()] + list(joined.values())
    staff = connection.execute(select(CourseStaff.user_id).where(CourseStaff.course_id == course_id)).scalars()
    return Known(accounts, _enrolments(connection, course_id, people), invitations, frozenset(staff), joined)


def _enrolments(connection: Connection, course_id: int, people: Sequence[int]) -> dict[int, Place]:
    return {
        row.student_id: Place(row.student_id, row.status == "active", row.section, row.student_number)
        for some in _batches(people)
        for row in connection.execute(
            select(Enrolment.student_id, Enrolment.status, Enrolment.section, Enrolment.student_number).where(
                Enrolment.course_id == course_id, Enrolment.student_id.in_(some)
            )
        )
    }


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))
