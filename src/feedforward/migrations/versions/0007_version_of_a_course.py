"""Courses count their changes"""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    op.add_column("courses", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
