"""Courses, who teaches them and who is enrolled."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
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
    description: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Rises with every change of the details: two people editing never overwrite each other silently.
    version: Mapped[int] = mapped_column(server_default="1")


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
