"""What the built-in reader looks at in each criterion, and calibrations of readers: four new tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import feedforward.database

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "calibrations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rubric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("fitted", sa.Text(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", feedforward.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", feedforward.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", feedforward.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("not in_use or status = 'fitted'", name=op.f("ck_calibrations_in_use_is_fitted")),
        sa.CheckConstraint("source in ('reviewed', 'marked')", name=op.f("ck_calibrations_source")),
        sa.CheckConstraint(
            "status in ('running', 'fitted', 'refused', 'stopped')", name=op.f("ck_calibrations_status")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_calibrations_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_calibrations_created_by_users")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_calibrations_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibrations")),
    )
    with op.batch_alter_table("calibrations", schema=None) as batch_op:
        batch_op.create_index("ix_calibrations_assignment", ["assignment_id", "id"], unique=False)
        batch_op.create_index(
            "ix_calibrations_in_use",
            ["assignment_id", "reader"],
            unique=True,
            sqlite_where=sa.text("in_use"),
            postgresql_where=sa.text("in_use"),
        )

    op.create_table(
        "criterion_signals",
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion", sa.String(length=600), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", feedforward.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_criterion_signals_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["users.id"], name=op.f("fk_criterion_signals_edited_by_users")),
        sa.PrimaryKeyConstraint("assignment_id", "criterion", name=op.f("pk_criterion_signals")),
    )
    op.create_table(
        "calibrated_scores",
        sa.Column("reading_id", sa.String(length=40), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("calibration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"], ["calibrations.id"], name=op.f("fk_calibrated_scores_calibration_id_calibrations")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["rubric_criteria.id"], name=op.f("fk_calibrated_scores_criterion_id_rubric_criteria")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_calibrated_scores_reading_id_readings")),
        sa.PrimaryKeyConstraint("reading_id", "criterion_id", name=op.f("pk_calibrated_scores")),
    )
    op.create_table(
        "reading_signals",
        sa.Column("reading_id", sa.String(length=40), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["rubric_criteria.id"], name=op.f("fk_reading_signals_criterion_id_rubric_criteria")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_reading_signals_reading_id_readings")),
        sa.PrimaryKeyConstraint("reading_id", "criterion_id", name=op.f("pk_reading_signals")),
    )
