"""The loader of the signed-in person: account, session, and whether they teach or study anywhere, in one query."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, false, func, not_, select

from feedforward.accounts.tables import SecondFactor, Session, TermsAcceptance, TermsEdition, User
from feedforward.courses.tables import CourseStaff, Enrolment
from feedforward.hot_reads import HotRead
from feedforward.mail.rules import UNDELIVERED
from feedforward.mail.tables import MailMessage
from feedforward.web.access import Person, Role

_UNDELIVERED = (
    select(func.count())
    .select_from(MailMessage)
    .where(MailMessage.asked_by == User.id, MailMessage.status.in_(UNDELIVERED), MailMessage.seen_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)
_ACCEPTED = select(1).where(
    TermsAcceptance.user_id == User.id, TermsAcceptance.version >= TermsEdition.version
)  # fmt: skip
_TERMS_DUE = exists(
    select(1)
    .select_from(TermsEdition)
    .where(TermsEdition.needs_acceptance.is_(True), not_(exists(_ACCEPTED.correlate(User, TermsEdition))))
    .correlate(User)
)
_PERSON = (
    select(
        User.id, User.name, User.email, User.role, Session.seen_at,
        exists(select(1).where(CourseStaff.user_id == User.id).correlate(User)).label("teaches"),
        exists(select(1).where(Enrolment.student_id == User.id, Enrolment.status == "active").correlate(User)).label(
            "studies"
        ),
        _UNDELIVERED.label("undelivered"),
        _TERMS_DUE.label("terms_due"),
    )
    .join(User, User.id == Session.user_id)
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.expires_at > bindparam("now"),
        Session.seen_at > bindparam("idle_since"),
        User.status == "active",
    )
)  # fmt: skip


def _second_factor_due(roles: Collection[str]) -> ColumnElement[bool]:
    """Whether the person's role must use a second factor and they have confirmed none."""
    if not roles:
        return false()
    confirmed = select(1).where(SecondFactor.user_id == User.id, SecondFactor.confirmed_at.is_not(None))
    # An institution that asks for a second factor itself said so when this session began.
    elsewhere = Session.proved_elsewhere.is_(True)
    return and_(User.role.in_(sorted(roles)), not_(elsewhere), not_(exists(confirmed.correlate(User))))


def person_loader(
    *, idle: timedelta, refuse_demonstration: bool, second_factor_roles: Collection[str] = ()
) -> Callable[[Connection, str, datetime], Person | None]:
    """A loader for sessions not idle longer than `idle`; demonstration accounts are nobody off loopback."""
    statement = _PERSON.add_columns(_second_factor_due(second_factor_roles).label("second_factor_due"))
    find = HotRead(statement.where(User.demonstration.is_(False)) if refuse_demonstration else statement)

    def load(connection: Connection, token_hash: str, now: datetime) -> Person | None:
        row = find.one_or_none(connection, token_hash=token_hash, now=now, idle_since=now - idle)
        if row is None:
            return None
        user_id, name, email, role, seen_at, teaches, studies, undelivered, terms_due, due = row
        return Person(
            user_id, name, email, Role(role), teaches, studies, token_hash, seen_at, due, undelivered, bool(terms_due)
        )

    return load
