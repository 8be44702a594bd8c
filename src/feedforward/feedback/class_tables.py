"""When somebody was last reminded of an assignment for which they have handed in nothing."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class ClassReminder(Base):
    """The newest reminder of one student about one assignment: it keeps a second one away for a day."""

    __tablename__ = "class_reminders"

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    reminded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))


class DueReminder(Base):
    """That a student was reminded so many days before a deadline of theirs; a later deadline has days of its own."""

    __tablename__ = "due_reminders"

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    reminded_at: Mapped[datetime] = mapped_column(UtcDateTime)
