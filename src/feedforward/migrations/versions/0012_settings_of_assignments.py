"""Settings of assignments with their defaults, extensions, task sheets, and versions that readings name"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0012"
down_revision: str | None = "0011"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment() -> UtcDateTime:
    return UtcDateTime(timezone=True)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "task_sheets",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("content_id", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("added_at", _moment(), nullable=False),
        sa.Column("removed_at", _moment(), nullable=True),
        _of("task_sheets", "assignment_id", "assignments"),
        _of("task_sheets", "created_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_sheets")),
        sa.UniqueConstraint("content_id", name=op.f("uq_task_sheets_content_id")),
    )
    op.create_index("ix_task_sheets_assignment", "task_sheets", ["assignment_id", "removed_at"])
    op.create_table(
        "assignment_settings",
        sa.Column("assignment_id", _id(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("late_until", _moment(), nullable=True),
        sa.Column("file_types", sa.Text(), nullable=False),
        sa.Column("return_at", _moment(), nullable=True),
        sa.Column("sheet_id", _id(), nullable=True),
        sa.Column("publish_at", _moment(), nullable=True),
        sa.Column("publish_by", _id(), nullable=True),
        sa.Column("publish_opens_course", sa.Boolean(), nullable=False),
        sa.Column("publish_problem", sa.Text(), nullable=False),
        _of("assignment_settings", "assignment_id", "assignments"),
        _of("assignment_settings", "sheet_id", "task_sheets"),
        _of("assignment_settings", "publish_by", "users"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment_settings")),
    )
    op.create_index(
        "ix_assignment_settings_publish_at",
        "assignment_settings",
        ["publish_at"],
        sqlite_where=sa.text("publish_at is not null"),
        postgresql_where=sa.text("publish_at is not null"),
    )
    op.create_index(op.f("ix_assignment_settings_sheet_id"), "assignment_settings", ["sheet_id"])
    op.create_index(op.f("ix_assignment_settings_publish_by"), "assignment_settings", ["publish_by"])
    op.create_table(
        "course_defaults",
        sa.Column("course_id", _id(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", _id(), nullable=False),
        sa.Column("changed_at", _moment(), nullable=False),
        _of("course_defaults", "course_id", "courses"),
        _of("course_defaults", "edited_by", "users"),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_course_defaults")),
    )
    op.create_table(
        "installation_defaults",
        sa.Column("id", _id(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("unreviewed_allowed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", _id(), nullable=False),
        sa.Column("changed_at", _moment(), nullable=False),
        _of("installation_defaults", "edited_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation_defaults")),
    )
    op.create_table(
        "extensions",
        sa.Column("assignment_id", _id(), autoincrement=False, nullable=False),
        sa.Column("student_id", _id(), autoincrement=False, nullable=False),
        sa.Column("due_at", _moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("granted_at", _moment(), nullable=False),
        sa.Column("withdrawn_at", _moment(), nullable=True),
        _of("extensions", "assignment_id", "assignments"),
        _of("extensions", "student_id", "users"),
        _of("extensions", "created_by", "users"),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_extensions")),
    )
    op.create_index("ix_extensions_student", "extensions", ["student_id"])
    op.create_table(
        "assignment_versions",
        sa.Column("assignment_id", _id(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("students_see", sa.String(20), nullable=False),
        sa.Column("shape", sa.String(20), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("created_by", _id(), nullable=True),
        _of("assignment_versions", "assignment_id", "assignments"),
        _of("assignment_versions", "created_by", "users"),
        sa.PrimaryKeyConstraint("assignment_id", "number", name=op.f("pk_assignment_versions")),
    )
    op.add_column("drafts", sa.Column("settings_version", sa.Integer(), nullable=True))
    op.add_column("drafts", sa.Column("deadline_at", _moment(), nullable=True))
    op.add_column("readings", sa.Column("settings_version", sa.Integer(), nullable=True))
    op.add_column("feedback", sa.Column("settings_version", sa.Integer(), nullable=True))
    op.add_column("feedback", sa.Column("unreviewed", sa.Boolean(), nullable=False, server_default=sa.false()))
