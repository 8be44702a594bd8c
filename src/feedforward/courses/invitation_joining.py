"""Taking up an invitation: whoever holds its link proves the address, and joins every course that invited it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from feedforward.accounts.actions import create_account
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.sso_actions import link_identity
from feedforward.accounts.sso_rules import Identity
from feedforward.accounts.tables import User
from feedforward.accounts.terms_actions import CHANGED, note_acceptance
from feedforward.audit.record import record
from feedforward.courses.invitation_actions import end_tokens
from feedforward.courses.invitation_queries import Offered, optional_offer
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs, Offer
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.courses.tables import Course, CourseStaff, Enrolment, Invitation
from feedforward.errors import RuleBroken
from feedforward.web.access import Role

NOT_ANY_MORE = "This invitation was used or taken back a moment ago. Open the link again to see what became of it."
NOT_A_STUDENT = "This invitation is for a student’s account, and yours is not one. Ask who invited you."


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined, and the course whose link they held."""

    user_id: int
    course_id: int


def join_as_new(
    connection: Connection, *, token: str, name: str, password_hash: str, terms_version: int, now: datetime
) -> Joined:
    """Make the student account of the invited address, which accepts these terms, and take up all that invites it.
    RuleBroken where the link is worth nothing any more, the address has an account by now, or the terms changed."""
    offered = _good(connection, token, now)
    if terms_version != offered.terms_version:
        raise RuleBroken(CHANGED, field="accepted")
    user_id = create_account(
        connection, email=offered.email, name=name, role=Role.STUDENT, password_hash=password_hash, now=now
    )
    note_acceptance(connection, user_id=user_id, version=terms_version, at=now, now=now)
    accept_invitations(connection, user_id=user_id, email=offered.email, now=now, must=offered.invitation_id)
    return Joined(user_id, offered.course_id)


def join_by_sign_on(
    connection: Connection, *, token: str, name: str, identity: Identity, terms_version: int, now: datetime
) -> Joined:
    """`join_as_new` for somebody an institution signed in: an account without a password, connected to it."""
    joined = join_as_new(
        connection, token=token, name=name, password_hash=NO_PASSWORD, terms_version=terms_version, now=now
    )
    link_identity(
        connection, user_id=joined.user_id, issuer=identity.issuer, subject=identity.subject, now=now, tell=False
    )
    return joined


def join_as_known(connection: Connection, *, token: str, user_id: int, now: datetime) -> Joined:
    """Take it up with an account that has the invited address. RuleBroken for anybody else."""
    offered = _good(connection, token, now)
    email = connection.execute(select(User.email).where(User.id == user_id)).scalar_one()
    if email != offered.email:
        raise RuleBroken("This invitation is somebody else’s. Nothing was changed.")
    accept_invitations(connection, user_id=user_id, email=email, now=now, must=offered.invitation_id)
    return Joined(user_id, offered.course_id)


def _good(connection: Connection, token: str, now: datetime) -> Offered:
    offered = optional_offer(connection, token, now)
    if offered is None or offered.offer is not Offer.GOOD:
        raise RuleBroken(NOT_ANY_MORE)
    return offered


def accept_invitations(
    connection: Connection, *, user_id: int, email: str, now: datetime, must: int | None = None
) -> int:
    """Everything open that invites this address becomes this person's; how many courses. The caller knows that the
    address is theirs. RuleBroken where the invitation `must` cannot be taken up with this account."""
    role = Role(connection.execute(select(User.role).where(User.id == user_id)).scalar_one())
    found = connection.execute(
        select(Invitation.id, Invitation.course_id, Invitation.role, Invitation.section, Invitation.student_number)
        .join(Course, Course.id == Invitation.course_id)
        .where(
            Invitation.email == email, Invitation.status == InvitationStatus.OPEN, Invitation.expires_at > now,
            Course.status.not_in((CourseStatus.ARCHIVED, CourseStatus.DELETED)),
        )
        .order_by(Invitation.id)
    ).all()  # fmt: skip
    taken: list[int] = []
    for row in found:
        if row.role == InvitedAs.STUDENT and role is not Role.STUDENT:
            continue
        if not _claim(connection, row.id, user_id, now):
            continue
        if row.role == InvitedAs.TUTOR:
            _become_tutor(connection, row.course_id, user_id, now)
        else:
            enrol(connection, row.course_id, user_id, section=row.section, number=row.student_number, now=now)
        record(
            connection, at=now, actor_id=user_id, action="invitation.join", subject=("course", row.course_id),
            invitation=row.id,
        )  # fmt: skip
        taken.append(row.id)
    end_tokens(connection, taken, now)
    if must is not None and must not in taken:
        raise RuleBroken(NOT_A_STUDENT if role is not Role.STUDENT else NOT_ANY_MORE)
    return len(taken)


def _claim(connection: Connection, invitation_id: int, user_id: int, now: datetime) -> bool:
    claimed = connection.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.status == InvitationStatus.OPEN)
        .values(status=InvitationStatus.JOINED, settled_at=now, joined_as=user_id)
    ).rowcount
    return bool(claimed)


def _become_tutor(connection: Connection, course_id: int, user_id: int, now: datetime) -> None:
    """Not where they teach or study there already: nobody is both."""
    teaches = select(CourseStaff.user_id).where(CourseStaff.course_id == course_id, CourseStaff.user_id == user_id)
    studies = select(Enrolment.student_id).where(
        Enrolment.course_id == course_id, Enrolment.student_id == user_id, Enrolment.status == "active"
    )
    if connection.execute(teaches).first() is None and connection.execute(studies).first() is None:
        connection.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=user_id, role=StaffRole.TUTOR, added_at=now)
        )


def enrol(
    connection: Connection, course_id: int, student_id: int, *, section: str = "", number: str = "", now: datetime
) -> None:
    """An active enrolment, new or again; what is empty here stays as it was."""
    known = {name: value for name, value in (("section", section), ("student_number", number)) if value}
    again = connection.execute(
        update(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.student_id == student_id)
        .values(status="active", enrolled_at=now, deleted_at=None, **known)
    ).rowcount
    if not again:
        connection.execute(
            insert(Enrolment).values(
                course_id=course_id, student_id=student_id, status="active", enrolled_at=now, **known
            )
        )
