"""Drafts handed in by staff for a student, and the archives of a learning management system they came in"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0019"
down_revision: str | None = "0018"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lms_archives",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("content_id", sa.String(32), nullable=False),
        sa.Column("names_id", sa.String(32), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("held_until", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status in ('checked', 'waiting', 'done', 'thrown_away')", name=op.f("ck_lms_archives_status")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_lms_archives_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_lms_archives_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_archives")),
        sa.UniqueConstraint("content_id", name=op.f("uq_lms_archives_content_id")),
        sa.UniqueConstraint("names_id", name=op.f("uq_lms_archives_names_id")),
    )
    op.create_index(op.f("ix_lms_archives_created_by"), "lms_archives", ["created_by"])
    op.create_index("ix_lms_archives_assignment", "lms_archives", ["assignment_id", "status", "id"])
    op.create_index("ix_lms_archives_status", "lms_archives", ["status", "changed_at"])
    op.create_table(
        "lms_archive_files",
        sa.Column("archive_id", _id(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("student_id", _id(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("draft_id", _id(), nullable=True),
        sa.CheckConstraint(
            "status in ('waiting', 'taken', 'there', 'refused', 'left_out')", name=op.f("ck_lms_archive_files_status")
        ),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["lms_archives.id"], name=op.f("fk_lms_archive_files_archive_id_lms_archives")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_lms_archive_files_student_id_users")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_lms_archive_files_draft_id_drafts")),
        sa.PrimaryKeyConstraint("archive_id", "position", name=op.f("pk_lms_archive_files")),
    )
    op.create_index(op.f("ix_lms_archive_files_student_id"), "lms_archive_files", ["student_id"])
    op.create_index(op.f("ix_lms_archive_files_draft_id"), "lms_archive_files", ["draft_id"])
    op.create_table(
        "handed_in_for",
        sa.Column("draft_id", _id(), autoincrement=False, nullable=False),
        sa.Column("staff_id", _id(), nullable=False),
        sa.Column("archive_id", _id(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_handed_in_for_draft_id_drafts")),
        sa.ForeignKeyConstraint(["staff_id"], ["users.id"], name=op.f("fk_handed_in_for_staff_id_users")),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["lms_archives.id"], name=op.f("fk_handed_in_for_archive_id_lms_archives")
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_handed_in_for")),
    )
    op.create_index(op.f("ix_handed_in_for_staff_id"), "handed_in_for", ["staff_id"])
    op.create_index(op.f("ix_handed_in_for_archive_id"), "handed_in_for", ["archive_id"])
