"""Break glass: when an administrator may read student work of a course, and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class GlassOpening(Base):
    """One administrator, one reason, until `ends_at` or `closed_at`, whichever comes first.

    `scope` says what may be read: a whole course, one student's drafts in it (`student_id`), or one draft (`draft_id`).
    `pages` counts what was read under it; what it was stands in the audit log. `seen_at` is when the owner of the
    course said that they saw it.
    """

    __tablename__ = "glass_openings"
    __table_args__ = (
        CheckConstraint("scope in ('course', 'student', 'draft')", name="scope"),
        Index("ix_glass_openings_course", "course_id", "id"),
        Index("ix_glass_openings_admin", "admin_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    admin_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"))
    scope: Mapped[str] = mapped_column(String(20))
    student_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    draft_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("drafts.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pages: Mapped[int] = mapped_column(server_default="0")
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
