"""Drafts handed in by staff for a student, and the archives of a learning management system they came in."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class LmsArchive(Base):
    """A submissions archive: looked at (checked), then brought in by the worker (waiting, done), or thrown away.

    The file is kept under `content_id` until it was brought in or thrown away. `names` are the names of its files,
    sealed under `names_id`, which goes some time later. `held_until`: a worker has it in hand.
    """

    __tablename__ = "lms_archives"
    __table_args__ = (
        CheckConstraint("status in ('checked', 'waiting', 'done', 'thrown_away')", name="status"),
        Index("ix_lms_archives_assignment", "assignment_id", "status", "id"),
        Index("ix_lms_archives_status", "status", "changed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    content_id: Mapped[str] = mapped_column(String(32), unique=True)
    names_id: Mapped[str] = mapped_column(String(32), unique=True)
    names: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Why files that came after the last moment are taken all the same; "" where they are not.
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LmsArchiveFile(Base):
    """What became of one file of an archive, from its confirmation on; `problem` is a sentence of ours."""

    __tablename__ = "lms_archive_files"
    __table_args__ = (CheckConstraint("status in ('waiting', 'taken', 'there', 'refused', 'left_out')", name="status"),)

    archive_id: Mapped[int] = mapped_column(BigId, ForeignKey("lms_archives.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    student_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    late: Mapped[bool] = mapped_column(Boolean)
    excused: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(String(20))
    problem: Mapped[str] = mapped_column(Text)
    draft_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("drafts.id"), index=True)


class HandedInFor(Base):
    """That staff handed a draft in on behalf of its student; `reason`: why after the last moment, "" where before."""

    __tablename__ = "handed_in_for"

    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"), primary_key=True, autoincrement=False)
    staff_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    archive_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("lms_archives.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
