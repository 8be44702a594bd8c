"""Drafts: the numbered attempts of a student, their content only as sealed bytes."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime

STATUSES = (
    "previewed", "discarded", "submitted", "reading", "merging", "awaiting_review", "needs_manual_feedback",
    "released", "withheld",
)  # fmt: skip


class Draft(Base):
    """One draft. `number` is given when the student confirms; a previewed or discarded one has none.

    `once` is the token of the form that made it: the same form posted twice makes one draft. `fingerprint` is the
    keyed hash of the text, shown on the receipt.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("status in ({})".format(", ".join(f"'{each}'" for each in STATUSES)), name="status"),
        UniqueConstraint("assignment_id", "student_id", "number"),
        UniqueConstraint("student_id", "once"),
        Index("ix_drafts_assignment_student", "assignment_id", "student_id"),
        Index("ix_drafts_assignment_status", "assignment_id", "status", "submitted_at"),
        Index("ix_drafts_student", "student_id", "status", "submitted_at"),
        Index(
            "ix_drafts_in_progress",
            "status",
            "changed_at",
            sqlite_where=text("status in ('previewed', 'submitted', 'reading', 'merging')"),
            postgresql_where=text("status in ('previewed', 'submitted', 'reading', 'merging')"),
        ),
        Index("ix_drafts_erase_after", "erase_after"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    number: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(30))
    once: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(120))
    word_count: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    rubric_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubrics.id"))
    round: Mapped[int]
    # The version of the assignment's settings that its readers were given; None: read before there were any.
    settings_version: Mapped[int | None]
    # The deadline that held for this student when the draft was handed in; later than it, the draft is late.
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Moves with every change of status: the stages fragment takes it as its version, the sweeper as its age.
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Why people must read it by hand: codes of failures, one per line, never text of the draft.
    trouble: Mapped[str] = mapped_column(Text)

    content_id: Mapped[str] = mapped_column(String(32), unique=True)
    # {"text", "blocks", "hidden", "warnings", "file_name", "media_type"} as JSON, sealed under the key of content_id.
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    has_file: Mapped[bool] = mapped_column(Boolean)
    erase_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_preserved: Mapped[bool] = mapped_column(Boolean)
    preserved_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    preserved_reason: Mapped[str] = mapped_column(Text)
