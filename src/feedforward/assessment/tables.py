"""Readings, the calls made for them, what the built-in reader looks at, and scores as they were calibrated."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class Reading(Base):
    """One reader's assessment of one draft. `id` is made from what it is, and stands in its workflow's id.

    planned → queued (holds a lease, handed to the engine) → running → done | failed; back to planned with `not_before`
    when it must wait and be tried again.
    """

    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint("status in ('planned', 'queued', 'running', 'done', 'failed')", name="status"),
        UniqueConstraint("draft_id", "round", "reader", "run"),
        Index(
            "ix_readings_waiting",
            "provider",
            "planned_at",
            "id",
            sqlite_where=text("status = 'planned'"),
            postgresql_where=text("status = 'planned'"),
        ),
        Index(
            "ix_readings_in_flight",
            "changed_at",
            sqlite_where=text("status in ('queued', 'running')"),
            postgresql_where=text("status in ('queued', 'running')"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"))
    round: Mapped[int]
    reader: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(100))
    run: Mapped[int]
    setting_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("model_settings.id"))
    # Of the assignment's settings; None: planned before there were any.
    settings_version: Mapped[int | None]
    weight: Mapped[float] = mapped_column(Float)
    temperature: Mapped[float] = mapped_column(Float)
    max_tokens: Mapped[int]
    fallback_reader: Mapped[str | None] = mapped_column(String(200))
    fallback_for: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    # Rises each time the reading is handed to the engine: only the newest hand-over may work on it.
    dispatch: Mapped[int]
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seconds: Mapped[float | None] = mapped_column(Float)
    tokens_in: Mapped[int]
    tokens_out: Mapped[int]
    tokens_cached: Mapped[int]
    # Millionths of a US dollar; None where no price is known.
    cost_microdollars: Mapped[int | None] = mapped_column(BigId)
    error: Mapped[str | None] = mapped_column(String(60))
    prompt_version: Mapped[str] = mapped_column(String(40))
    # The parsed answer as JSON, and {"system", "user", "raw"} as JSON; both sealed under the draft's key.
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    record: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReadingScore(Base):
    """What a reading gave for a criterion: metadata that stays when the content is erased."""

    __tablename__ = "reading_scores"

    reading_id: Mapped[str] = mapped_column(String(40), ForeignKey("readings.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_criteria.id"), primary_key=True)
    score: Mapped[float | None] = mapped_column(Float)
    level: Mapped[int | None]


class CriterionSignals(Base):
    """Topics somebody chose for a criterion of an assignment, instead of those its words name. No row: as they say.

    `criterion` is the folded name, so that the choice outlives a rubric that is saved anew. `topics` are separated by
    line breaks; "" means that the built-in reader stays silent.
    """

    __tablename__ = "criterion_signals"

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(600), primary_key=True)
    topics: Mapped[str] = mapped_column(Text)
    edited_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReadingSignals(Base):
    """What a built-in reading looked at for a criterion, as it stood then; `chosen` by a person or told from words."""

    __tablename__ = "reading_signals"

    reading_id: Mapped[str] = mapped_column(String(40), ForeignKey("readings.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_criteria.id"), primary_key=True)
    topics: Mapped[str] = mapped_column(Text)
    chosen: Mapped[bool] = mapped_column(Boolean)


class CalibratedScore(Base):
    """What merging took for a reading's score on a criterion; the score the reader gave stays in `reading_scores`."""

    __tablename__ = "calibrated_scores"

    reading_id: Mapped[str] = mapped_column(String(40), ForeignKey("readings.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_criteria.id"), primary_key=True)
    calibration_id: Mapped[int] = mapped_column(BigId, ForeignKey("calibrations.id"))
    score: Mapped[float] = mapped_column(Float)
    level: Mapped[int]


class Call(Base):
    """One paid call, claimed before it is made. `slot` and `boot` say which worker process claimed it."""

    __tablename__ = "calls"
    __table_args__ = (UniqueConstraint("reading_id", "part", "attempt"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    reading_id: Mapped[str] = mapped_column(String(40), ForeignKey("readings.id"))
    part: Mapped[str] = mapped_column(String(40))
    attempt: Mapped[int]
    slot: Mapped[int]
    boot: Mapped[str] = mapped_column(String(32))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(60))
    seconds: Mapped[float | None] = mapped_column(Float)
    tokens_in: Mapped[int]
    tokens_out: Mapped[int]
    # Millionths of a US dollar; None where no price is known.
    cost_microdollars: Mapped[int | None] = mapped_column(BigId)
    note: Mapped[str] = mapped_column(Text)
