"""Who asks to be let in, words people are found by, and the terms they accepted"""

import unicodedata

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0010"
down_revision: str | None = "0009"

BATCH = 1000


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment() -> UtcDateTime:
    return UtcDateTime(timezone=True)


def _of_user(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"))


def upgrade() -> None:
    op.create_table(
        "person_keys",
        sa.Column("user_id", _id(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(254), nullable=False),
        _of_user("person_keys", "user_id"),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_person_keys")),
    )
    op.create_index("ix_person_keys_key", "person_keys", ["key", "user_id"], postgresql_ops={"key": "text_pattern_ops"})
    op.create_table(
        "registrations",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("asked_at", _moment(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("verified_at", _moment(), nullable=True),
        sa.Column("settled_at", _moment(), nullable=True),
        sa.Column("settled_by", _id(), nullable=True),
        sa.Column("user_id", _id(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status in ('asked', 'waiting', 'approved', 'rejected', 'dropped')", name=op.f("ck_registrations_status")
        ),
        _of_user("registrations", "settled_by"),
        _of_user("registrations", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_registrations_token_hash")),
    )
    op.create_index(op.f("ix_registrations_email"), "registrations", ["email"])
    op.create_index("ix_registrations_status", "registrations", ["status", "asked_at"])
    op.create_index(op.f("ix_registrations_settled_by"), "registrations", ["settled_by"])
    op.create_index(op.f("ix_registrations_user_id"), "registrations", ["user_id"])
    op.create_table(
        "allowed_domains",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("with_subdomains", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("created_by", _id(), nullable=False),
        sa.CheckConstraint("decision in ('approve', 'wait')", name=op.f("ck_allowed_domains_decision")),
        _of_user("allowed_domains", "created_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowed_domains")),
        sa.UniqueConstraint("domain", name=op.f("uq_allowed_domains_domain")),
    )
    op.create_index(op.f("ix_allowed_domains_created_by"), "allowed_domains", ["created_by"])
    op.create_table(
        "terms_editions",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("privacy", sa.Text(), nullable=False),
        sa.Column("needs_acceptance", sa.Boolean(), nullable=False),
        sa.Column("published_at", _moment(), nullable=False),
        sa.Column("published_by", _id(), nullable=False),
        _of_user("terms_editions", "published_by"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_terms_editions")),
    )
    op.create_index(op.f("ix_terms_editions_published_by"), "terms_editions", ["published_by"])
    op.create_table(
        "terms_acceptances",
        sa.Column("user_id", _id(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("accepted_at", _moment(), nullable=False),
        _of_user("terms_acceptances", "user_id"),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_terms_acceptances")),
    )
    _file_everybody()


def _file_everybody() -> None:
    """The words of those who have an account already; as `people_rules.keys_of` was when this was written."""
    connection = op.get_bind()
    users = sa.table("users", sa.column("id"), sa.column("name"), sa.column("email"), sa.column("status"))
    keys = sa.table("person_keys", sa.column("user_id"), sa.column("key"))
    last = 0
    while True:
        people = connection.execute(
            sa.select(users.c.id, users.c.name, users.c.email)
            .where(users.c.id > last, users.c.status != "deleted")
            .order_by(users.c.id)
            .limit(BATCH)
        ).all()
        if not people:
            return
        rows = [{"user_id": each.id, "key": key} for each in people for key in sorted(_keys(each.name, each.email))]
        connection.execute(sa.insert(keys), rows)
        last = people[-1].id


def _keys(name: str, email: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(each for each in folded if not unicodedata.combining(each))
    words = plain.split()
    parts = [part for word in words for part in word.split("-")]
    return {each[:100] for each in (*words, *parts) if each} | {email, "@" + email.rpartition("@")[2]}
