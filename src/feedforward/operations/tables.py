"""Schedules as rows: a job is due when its period has no row yet, so that nothing runs twice and pauses are made up."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, UtcDateTime


class ScheduledRun(Base):
    """One run of one job for one period ("2026-11-22T14" for an hourly job); claimed by inserting the row."""

    __tablename__ = "scheduled_runs"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    period: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(200))


class WorkerSeen(Base):
    """A worker slot and when its worker was last alive: for the health page, never for deciding who owns work."""

    __tablename__ = "workers_seen"

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    boot: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InstallationMark(Base):
    """What this installation was made with, as a keyed hash: "secret" for FEEDFORWARD_SECRET_KEY."""

    __tablename__ = "installation_marks"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
