"""Invitations, sections and numbers of students, and the parts of tutors"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0008"
down_revision: str | None = "0007"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("course_staff", sa.Column("sees_all", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("enrolments", sa.Column("section", sa.String(80), nullable=False, server_default=sa.text("''")))
    op.add_column(
        "enrolments", sa.Column("student_number", sa.String(40), nullable=False, server_default=sa.text("''"))
    )
    op.create_table(
        "tutor_sections",
        sa.Column("course_id", _id(), nullable=False),
        sa.Column("user_id", _id(), nullable=False),
        sa.Column("section", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_tutor_sections_course_id_courses")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tutor_sections_user_id_users")),
        sa.PrimaryKeyConstraint("course_id", "user_id", "section", name=op.f("pk_tutor_sections")),
    )
    op.create_table(
        "tutor_students",
        sa.Column("course_id", _id(), nullable=False),
        sa.Column("user_id", _id(), nullable=False),
        sa.Column("student_id", _id(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_tutor_students_course_id_courses")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tutor_students_user_id_users")),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_tutor_students_student_id_users")),
        sa.PrimaryKeyConstraint("course_id", "user_id", "student_id", name=op.f("pk_tutor_students")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("course_id", _id(), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("section", sa.String(80), nullable=False),
        sa.Column("student_number", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("invited_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("message_id", _id(), nullable=True),
        sa.Column("link_made_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("joined_as", _id(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role in ('student', 'tutor')", name=op.f("ck_invitations_role")),
        sa.CheckConstraint("status in ('open', 'joined', 'revoked', 'removed')", name=op.f("ck_invitations_status")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_invitations_course_id_courses")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_invitations_created_by_users")),
        sa.ForeignKeyConstraint(["joined_as"], ["users.id"], name=op.f("fk_invitations_joined_as_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("course_id", "email", "role", name=op.f("uq_invitations_course_id_email_role")),
    )
    op.create_index("ix_invitations_email", "invitations", ["email", "status"])
    op.create_index(op.f("ix_invitations_joined_as"), "invitations", ["joined_as"])
    op.create_table(
        "invitation_tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("invitation_id", _id(), nullable=False),
        sa.Column("message_id", _id(), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_tokens_invitation_id_invitations")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitation_tokens")),
    )
    op.create_index(op.f("ix_invitation_tokens_invitation_id"), "invitation_tokens", ["invitation_id"])
