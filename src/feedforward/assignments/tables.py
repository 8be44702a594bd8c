"""Assignments and the readers chosen for them."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class Assignment(Base):
    """The task set. `due_at` is a moment in UTC, told in `time_zone`; `version` rises with every change."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("status in ('draft', 'active', 'inactive', 'archived', 'deleted')", name="status"),
        CheckConstraint(
            "merge_method in ('mean', 'weighted_mean', 'median', 'trimmed_mean', 'maximum')", name="merge_method"
        ),
        Index("ix_assignments_course", "course_id", "status", "due_at"),
        Index("ix_assignments_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"))
    rubric_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rubrics.id"))
    title: Mapped[str] = mapped_column(String(200))
    instructions: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(String(60))
    max_drafts: Mapped[int]
    word_min: Mapped[int | None]
    word_max: Mapped[int | None]
    guidelines: Mapped[str] = mapped_column(Text)
    merge_method: Mapped[str] = mapped_column(String(20))
    min_readings: Mapped[int]
    # Chosen before what students see became one of the settings; those say otherwise where they say anything.
    show_numbers: Mapped[bool] = mapped_column(Boolean)
    retention_days: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ModelSetting(Base):
    """One reader of an assignment: the built-in one, or provider/model with its parameters.

    Never changed: a changed or removed setting gets `removed_at`, because readings name the row they were made with.
    """

    __tablename__ = "model_settings"
    __table_args__ = (Index("ix_model_settings_assignment", "assignment_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    position: Mapped[int]
    reader: Mapped[str] = mapped_column(String(200))
    runs: Mapped[int]
    weight: Mapped[float] = mapped_column(Float)
    temperature: Mapped[float] = mapped_column(Float)
    max_tokens: Mapped[int]
    fallback_reader: Mapped[str | None] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
