"""The outbox, and how often each person wants which mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime
from feedforward.mail.rules import MailStatus


class MailMessage(Base):
    """One message: which letter, to whom, about which rows. The letter itself is written when it is sent.

    It goes to a person (`user_id`) or to an address without an account: {"email", "name"} under the key ring, with a
    keyed hash to find it by. `ids` holds row ids and short code words, never text, a name or a token.
    """

    __tablename__ = "mail_messages"
    __table_args__ = (
        CheckConstraint("kind in ('security', 'notice')", name="kind"),
        CheckConstraint("status in ({})".format(", ".join(f"'{each}'" for each in MailStatus)), name="status"),
        CheckConstraint("(user_id is null) <> (address is null)", name="one_recipient"),
        Index("ix_mail_messages_due", "status", "next_try_at"),
        Index("ix_mail_messages_asked_by", "asked_by", "status", "seen_at"),
        Index("ix_mail_messages_user", "user_id", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    template: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(40))
    user_id: Mapped[int | None] = mapped_column(BigId)
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    ids: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    tries: Mapped[int]
    # When it is due; while somebody sends it, when their claim ends.
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Who caused it, and is told where it cannot be delivered; seen_at: when they said that they know.
    asked_by: Mapped[int | None] = mapped_column(BigId)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The digest it went out in.
    digest_id: Mapped[int | None] = mapped_column(BigId, index=True)


class MailSetting(Base):
    """How often a person wants mail about a topic, where it is not the usual."""

    __tablename__ = "mail_settings"
    __table_args__ = (CheckConstraint("frequency in ('at_once', 'daily', 'never')", name="frequency"),)

    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    frequency: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
