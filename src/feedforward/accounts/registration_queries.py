"""Reading registrations: the one a link belongs to, and those administrators decide about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, exists, func, select

from feedforward.accounts.registration_rules import LINK_LASTS, OPEN, RegistrationStatus
from feedforward.accounts.tables import Registration, User
from feedforward.errors import NotFound
from feedforward.web.sessions import hash_of

MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose link this is: what they chose when they registered."""

    registration_id: int
    email: str
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """A registration nobody has decided about; `taken`: there is an account with this address already."""

    registration_id: int
    email: str
    name: str
    status: RegistrationStatus
    asked_at: datetime
    verified_at: datetime | None
    taken: bool


_TAKEN = exists(select(1).where(User.email == Registration.email).correlate(Registration)).label("taken")
_OPEN = select(
    Registration.id, Registration.email, Registration.name, Registration.status, Registration.asked_at,
    Registration.verified_at, _TAKEN,
)  # fmt: skip


def optional_asking(connection: Connection, token: str, now: datetime) -> Asking | None:
    """The registration this token confirms; None where it is unknown, over, or confirmed already."""
    row = connection.execute(
        select(Registration.id, Registration.email, Registration.name, Registration.password_hash).where(
            Registration.token_hash == hash_of(token), Registration.status == RegistrationStatus.ASKED,
            Registration.asked_at > now - LINK_LASTS,
        )
    ).one_or_none()  # fmt: skip
    return Asking(row.id, row.email, row.name, row.password_hash) if row else None


def open_registrations(connection: Connection) -> list[RegistrationView]:
    """Those that wait for an administrator first, then those whose address is not confirmed; oldest first, 200 of
    each."""
    found: list[RegistrationView] = []
    for status in (RegistrationStatus.WAITING, RegistrationStatus.ASKED):
        rows = connection.execute(
            _OPEN.where(Registration.status == status)
            .order_by(Registration.asked_at, Registration.id)
            .limit(MOST_WAITING)
        )
        found += [_view(row) for row in rows]
    return found


def open_registration(connection: Connection, registration_id: int) -> RegistrationView:
    """NotFound where it is decided or there is none."""
    row = connection.execute(
        _OPEN.where(Registration.id == registration_id, Registration.status.in_(OPEN))
    ).one_or_none()
    if row is None:
        raise NotFound("This registration is decided already, or was given up.")
    return _view(row)


def registrations_to_decide(connection: Connection, *, unconfirmed: bool) -> int:
    """How many wait for an administrator; `unconfirmed`: with those only an administrator can confirm."""
    statuses = OPEN if unconfirmed else (RegistrationStatus.WAITING,)
    return connection.execute(
        select(func.count()).select_from(Registration).where(Registration.status.in_(statuses))
    ).scalar_one()


def _view(row: Row[int, str, str, str, datetime, datetime | None, bool]) -> RegistrationView:
    return RegistrationView(
        row.id, row.email, row.name, RegistrationStatus(row.status), row.asked_at, row.verified_at, bool(row.taken)
    )
