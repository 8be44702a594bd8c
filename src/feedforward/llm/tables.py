"""Leases: who may call which provider now, shared by all workers."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, UtcDateTime


class ProviderLease(Base):
    """One concurrent call a provider allows; held by a reading until `expires_at`, free when `holder` is None."""

    __tablename__ = "provider_leases"

    provider: Mapped[str] = mapped_column(String(100), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str | None] = mapped_column(String(64), index=True)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
