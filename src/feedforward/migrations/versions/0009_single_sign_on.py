"""People of institutions connected to accounts, and sessions whose second factor was asked for elsewhere"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0009"
down_revision: str | None = "0008"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("sessions", sa.Column("proved_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "sign_on_identities",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("user_id", _id(), nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_on_identities_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_sign_on_identities_issuer_subject")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_sign_on_identities_user_id_issuer")),
    )
