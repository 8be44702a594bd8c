"""Rubrics people keep as templates: their own or shared in the installation, with the life cycle of everything"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0015"
down_revision: str | None = "0014"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rubric_templates",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("owner_id", _id(), nullable=False),
        sa.Column("rubric_id", _id(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("about", sa.String(500), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("deleted_from", sa.String(16), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_rubric_templates_owner_id_users")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_rubric_templates_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_templates")),
    )
    op.create_index("ix_rubric_templates_owner", "rubric_templates", ["owner_id", "status", "changed_at"])
    op.create_index("ix_rubric_templates_shared", "rubric_templates", ["shared", "status", "changed_at"])
    op.create_index(op.f("ix_rubric_templates_rubric_id"), "rubric_templates", ["rubric_id"])
