"""Who judged what became of a comment, where its passage stands now, and what people say instead."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import feedforward.database

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for column in (
        sa.Column("judged_by", sa.Text(), nullable=True),
        sa.Column("standing", sa.String(length=20), nullable=True),
        sa.Column("place_start", sa.Integer(), nullable=True),
        sa.Column("place_end", sa.Integer(), nullable=True),
    ):
        op.add_column("addressed_comments", column)
    op.create_table(
        "addressed_corrections",
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("addressed", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_passages", sa.LargeBinary(), nullable=True),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrected_at", feedforward.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("addressed in ('yes', 'partly', 'no')", name=op.f("ck_addressed_corrections_addressed")),
        sa.CheckConstraint("side in ('student', 'staff')", name=op.f("ck_addressed_corrections_side")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_addressed_corrections_comment_id_comments")
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["users.id"], name=op.f("fk_addressed_corrections_edited_by_users")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_addressed_corrections_draft_id_drafts")),
        sa.PrimaryKeyConstraint("draft_id", "comment_id", "side", name=op.f("pk_addressed_corrections")),
    )
