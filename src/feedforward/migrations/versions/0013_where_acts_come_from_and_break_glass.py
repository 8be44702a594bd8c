"""Where acts come from, marks of the events a seal covers, and when administrators may read student work"""

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0013"
down_revision: str | None = "0012"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment() -> UtcDateTime:
    return UtcDateTime(timezone=True)


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_glass_openings_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade() -> None:
    op.add_column("audit_events", sa.Column("came_from", sa.String(60), nullable=True))
    op.add_column("audit_events", sa.Column("came_from_key", sa.String(32), nullable=True))
    op.add_column("audit_seals", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("audit_seals", sa.Column("marks", sa.LargeBinary(), nullable=True))
    has_address = sa.text("came_from_key is not null")
    op.create_index("ix_audit_events_at", "audit_events", ["at", "id"])
    op.create_index("ix_audit_events_action", "audit_events", ["action", "at", "id"])
    for name, columns in (
        ("ix_audit_events_came_from", ["came_from", "at", "id"]),
        ("ix_audit_events_address_at", ["at"]),
    ):
        op.create_index(name, "audit_events", columns, postgresql_where=has_address, sqlite_where=has_address)
    op.create_table(
        "glass_openings",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("admin_id", _id(), nullable=False),
        sa.Column("course_id", _id(), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("student_id", _id(), nullable=True),
        sa.Column("draft_id", _id(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", _moment(), nullable=False),
        sa.Column("ends_at", _moment(), nullable=False),
        sa.Column("closed_at", _moment(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("seen_at", _moment(), nullable=True),
        sa.CheckConstraint("scope in ('course', 'student', 'draft')", name=op.f("ck_glass_openings_scope")),
        _to("users", "admin_id"),
        _to("courses", "course_id"),
        _to("users", "student_id"),
        _to("drafts", "draft_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_openings")),
    )
    op.create_index("ix_glass_openings_course", "glass_openings", ["course_id", "id"])
    op.create_index("ix_glass_openings_admin", "glass_openings", ["admin_id", "ends_at"])
    for column in ("student_id", "draft_id"):
        op.create_index(op.f(f"ix_glass_openings_{column}"), "glass_openings", [column])
