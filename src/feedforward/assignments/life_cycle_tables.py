"""What a step of a course changed in its assignments, so that undoing the step gives back exactly that."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId


class LifeStepChange(Base):
    """One assignment that went along with a step of its course; those that stood there already have no row."""

    __tablename__ = "life_step_changes"
    __table_args__ = (Index("ix_life_step_changes_assignment", "assignment_id"),)

    step_id: Mapped[int] = mapped_column(BigId, ForeignKey("life_steps.id"), primary_key=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    come_from: Mapped[str] = mapped_column(String(20))
    go_to: Mapped[str] = mapped_column(String(20))
