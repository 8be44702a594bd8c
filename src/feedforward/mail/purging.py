"""Forgetting mail: settled rows after three months, letters laid out after one."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, select

from feedforward.mail.folder import sweep_folder
from feedforward.mail.rules import MailStatus
from feedforward.mail.tables import MailMessage

KEEP_ROWS = timedelta(days=90)
KEEP_LETTERS = timedelta(days=30)
BATCH = 5000
_ENDED = [each for each in MailStatus if each not in (MailStatus.WAITING, MailStatus.HELD)]


def purge_messages(connection: Connection, now: datetime) -> int:
    """Remove up to BATCH messages that ended long ago; how many."""
    old = (
        select(MailMessage.id)
        .where(MailMessage.created_at < now - KEEP_ROWS, MailMessage.status.in_(_ENDED))
        .order_by(MailMessage.created_at)
        .limit(BATCH)
    )
    return connection.execute(delete(MailMessage).where(MailMessage.id.in_(old))).rowcount


def sweep_letters(folder: Path, now: datetime) -> int:
    """Remove letters that were laid out long ago; how many."""
    return sweep_folder(folder, now - KEEP_LETTERS)
