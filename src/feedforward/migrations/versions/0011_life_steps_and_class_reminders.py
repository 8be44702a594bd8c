"""Departments of courses, steps of a life that can be undone, and reminders of a class"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0011"
down_revision: str | None = "0010"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("courses", sa.Column("department", sa.String(120), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "life_steps",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_id", _id(), nullable=False),
        sa.Column("come_from", sa.String(20), nullable=False),
        sa.Column("go_to", sa.String(20), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_life_steps_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_steps")),
    )
    op.create_index("ix_life_steps_subject", "life_steps", ["kind", "subject_id", "undone_at"])
    op.create_table(
        "life_step_changes",
        sa.Column("step_id", _id(), nullable=False),
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("come_from", sa.String(20), nullable=False),
        sa.Column("go_to", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["life_steps.id"], name=op.f("fk_life_step_changes_step_id_life_steps")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_life_step_changes_assignment_id_assignments")
        ),
        sa.PrimaryKeyConstraint("step_id", "assignment_id", name=op.f("pk_life_step_changes")),
    )
    op.create_index("ix_life_step_changes_assignment", "life_step_changes", ["assignment_id"])
    op.create_table(
        "class_reminders",
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("student_id", _id(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_class_reminders_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_class_reminders_student_id_users")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_class_reminders_created_by_users")),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", name=op.f("pk_class_reminders")),
    )
