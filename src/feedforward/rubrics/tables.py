"""Rubrics as rows: criteria and levels in their order."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class RubricRow(Base):
    """A rubric; never changed once a draft was read against it: a changed one is a new row that names the old."""

    __tablename__ = "rubrics"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rubrics.id"))


class CriterionRow(Base):
    """One criterion of a rubric."""

    __tablename__ = "rubric_criteria"
    __table_args__ = (UniqueConstraint("rubric_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    rubric_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubrics.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    weight: Mapped[float] = mapped_column(Float)
    description: Mapped[str] = mapped_column(Text)


class LevelRow(Base):
    """One level of a criterion, from the lowest points (position 0) upwards."""

    __tablename__ = "rubric_levels"

    criterion_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_criteria.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(120))
    points: Mapped[float] = mapped_column(Float)
    description: Mapped[str] = mapped_column(Text)


class TemplateRow(Base):
    """A rubric somebody keeps to start others from; `rubric_id` is its newest content. No row is ever removed."""

    __tablename__ = "rubric_templates"
    __table_args__ = (
        CheckConstraint("status in ('draft', 'active', 'inactive', 'archived', 'deleted')", name="status"),
        Index("ix_rubric_templates_owner", "owner_id", "status", "changed_at"),
        Index("ix_rubric_templates_shared", "shared", "status", "changed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    owner_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    rubric_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubrics.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(500))
    shared: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_from: Mapped[str | None] = mapped_column(String(16))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
