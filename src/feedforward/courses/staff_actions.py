"""What owners do with the staff of a course: add, change roles, remove, give tutors their part, hand it over."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from feedforward.accounts.queries import people_by_email
from feedforward.accounts.rules import folded_email, problem_with_email
from feedforward.accounts.tables import User
from feedforward.audit.record import record
from feedforward.courses.invitation_actions import invite_each, optional_invitation_id, settle_open
from feedforward.courses.invitation_letters import NEW_OWNER
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs
from feedforward.courses.queries import course_for_staff, require_may_change, require_owner
from feedforward.courses.roster_rows import RosterRow
from feedforward.courses.rules import StaffRole
from feedforward.courses.tables import Course, CourseStaff, Enrolment, TutorSection, TutorStudent
from feedforward.errors import NotFound, RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post
from feedforward.web.access import Role

GRANTED = (StaffRole.CO_INSTRUCTOR, StaffRole.TUTOR)
OVERTAKEN = "Somebody else has changed who teaches this course since you opened the page. Look again."


def add_staff(
    connection: Connection, *, owner_id: int, course_id: int, email: str, role: str, address: SealedAddress | None,
    now: datetime,
) -> bool:  # fmt: skip
    """Let the person with this address teach: at once, or by an invitation as a tutor where there is no account (False;
    `address` is theirs, sealed). RuleBroken with the field that can be changed."""
    require_owner(connection, owner_id, course_id)
    email, granted = folded_email(email), _granted(role)
    problem = problem_with_email(email)
    if problem:
        raise RuleBroken(problem, field="email")
    found = people_by_email(connection, [email]).get(email)
    if found is None:
        _invite_tutor(connection, owner_id, course_id, email, granted, address, now)
        return False
    user_id, account, _ = found
    if granted is StaffRole.CO_INSTRUCTOR and account is not Role.INSTRUCTOR:
        raise RuleBroken(
            "Only instructor accounts can be co-instructors. As a tutor this person can review drafts.", field="role"
        )
    if _teaches(connection, course_id, user_id):
        raise RuleBroken("This person teaches the course already. Change their role in the list.", field="email")
    if _studies(connection, course_id, user_id):
        raise RuleBroken(
            "This person is a student of the course, and nobody is both. Remove them as a student first.", field="email"
        )
    connection.execute(insert(CourseStaff).values(course_id=course_id, user_id=user_id, role=granted, added_at=now))
    _note(connection, owner_id, course_id, user_id, "staff.add", now, role=str(granted))
    return True


def _invite_tutor(
    connection: Connection, owner_id: int, course_id: int, email: str, granted: StaffRole,
    address: SealedAddress | None, now: datetime,
) -> None:  # fmt: skip
    if granted is not StaffRole.TUTOR:
        raise RuleBroken(
            "There is no active instructor account with this address. Co-instructors need one first.", field="email"
        )
    if connection.execute(select(User.id).where(User.email == email)).first() is not None:
        raise RuleBroken("The account with this address is not active. Ask an administrator.", field="email")
    if address is None:
        raise RuleBroken(OVERTAKEN)
    earlier = optional_invitation_id(connection, course_id, email, InvitedAs.TUTOR)
    invite_each(
        connection, staff_id=owner_id, course_id=course_id, role=InvitedAs.TUTOR,
        people=[(RosterRow(1, email), address, earlier)], now=now,
    )  # fmt: skip


def change_role(
    connection: Connection, *, owner_id: int, course_id: int, user_id: int, come_from: str, go_to: str, now: datetime
) -> None:
    """Another role for somebody who teaches here, from the one the owner saw; never the owner's own."""
    require_owner(connection, owner_id, course_id)
    granted = _granted(go_to)
    account = connection.execute(select(User.role, User.status).where(User.id == user_id)).one_or_none()
    if granted is StaffRole.CO_INSTRUCTOR and (account is None or account.role != Role.INSTRUCTOR):
        raise RuleBroken("Only instructor accounts can be co-instructors.")
    changed = connection.execute(
        update(CourseStaff)
        .where(
            CourseStaff.course_id == course_id, CourseStaff.user_id == user_id, CourseStaff.role == come_from,
            CourseStaff.role.in_(GRANTED),
        )
        .values(role=granted, sees_all=True)
    ).rowcount  # fmt: skip
    if not changed:
        raise RuleBroken(OVERTAKEN)
    _forget_part(connection, course_id, user_id)
    _note(connection, owner_id, course_id, user_id, "staff.change", now, come_from=come_from, go_to=str(granted))


def remove_staff(connection: Connection, *, owner_id: int, course_id: int, user_id: int, now: datetime) -> None:
    """End somebody's teaching here at once; a course is never without its owner."""
    require_owner(connection, owner_id, course_id)
    gone = connection.execute(
        delete(CourseStaff).where(
            CourseStaff.course_id == course_id, CourseStaff.user_id == user_id, CourseStaff.role.in_(GRANTED)
        )
    ).rowcount
    if not gone:
        raise RuleBroken(OVERTAKEN)
    _forget_part(connection, course_id, user_id)
    settle_open(
        connection, course_id=course_id, people=[user_id], role=InvitedAs.TUTOR, become=InvitationStatus.REVOKED,
        now=now,
    )  # fmt: skip
    _note(connection, owner_id, course_id, user_id, "staff.remove", now)


def give_part(
    connection: Connection, *, staff_id: int, course_id: int, tutor_id: int, everybody: bool,
    sections: Collection[str], students: Collection[int], now: datetime,
) -> None:  # fmt: skip
    """Let a tutor see all students, or these sections and students alone. NotFound unless they are a tutor here;
    students who are not of the course are left out."""
    require_may_change(connection, staff_id, course_id)
    given = connection.execute(
        update(CourseStaff)
        .where(CourseStaff.course_id == course_id, CourseStaff.user_id == tutor_id, CourseStaff.role == StaffRole.TUTOR)
        .values(sees_all=everybody)
    ).rowcount
    if not given:
        raise NotFound
    _forget_part(connection, course_id, tutor_id)
    same = {"course_id": course_id, "user_id": tutor_id}
    here = connection.execute(select(Enrolment.student_id).where(Enrolment.course_id == course_id)).scalars()
    chosen = set() if everybody else set(here) & set(students)
    named = set() if everybody else {each for each in sections if each}
    if named:
        connection.execute(insert(TutorSection), [{**same, "section": each} for each in sorted(named)])
    if chosen:
        connection.execute(insert(TutorStudent), [{**same, "student_id": each} for each in sorted(chosen)])
    _note(
        connection, staff_id, course_id, tutor_id, "staff.part", now, everybody=everybody, sections=len(named),
        students=sorted(chosen),
    )  # fmt: skip


def transfer_course(
    connection: Connection, *, owner_id: int, course_id: int, to: int, confirmation: str, now: datetime
) -> None:
    """Hand the course to one of its co-instructors; whoever had it becomes one. RuleBroken where they cannot own it,
    the code was not typed, or somebody was quicker."""
    require_owner(connection, owner_id, course_id)
    code = course_for_staff(connection, owner_id, course_id).code
    able = select(User.id).where(User.id == to, User.role == Role.INSTRUCTOR, User.status == "active")
    if connection.execute(able).first() is None:
        raise RuleBroken("Choose a co-instructor with an active instructor account.", field="to")
    if confirmation.strip().casefold() != code.casefold():
        raise RuleBroken(f"Nothing was changed. To hand the course over, type its code, {code}.", field="confirmation")
    of_course = CourseStaff.course_id == course_id
    given = connection.execute(
        update(CourseStaff)
        .where(of_course, CourseStaff.user_id == to, CourseStaff.role == StaffRole.CO_INSTRUCTOR)
        .values(role=StaffRole.OWNER)
    ).rowcount
    if not given:
        raise RuleBroken("Choose somebody who is a co-instructor of this course.", field="to")
    left = connection.execute(
        update(CourseStaff)
        .where(of_course, CourseStaff.user_id == owner_id, CourseStaff.role == StaffRole.OWNER)
        .values(role=StaffRole.CO_INSTRUCTOR)
    ).rowcount
    moved = connection.execute(
        update(Course).where(Course.id == course_id, Course.owner_id == owner_id).values(owner_id=to)
    ).rowcount
    if not (left and moved):
        raise RuleBroken(OVERTAKEN)
    record(
        connection, at=now, actor_id=owner_id, action="course.transfer", subject=("course", course_id),
        come_from=owner_id, go_to=to,
    )  # fmt: skip
    for person, what in ((to, "given"), (owner_id, "taken")):
        post(
            connection, template=NEW_OWNER, to=person, ids={"course_id": course_id, "what": what}, asked_by=owner_id,
            now=now,
        )  # fmt: skip


def _granted(role: str) -> StaffRole:
    if role not in GRANTED:
        raise RuleBroken("Choose whether this person is a co-instructor or a tutor.", field="role")
    return StaffRole(role)


def _teaches(connection: Connection, course_id: int, user_id: int) -> bool:
    rows = select(CourseStaff.user_id).where(CourseStaff.course_id == course_id, CourseStaff.user_id == user_id)
    return connection.execute(rows).first() is not None


def _studies(connection: Connection, course_id: int, user_id: int) -> bool:
    rows = select(Enrolment.student_id).where(
        Enrolment.course_id == course_id, Enrolment.student_id == user_id, Enrolment.status == "active"
    )
    return connection.execute(rows).first() is not None


def _forget_part(connection: Connection, course_id: int, user_id: int) -> None:
    for table in (TutorSection, TutorStudent):
        connection.execute(delete(table).where(table.course_id == course_id, table.user_id == user_id))


def _note(
    connection: Connection, actor_id: int, course_id: int, user_id: int, action: str, now: datetime, **detail: object
) -> None:
    record(
        connection, at=now, actor_id=actor_id, action=action, subject=("course", course_id), person=user_id, **detail
    )
