"""Calibrations of an assignment's readers: how a run goes, what was fitted, and whether merging uses it."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class CalibrationRow(Base):
    """One run: running → fitted | refused | stopped. It holds figures and weights, never a text or a name.

    At most one calibration of a reader is `in_use` in an assignment. `fitted` and `figures` are JSON, None before.
    """

    __tablename__ = "calibrations"
    __table_args__ = (
        CheckConstraint("status in ('running', 'fitted', 'refused', 'stopped')", name="status"),
        CheckConstraint("source in ('reviewed', 'marked')", name="source"),
        CheckConstraint("not in_use or status = 'fitted'", name="in_use_is_fitted"),
        Index("ix_calibrations_assignment", "assignment_id", "id"),
        Index(
            "ix_calibrations_in_use",
            "assignment_id",
            "reader",
            unique=True,
            sqlite_where=text("in_use"),
            postgresql_where=text("in_use"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    rubric_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubrics.id"))
    reader: Mapped[str] = mapped_column(String(200))
    # What read the texts: a calibration says nothing about scores of another version of the reader.
    version: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    in_use: Mapped[bool] = mapped_column(Boolean)
    # Texts it was given, and how many of them are read.
    n: Mapped[int]
    done: Mapped[int]
    fitted: Mapped[str | None] = mapped_column(Text)
    figures: Mapped[str | None] = mapped_column(Text)
    # Why it was refused, in words for its instructor.
    problem: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
