"""Reading the outbox for people: who a message goes to, what failed, and the list administrators look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from feedforward.accounts.tables import User
from feedforward.errors import NotFound
from feedforward.mail.addresses import Recipient
from feedforward.mail.rules import UNDELIVERED, Frequency, Kind, MailStatus, Topic
from feedforward.mail.tables import MailMessage, MailSetting

PER_PAGE = 50
MOST_UNDELIVERED = 100
_RECIPIENT = select(User.email, User.name, User.status).where(
    User.id == bindparam("user_id"), User.status != "deleted", User.demonstration.is_(False)
)
_ROWS = select(
    MailMessage.id, MailMessage.template, MailMessage.kind, MailMessage.status, MailMessage.code, MailMessage.tries,
    MailMessage.created_at, MailMessage.settled_at, MailMessage.next_try_at, MailMessage.address,
    User.name.label("user_name"), User.email.label("user_email"),
).outerjoin(User, User.id == MailMessage.user_id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MailRow:
    """A message as lists show it. `user_name` None: it goes to `address`, sealed, of somebody without an account."""

    id: int
    template: str
    status: MailStatus
    code: str
    tries: int
    created_at: datetime
    settled_at: datetime | None
    next_try_at: datetime
    user_name: str | None
    user_email: str | None
    address: bytes | None


def mail_recipient(connection: Connection, user_id: int, kind: Kind) -> Recipient | None:
    """Who mail for this account goes to. Notices go to active accounts only; nothing to deleted or made-up ones."""
    row = connection.execute(_RECIPIENT, {"user_id": user_id}).one_or_none()
    if row is None or (kind is Kind.NOTICE and row.status != "active"):
        return None
    return Recipient(row.email, row.name, user_id)


def frequencies(connection: Connection, user_id: int) -> dict[Topic, Frequency]:
    """What this person chose, topics they left as usual aside."""
    rows = connection.execute(
        select(MailSetting.topic, MailSetting.frequency).where(MailSetting.user_id == user_id)
    ).all()
    return {Topic(row.topic): Frequency(row.frequency) for row in rows}


def undelivered_of(connection: Connection, user_id: int) -> list[MailRow]:
    """Messages this person caused that could not be delivered and that they have not marked as seen, newest first."""
    rows = connection.execute(
        _ROWS.where(MailMessage.asked_by == user_id, MailMessage.status.in_(UNDELIVERED), MailMessage.seen_at.is_(None))
        .order_by(MailMessage.id.desc())
        .limit(MOST_UNDELIVERED)
    ).all()
    return [_row(row) for row in rows]


def outbox_page(connection: Connection, status: MailStatus | None, page: int) -> tuple[list[MailRow], int]:
    """The messages of one page, newest first, and how many there are in all; `status` None: every one."""
    chosen = [MailMessage.status == status] if status is not None else []
    total = connection.execute(select(func.count()).select_from(MailMessage).where(*chosen)).scalar_one()
    rows = connection.execute(
        _ROWS.where(*chosen).order_by(MailMessage.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return [_row(row) for row in rows], total


def outbox_counts(connection: Connection) -> dict[MailStatus, int]:
    """How many messages there are of each status."""
    rows = connection.execute(select(MailMessage.status, func.count().label("many")).group_by(MailMessage.status))
    return {MailStatus(row.status): row.many for row in rows}


def laid_out_message(connection: Connection, message_id: int) -> MailRow:
    """A message that lies in the folder; NotFound otherwise."""
    row = connection.execute(
        _ROWS.where(MailMessage.id == message_id, MailMessage.status == MailStatus.LAID_OUT)
    ).one_or_none()
    if row is None:
        raise NotFound
    return _row(row)


def _row(row: object) -> MailRow:
    values = {name: getattr(row, name) for name in MailRow.__slots__}
    return MailRow(**{**values, "status": MailStatus(values["status"])})
