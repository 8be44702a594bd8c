"""A message's way through the outbox: due, claimed, settled; each step one conditional UPDATE."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, select, update

from feedforward.mail.rules import CLAIM_LASTS, Kind, MailStatus, Topic, pause_after
from feedforward.mail.tables import MailMessage

_DUE = (
    select(MailMessage.id)
    .where(MailMessage.status == MailStatus.WAITING, MailMessage.next_try_at <= bindparam("now"))
    # Somebody waits for a reset link at this moment; nobody does for a notice.
    .order_by(case((MailMessage.kind == Kind.SECURITY, 0), else_=1), MailMessage.next_try_at, MailMessage.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this process alone may send until `until`."""

    id: int
    template: str
    topic: Topic | None
    user_id: int | None
    address: bytes | None
    ids: Mapping[str, Any]
    asked_by: int | None
    created_at: datetime
    tries: int
    code: str
    until: datetime


def due_messages(connection: Connection, now: datetime, most: int) -> list[int]:
    """What can be sent now, security mail first, then the longest waiting."""
    return list(connection.execute(_DUE, {"now": now, "most": most}).scalars())


def claim(connection: Connection, message_id: int, now: datetime) -> Claimed | None:
    """Take a due message in hand; None where somebody else has it.

    Not settled by the end of the claim it is due again: nothing is lost with the process that claimed it.
    """
    until = now + CLAIM_LASTS
    row = connection.execute(
        update(MailMessage)
        .where(
            MailMessage.id == message_id, MailMessage.status == MailStatus.WAITING, MailMessage.next_try_at <= now
        )
        .values(next_try_at=until, tries=MailMessage.tries + 1)
        .returning(
            MailMessage.template, MailMessage.topic, MailMessage.user_id, MailMessage.address, MailMessage.ids,
            MailMessage.asked_by, MailMessage.created_at, MailMessage.tries, MailMessage.code,
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return Claimed(
        id=message_id, template=row.template, topic=Topic(row.topic) if row.topic else None, user_id=row.user_id,
        address=row.address, ids=row.ids, asked_by=row.asked_by, created_at=row.created_at, tries=row.tries,
        code=row.code, until=until,
    )  # fmt: skip


def settle(connection: Connection, claimed: Claimed, status: MailStatus, code: str, now: datetime) -> bool:
    """The end of a message's way. Holds also where the claim ended meanwhile: what was sent was sent."""
    return (
        connection.execute(
            update(MailMessage)
            .where(MailMessage.id == claimed.id, MailMessage.status == MailStatus.WAITING)
            .values(status=status, code=code, settled_at=now)
        ).rowcount
        == 1
    )


def put_back(connection: Connection, claimed: Claimed, code: str, now: datetime) -> None:
    """Try it again after a pause, unless the claim ended and somebody else has it."""
    connection.execute(
        update(MailMessage)
        .where(
            MailMessage.id == claimed.id, MailMessage.status == MailStatus.WAITING,
            MailMessage.next_try_at == claimed.until,
        )
        .values(code=code, next_try_at=now + pause_after(claimed.tries))
    )  # fmt: skip


def send_again(connection: Connection, message_id: int, now: datetime) -> bool:
    """Put a message that failed, was given up or stayed unsent back into the outbox, as if posted now; whether it was
    one of those."""
    ended = (MailStatus.FAILED, MailStatus.GIVEN_UP, MailStatus.UNSENT)
    return (
        connection.execute(
            update(MailMessage)
            .where(MailMessage.id == message_id, MailMessage.status.in_(ended))
            .values(
                status=MailStatus.WAITING, code="", tries=0, next_try_at=now, created_at=now, settled_at=None,
                seen_at=None,
            )
        ).rowcount
        == 1
    )  # fmt: skip
