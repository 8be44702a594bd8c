"""Reading invitations: of a course for its staff, and the one a link speaks of for whoever holds the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from feedforward.accounts.tables import TermsEdition, User
from feedforward.accounts.terms_rules import DEFAULT
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs, Offer, offer_of
from feedforward.courses.queries import require_may_change
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import Course, Invitation, InvitationToken
from feedforward.errors import NotFound
from feedforward.mail.queries import MailState, states_of
from feedforward.web.sessions import hash_of

PER_PAGE = 50
SHOWN = ("open", "expired", "joined", "revoked")


@dataclass(frozen=True, slots=True)
class InvitationView:
    """One invitation of a course; `letter` is what became of its newest letter, None where there is none any more."""

    id: int
    email: str
    name: str
    section: str
    number: str
    role: InvitedAs
    status: InvitationStatus
    expired: bool
    invited_at: datetime
    expires_at: datetime
    link_made_at: datetime | None
    settled_at: datetime | None
    letter: MailState | None


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """One page of a course's invitations, and how many there are of each kind (a key of SHOWN)."""

    rows: Sequence[InvitationView]
    total: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a link speaks of; `known`: the address has an account by now. `terms_version` are the terms in force."""

    invitation_id: int
    course_id: int
    course_code: str
    course_title: str
    inviter: str
    email: str
    name: str
    role: InvitedAs
    offer: Offer
    known: bool
    terms_version: int


def _kind(shown: str, now: datetime) -> ColumnElement[bool]:
    is_open = Invitation.status == InvitationStatus.OPEN
    return {
        "open": and_(is_open, Invitation.expires_at > now),
        "expired": and_(is_open, Invitation.expires_at <= now),
        "joined": Invitation.status == InvitationStatus.JOINED,
        "revoked": Invitation.status == InvitationStatus.REVOKED,
    }[shown]


def invitations_of_course(
    connection: Connection, user_id: int, course_id: int, *, shown: str, search: str, page: int, now: datetime
) -> InvitationPage:
    """Invitations by address; NotFound, NotPermitted as `require_may_change`, but also in an archived course."""
    require_may_change(connection, user_id, course_id, archived=True)
    of_course = select(Invitation).where(Invitation.course_id == course_id)
    counts = {
        each: connection.execute(
            select(func.count()).select_from(Invitation).where(Invitation.course_id == course_id, _kind(each, now))
        ).scalar_one()
        for each in SHOWN
    }
    wanted = of_course.where(_kind(shown, now))
    total = counts[shown]
    if search:
        wanted = wanted.where(
            or_(
                func.lower(Invitation.name).contains(search.lower(), autoescape=True),
                Invitation.email.contains(search.lower(), autoescape=True),
            )
        )
        total = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    columns = wanted.with_only_columns(*Invitation.__table__.columns).order_by(Invitation.email, Invitation.id)
    rows = connection.execute(columns.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    letters = states_of(connection, [row.message_id for row in rows if row.message_id is not None])
    return InvitationPage([_view(row, letters, now) for row in rows], total, counts)


def _view(row: Row[Any], letters: dict[int, MailState], now: datetime) -> InvitationView:
    status = InvitationStatus(row.status)
    return InvitationView(
        row.id, row.email, row.name, row.section, row.student_number, InvitedAs(row.role), status,
        status is InvitationStatus.OPEN and row.expires_at <= now, row.invited_at, row.expires_at, row.link_made_at,
        row.settled_at, letters.get(row.message_id),
    )  # fmt: skip


def address_of_invitation(connection: Connection, user_id: int, course_id: int, invitation_id: int) -> tuple[str, str]:
    """Address and name of an invitation that can still be taken up; NotFound unless it is of a course this person may
    change."""
    require_may_change(connection, user_id, course_id)
    row = connection.execute(
        select(Invitation.email, Invitation.name).where(
            Invitation.id == invitation_id, Invitation.course_id == course_id,
            Invitation.status.in_((InvitationStatus.OPEN, InvitationStatus.REVOKED)),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return row.email, row.name


def optional_offer(connection: Connection, token: str, now: datetime) -> Offered | None:
    """What the link with this token speaks of, whatever it is worth by now; None for a token we never made."""
    inviter = User.__table__.alias("inviter")
    row = connection.execute(
        select(
            Invitation.id, Invitation.course_id, Course.code, Course.title, Course.status.label("course_status"),
            Invitation.email, Invitation.name, Invitation.role, Invitation.status, InvitationToken.expires_at,
            InvitationToken.ended_at, inviter.c.name.label("inviter"), User.id.label("known"),
            select(func.max(TermsEdition.version)).scalar_subquery().label("terms_version"),
        )
        .join(InvitationToken, InvitationToken.invitation_id == Invitation.id)
        .join(Course, Course.id == Invitation.course_id)
        .join(inviter, inviter.c.id == Invitation.created_by)
        .outerjoin(User, User.email == Invitation.email)
        .where(InvitationToken.token_hash == hash_of(token))
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    offer = offer_of(
        status=InvitationStatus(row.status), course=CourseStatus(row.course_status), ended=row.ended_at is not None,
        expires_at=row.expires_at, now=now,
    )  # fmt: skip
    return Offered(
        row.id, row.course_id, row.code, row.title, row.inviter, row.email or "", row.name, InvitedAs(row.role), offer,
        row.known is not None, row.terms_version if row.terms_version is not None else DEFAULT.version,
    )  # fmt: skip
