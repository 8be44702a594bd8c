"""When an enrolment ended and when a template was deleted: a moment beside every status that says so"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from feedforward.database import UtcDateTime

revision: str = "0021"
down_revision: str | None = "0020"


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("deleted_at", UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("rubric_templates") as table:
        table.add_column(sa.Column("deleted_at", UtcDateTime(timezone=True), nullable=True))
        table.create_check_constraint(
            op.f("ck_rubric_templates_status"), "status in ('draft', 'active', 'inactive', 'archived', 'deleted')"
        )
    op.execute("update rubric_templates set deleted_at = changed_at where status = 'deleted'")
    _tell_when_enrolments_ended(op.get_bind())


def _tell_when_enrolments_ended(connection: sa.Connection) -> None:
    """From the audit log, or when the account was deleted; NULL stays where neither knows."""
    connection.execute(
        sa.text(
            "update enrolments set deleted_at = (select users.deleted_at from users "
            "where users.id = enrolments.student_id) where status = 'removed'"
        )
    )
    events = connection.execute(
        sa.text("select at, subject_id, detail from audit_events where action = 'enrolment.remove' order by id")
    )
    ended: dict[tuple[int, int], Any] = {}
    for row in events:
        detail = json.loads(row.detail) if isinstance(row.detail, str) else row.detail
        ended[int(row.subject_id), int(detail["student"])] = row.at
    if ended:
        connection.execute(
            sa.text(
                "update enrolments set deleted_at = :at "
                "where course_id = :course and student_id = :student and status = 'removed'"
            ),
            [{"at": at, "course": course, "student": student} for (course, student), at in ended.items()],
        )
