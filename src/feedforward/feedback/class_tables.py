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
