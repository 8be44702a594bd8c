"""The record of what was erased, kept so that a restored backup can be made to forget again."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class Erasure(Base):
    """One draft's content was destroyed, when and why."""

    __tablename__ = "erasures"

    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"), primary_key=True)
    content_id: Mapped[str] = mapped_column(String(32))
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(40))
