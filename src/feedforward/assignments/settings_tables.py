"""What an assignment asks and shows beyond its details: choices, their defaults, extensions, task sheet, versions."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, LargeBinary, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class TaskSheet(Base):
    """A file that tells the task: its bytes lie in the content store under `content_id`, and `content` is
    {"text", "file_name", "warnings"} as JSON, sealed under that key. Replaced or removed: `removed_at`; the key goes.
    """

    __tablename__ = "task_sheets"
    __table_args__ = (Index("ix_task_sheets_assignment", "assignment_id", "removed_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"))
    content_id: Mapped[str] = mapped_column(String(32), unique=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    word_count: Mapped[int]
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AssignmentSettings(Base):
    """One per assignment at most; none means that it follows its course in everything.

    `chosen` is JSON of what was chosen here alone (see `choices.Choices`), `file_types` names of FileType by line, ""
    for all that the kind of work takes. `publish_at` is when a schedule publishes it, as `publish_by` asked.
    """

    __tablename__ = "assignment_settings"
    __table_args__ = (
        Index(
            "ix_assignment_settings_publish_at",
            "publish_at",
            sqlite_where=text("publish_at is not null"),
            postgresql_where=text("publish_at is not null"),
        ),
    )

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    chosen: Mapped[str] = mapped_column(Text)
    late_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file_types: Mapped[str] = mapped_column(Text)
    return_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sheet_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("task_sheets.id"), index=True)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    publish_opens_course: Mapped[bool] = mapped_column(Boolean)
    # Why a schedule did not publish it, in words for its staff; "" where nothing went wrong.
    publish_problem: Mapped[str] = mapped_column(Text)


class CourseDefaults(Base):
    """What the assignments of a course follow where they choose nothing; `version` rises with every change."""

    __tablename__ = "course_defaults"

    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"), primary_key=True)
    chosen: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    edited_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InstallationDefaults(Base):
    """The only row has id 1: what courses follow, and whether feedback may go out that nobody reviewed."""

    __tablename__ = "installation_defaults"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    chosen: Mapped[str] = mapped_column(Text)
    unreviewed_allowed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    version: Mapped[int]
    edited_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Extension(Base):
    """A later deadline for one student. The reason is the staff's own; a withdrawn one keeps its row without it."""

    __tablename__ = "extensions"
    __table_args__ = (Index("ix_extensions_student", "student_id"),)

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AssignmentVersion(Base):
    """Everything that bears on a reading and on what its student sees, as it stood; never changed.

    `snapshot` is JSON (see `versions.Snapshot`), `mark` its SHA-256: the same settings again make no new version.
    """

    __tablename__ = "assignment_versions"

    assignment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assignments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[str] = mapped_column(Text)
    students_see: Mapped[str] = mapped_column(String(20))
    shape: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # None: the system itself found that a default had changed.
    created_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
