"""Trials of rubrics: dry runs over anchor texts, proposals and second opinions, with the calls made for them"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0020"
down_revision: str | None = "0019"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rubric_trials",
        sa.Column("id", _id(), nullable=False),
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("rubric_id", _id(), nullable=True),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content_id", sa.String(32), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("erase_after", UtcDateTime(timezone=True), nullable=False),
        sa.Column("erased_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('dry_run', 'proposal', 'opinion')", name=op.f("ck_rubric_trials_kind")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_rubric_trials_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_rubric_trials_rubric_id_rubrics")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_rubric_trials_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_trials")),
        sa.UniqueConstraint("content_id", name=op.f("uq_rubric_trials_content_id")),
    )
    op.create_index("ix_rubric_trials_assignment", "rubric_trials", ["assignment_id", "id"])
    op.create_index(
        "ix_rubric_trials_kept", "rubric_trials", ["erase_after"],
        sqlite_where=sa.text("erased_at is null"), postgresql_where=sa.text("erased_at is null"),
    )  # fmt: skip
    op.create_table(
        "rubric_trial_calls",
        sa.Column("id", _id(), nullable=False),
        sa.Column("trial_id", _id(), nullable=False),
        sa.Column("reader", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("error", sa.String(40), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost_microdollars", _id(), nullable=True),
        sa.CheckConstraint(
            "status in ('queued', 'running', 'done', 'failed')", name=op.f("ck_rubric_trial_calls_status")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["rubric_trials.id"], name=op.f("fk_rubric_trial_calls_trial_id_rubric_trials")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_trial_calls")),
    )
    op.create_index("ix_rubric_trial_calls_trial", "rubric_trial_calls", ["trial_id", "id"])
    op.create_index(
        "ix_rubric_trial_calls_open", "rubric_trial_calls", ["provider", "id"],
        sqlite_where=sa.text("finished_at is null"), postgresql_where=sa.text("finished_at is null"),
    )  # fmt: skip
