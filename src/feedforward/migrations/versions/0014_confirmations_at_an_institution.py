"""Confirmations: somebody who is signed in signs in afresh at their institution to show that it is them"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0014"
down_revision: str | None = "0013"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("user_id", _id(), nullable=False),
        sa.Column("session_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("institution", sa.String(40), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_confirmations_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_confirmations_state_hash")),
    )
    op.create_index(op.f("ix_confirmations_user_id"), "confirmations", ["user_id"])
    op.create_index(op.f("ix_confirmations_expires_at"), "confirmations", ["expires_at"])
