"""Which secret an installation was made under"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    op.create_table(
        "installation_marks",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation_marks")),
    )
