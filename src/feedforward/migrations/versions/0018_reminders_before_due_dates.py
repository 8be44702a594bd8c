"""Reminders before due dates: which day of which deadline a student was told of"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0018"
down_revision: str | None = "0017"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "due_reminders",
        sa.Column("assignment_id", _id(), nullable=False),
        sa.Column("student_id", _id(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_due_reminders_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_due_reminders_student_id_users")),
        sa.PrimaryKeyConstraint("assignment_id", "student_id", "days", "due_at", name=op.f("pk_due_reminders")),
    )
