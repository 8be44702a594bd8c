"""The secret address at which a calendar program fetches a person's deadlines."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class CalendarLink(Base):
    """One per person at most: a new one takes its place, a revoked one is gone. Only the token's SHA-256 is kept."""

    __tablename__ = "calendar_links"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
