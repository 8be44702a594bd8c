"""The audit tables: who did what to which row, and the seals that chain them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime

_HAS_ADDRESS = text("came_from_key is not null")


class AuditEvent(Base):
    """One act. `detail` holds ids, counts and statuses only, never names or text of a person.

    `came_from` is the network address the act was asked for from, or `worker` or `command line`; None in rows of
    releases that did not note it. An address has a random `came_from_key` beside it, so that it can be erased and the
    chain still holds (see origin.py).
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject", "subject_kind", "subject_id"),
        Index("ix_audit_events_actor", "actor_id", "at"),
        Index("ix_audit_events_at", "at", "id"),
        Index("ix_audit_events_action", "action", "at", "id"),
        # Erased addresses leave these two: the hourly erasure looks at nothing it did before.
        Index(
            "ix_audit_events_came_from", "came_from", "at", "id", postgresql_where=_HAS_ADDRESS,
            sqlite_where=_HAS_ADDRESS,
        ),
        Index("ix_audit_events_address_at", "at", postgresql_where=_HAS_ADDRESS, sqlite_where=_HAS_ADDRESS),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(BigId)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    seal_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("audit_seals.id"), index=True)
    came_from: Mapped[str | None] = mapped_column(String(60))
    came_from_key: Mapped[str | None] = mapped_column(String(32))


class AuditSeal(Base):
    """A link of the hash chain: covers the events that name it, and the seal before it.

    `version` says how `digest` was made (see sealing.py). From version 2 on `marks` lists the events covered: 24 bytes
    each, 8 of the id and 16 of the event's own hash.
    """

    __tablename__ = "audit_seals"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(server_default="1")
    marks: Mapped[bytes | None] = mapped_column(LargeBinary)
