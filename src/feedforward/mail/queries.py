"""What became of messages, for the rooms that posted them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.mail.rules import MailStatus
from feedforward.mail.tables import MailMessage

BATCH = 500


@dataclass(frozen=True, slots=True)
class MailState:
    """Where a message stands; `words_for` says it in a sentence."""

    status: MailStatus
    code: str
    settled_at: datetime | None


def states_of(connection: Connection, message_ids: Iterable[int]) -> dict[int, MailState]:
    """Message id → where it stands; purged ones are missing."""
    wanted = sorted(set(message_ids))
    found: dict[int, MailState] = {}
    for start in range(0, len(wanted), BATCH):
        rows = connection.execute(
            select(MailMessage.id, MailMessage.status, MailMessage.code, MailMessage.settled_at).where(
                MailMessage.id.in_(wanted[start : start + BATCH])
            )
        )
        found |= {row.id: MailState(MailStatus(row.status), row.code, row.settled_at) for row in rows}
    return found
