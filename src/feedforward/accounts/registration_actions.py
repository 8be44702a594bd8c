"""Asking for an instructor's account, and confirming its address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from feedforward.accounts.actions import create_account
from feedforward.accounts.domain_queries import domains
from feedforward.accounts.domain_rules import Decision, decision_for
from feedforward.accounts.queries import is_taken
from feedforward.accounts.registration_letters import CONFIRM_REGISTRATION
from feedforward.accounts.registration_rules import (
    OPEN,
    SETTLED_LASTS,
    UNCONFIRMED_LASTS,
    RegistrationStatus,
)
from feedforward.accounts.sso_actions import link_identity
from feedforward.accounts.tables import Registration
from feedforward.accounts.terms_actions import CHANGED, note_acceptance
from feedforward.accounts.terms_queries import current_terms
from feedforward.accounts.token_actions import LINK_IS_OVER
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post
from feedforward.web.access import Role

TAKEN = "There is an account with this address already, so none was made. Sign in with it."


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed who asks for an account: a folded address, a name, a hashed password, the terms they saw."""

    email: str
    name: str
    password_hash: str
    terms_version: int


def ask_for_account(connection: Connection, *, wish: Wish, address: SealedAddress, now: datetime) -> None:
    """Keep the wish and have a letter sent. Whether there is an account already is looked at when the letter is
    written, so that this takes the same for every address. RuleBroken where the terms have changed meanwhile."""
    if wish.terms_version != current_terms(connection).version:
        raise RuleBroken(CHANGED, field="accepted")
    registration_id: int = connection.execute(
        insert(Registration)
        .values(
            email=wish.email, name=wish.name.strip(), password_hash=wish.password_hash,
            terms_version=wish.terms_version, status=RegistrationStatus.ASKED, asked_at=now, message="",
        )
        .returning(Registration.id)
    ).scalar_one()  # fmt: skip
    record(connection, at=now, actor_id=None, action="registration.ask", subject=("registration", registration_id))
    ids = {"registration_id": registration_id}
    post(connection, template=CONFIRM_REGISTRATION, to=address, ids=ids, asked_by=None, now=now)


def confirm_address(connection: Connection, *, registration_id: int, now: datetime) -> int | None:
    """The person reads the mail of this address and knows the password: an account where its domain is approved (its
    id), otherwise it waits (None). RuleBroken where another window was first."""
    row = connection.execute(
        update(Registration)
        .where(Registration.id == registration_id, Registration.status == RegistrationStatus.ASKED)
        .values(status=RegistrationStatus.WAITING, verified_at=now, token_hash=None)
        .returning(Registration.email)
    ).one_or_none()
    if row is None:
        raise RuleBroken(LINK_IS_OVER)
    record(connection, at=now, actor_id=None, action="registration.confirm", subject=("registration", registration_id))
    rules = [each.rule for each in domains(connection)]
    if decision_for(row.email, rules) is Decision.APPROVE:
        return let_in(connection, registration_id=registration_id, by=None, now=now)
    drop_others(connection, registration_id=registration_id, email=row.email, now=now)
    return None


def ask_by_sign_on(
    connection: Connection, *, wish: Wish, issuer: str, subject: str, now: datetime
) -> int | None:  # fmt: skip
    """Somebody whose institution vouches for the address of the wish: an account connected to it where the domain is
    approved (its id), otherwise it waits (None). RuleBroken where the terms changed or the address is taken."""
    if wish.terms_version != current_terms(connection).version:
        raise RuleBroken(CHANGED, field="accepted")
    if is_taken(connection, wish.email):
        raise RuleBroken(TAKEN)
    registration_id: int = connection.execute(
        insert(Registration)
        .values(
            email=wish.email, name=wish.name.strip(), password_hash=wish.password_hash,
            terms_version=wish.terms_version, status=RegistrationStatus.ASKED, asked_at=now, message="",
        )
        .returning(Registration.id)
    ).scalar_one()  # fmt: skip
    record(connection, at=now, actor_id=None, action="registration.ask", subject=("registration", registration_id))
    user_id = confirm_address(connection, registration_id=registration_id, now=now)
    if user_id is not None:
        link_identity(connection, user_id=user_id, issuer=issuer, subject=subject, now=now, tell=False)
    return user_id


def let_in(connection: Connection, *, registration_id: int, by: int | None, now: datetime) -> int:
    """Make the account of an open registration (`by` an administrator; None: its domain is approved); its id.
    RuleBroken where it is decided already or the address was taken meanwhile."""
    row = connection.execute(
        select(Registration).where(Registration.id == registration_id, Registration.status.in_(OPEN)).with_for_update()
    ).one_or_none()
    if row is None:
        raise RuleBroken("Somebody else has decided about this registration meanwhile.")
    try:
        user_id = create_account(
            connection, email=row.email, name=row.name, role=Role.INSTRUCTOR, password_hash=row.password_hash, now=now
        )
    except (RuleBroken, IntegrityError):
        raise RuleBroken(TAKEN) from None
    note_acceptance(connection, user_id=user_id, version=row.terms_version, at=row.asked_at, now=now)
    connection.execute(
        update(Registration)
        .where(Registration.id == registration_id)
        .values(**_settled(RegistrationStatus.APPROVED, now), settled_by=by, user_id=user_id)
    )
    drop_others(connection, registration_id=registration_id, email=row.email, now=now)
    record(
        connection, at=now, actor_id=by, action="registration.approve", subject=("registration", registration_id),
        user=user_id, verified=row.verified_at is not None,
    )  # fmt: skip
    return user_id


def drop_others(connection: Connection, *, registration_id: int, email: str, now: datetime) -> None:
    """Other wishes for the same address lead nowhere any more."""
    connection.execute(
        update(Registration)
        .where(Registration.email == email, Registration.id != registration_id, Registration.status.in_(OPEN))
        .values(**_settled(RegistrationStatus.DROPPED, now))
    )


def _settled(status: RegistrationStatus, now: datetime) -> dict[str, object]:
    return {"status": status, "settled_at": now, "password_hash": "", "token_hash": None}


def settle_rejected(connection: Connection, *, registration_id: int, by: int, message: str, now: datetime) -> None:
    """RuleBroken where somebody decided meanwhile."""
    changed = connection.execute(
        update(Registration)
        .where(Registration.id == registration_id, Registration.status.in_(OPEN))
        .values(**_settled(RegistrationStatus.REJECTED, now), settled_by=by, message=message)
    ).rowcount
    if not changed:
        raise RuleBroken("Somebody else has decided about this registration meanwhile.")
    record(
        connection, at=now, actor_id=by, action="registration.reject", subject=("registration", registration_id)
    )  # fmt: skip


def purge_registrations(connection: Connection, now: datetime) -> int:
    """Remove what was decided, or never confirmed, a month ago; how many rows went."""
    over: ColumnElement[bool] = or_(
        Registration.settled_at < now - SETTLED_LASTS,
        (Registration.status == RegistrationStatus.ASKED) & (Registration.asked_at < now - UNCONFIRMED_LASTS),
    )
    return connection.execute(delete(Registration).where(over)).rowcount
