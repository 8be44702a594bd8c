"""The outbox, and how often people want which mail"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0003"
down_revision: str | None = "0002"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mail_messages",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(40), nullable=True),
        sa.Column("user_id", _id(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("address_hash", sa.String(64), nullable=True),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by", _id(), nullable=True),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("digest_id", _id(), nullable=True),
        sa.CheckConstraint("kind in ('security', 'notice')", name=op.f("ck_mail_messages_kind")),
        sa.CheckConstraint(
            "status in ('waiting', 'held', 'folded', 'sent', 'laid_out', 'unsent', 'failed', 'given_up')",
            name=op.f("ck_mail_messages_status"),
        ),
        sa.CheckConstraint("(user_id is null) <> (address is null)", name=op.f("ck_mail_messages_one_recipient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_messages")),
    )
    op.create_index("ix_mail_messages_due", "mail_messages", ["status", "next_try_at"])
    op.create_index("ix_mail_messages_asked_by", "mail_messages", ["asked_by", "status", "seen_at"])
    op.create_index("ix_mail_messages_user", "mail_messages", ["user_id", "status"])
    op.create_index(op.f("ix_mail_messages_address_hash"), "mail_messages", ["address_hash"])
    op.create_index(op.f("ix_mail_messages_created_at"), "mail_messages", ["created_at"])
    op.create_index(op.f("ix_mail_messages_digest_id"), "mail_messages", ["digest_id"])
    op.create_table(
        "mail_settings",
        sa.Column("user_id", _id(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("frequency", sa.String(20), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("frequency in ('at_once', 'daily', 'never')", name=op.f("ck_mail_settings_frequency")),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_mail_settings")),
    )
