"""Trials of a rubric: what was asked of readers before any student is touched, and each call made for it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class RubricTrial(Base):
    """One thing asked: a dry run over anchor texts, a proposal of a rubric, a second opinion on one.

    `asked` (the texts, the levels they should get) and every answer are sealed under `content_id`, a key of its own,
    and gone when `erase_after` comes or somebody deletes the trial; figures and costs stay.
    """

    __tablename__ = "rubric_trials"
    __table_args__ = (
        CheckConstraint("kind in ('dry_run', 'proposal', 'opinion')", name="kind"),
        Index("ix_rubric_trials_assignment", "assignment_id", "id"),
        Index(
            "ix_rubric_trials_kept",
            "erase_after",
            sqlite_where=text("erased_at is null"),
            postgresql_where=text("erased_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    # None for a proposal: there need be no rubric yet.
    rubric_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rubrics.id"))
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    content_id: Mapped[str] = mapped_column(String(32), unique=True)
    asked: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erase_after: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RubricTrialCall(Base):
    """One reader asked about one text (or about the rubric): queued → running → done | failed.

    Back to queued once if the worker that ran it is gone when `expires_at` comes. `subject` is the number of the text
    from 1, 0 where there is none.
    """

    __tablename__ = "rubric_trial_calls"
    __table_args__ = (
        CheckConstraint("status in ('queued', 'running', 'done', 'failed')", name="status"),
        Index("ix_rubric_trial_calls_trial", "trial_id", "id"),
        Index(
            "ix_rubric_trial_calls_open",
            "provider",
            "id",
            sqlite_where=text("finished_at is null"),
            postgresql_where=text("finished_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    trial_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_trials.id"))
    reader: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(100))
    subject: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int]
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    error: Mapped[str | None] = mapped_column(String(40))
    seconds: Mapped[float | None] = mapped_column(Float)
    tokens_in: Mapped[int]
    tokens_out: Mapped[int]
    cost_microdollars: Mapped[int | None] = mapped_column(BigId)
