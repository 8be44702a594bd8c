"""Courses, who teaches them, who is enrolled and who is invited."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class Course(Base):
    """A course in one term; its time zone is the one its deadlines are told in."""

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("status in ('draft', 'active', 'inactive', 'archived', 'deleted')", name="status"),
        Index("ix_courses_owner", "owner_id", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    owner_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    term: Mapped[str] = mapped_column(String(60))
    department: Mapped[str] = mapped_column(String(120), server_default=text("''"))
    description: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Rises with every change of the details: two people editing never overwrite each other silently.
    version: Mapped[int] = mapped_column(server_default="1")


class LifeStep(Base):
    """A step into the archive or out of sight, so that it can be undone: `kind` is "course" or "assignment", and what
    went along with it stands in `life_step_changes`. `undone_at` None: it stands."""

    __tablename__ = "life_steps"
    __table_args__ = (Index("ix_life_steps_subject", "kind", "subject_id", "undone_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(BigId)
    come_from: Mapped[str] = mapped_column(String(20))
    go_to: Mapped[str] = mapped_column(String(20))
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CourseStaff(Base):
    """Who may see and change a course: its owner too has a row here."""

    __tablename__ = "course_staff"
    __table_args__ = (
        CheckConstraint("role in ('owner', 'co_instructor', 'tutor')", name="role"),
        Index("ix_course_staff_user", "user_id", "course_id"),
    )

    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # False: a tutor with a part of the roster, named by rows of tutor_sections and tutor_students.
    sees_all: Mapped[bool] = mapped_column(Boolean, server_default=true())


class TutorSection(Base):
    """A section whose students, present and future, a tutor looks after."""

    __tablename__ = "tutor_sections"

    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(80), primary_key=True)


class TutorStudent(Base):
    """A single student a tutor looks after."""

    __tablename__ = "tutor_students"

    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)


class Enrolment(Base):
    """A student in a course; removed ones keep their row, so that their drafts keep a place."""

    __tablename__ = "enrolments"
    __table_args__ = (
        CheckConstraint("status in ('active', 'removed')", name="status"),
        Index("ix_enrolments_student", "student_id", "status", "course_id"),
    )

    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    section: Mapped[str] = mapped_column(String(80), server_default=text("''"))
    student_number: Mapped[str] = mapped_column(String(40), server_default=text("''"))
    # When it was removed; None while it is active.
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """Somebody without an account who may join a course, as a student or as a tutor. The e-mail address is folded; a
    removed invitation keeps its row without any word about the person."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role in ('student', 'tutor')", name="role"),
        CheckConstraint("status in ('open', 'joined', 'revoked', 'removed')", name="status"),
        UniqueConstraint("course_id", "email", "role"),
        Index("ix_invitations_email", "email", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("courses.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    section: Mapped[str] = mapped_column(String(80))
    student_number: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Open and over this: expired.
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The newest letter about it, whose fate the mail room knows.
    message_id: Mapped[int | None] = mapped_column(BigId)
    link_made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_as: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InvitationToken(Base):
    """What a letter or a link proves, once: only its SHA-256 is kept. `message_id` is the letter it went out in; None:
    a link that was handed over."""

    __tablename__ = "invitation_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitations.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
