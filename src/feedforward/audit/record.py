"""Writing an audit event, in the same transaction as what it tells of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from feedforward.audit.origin import present_origin
from feedforward.audit.tables import AuditEvent
from feedforward.web.access import Refused

_EVENTS = insert(AuditEvent)


def record(
    connection: Connection,
    *,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: tuple[str, int | str],
    **detail: Any,
) -> None:
    """`detail` takes ids, counts and statuses only: audit rows outlive the people and texts they tell of.

    Where it came from is known already: see web/came_from.py.
    """
    kind, subject_id = subject
    origin = present_origin()
    connection.execute(
        _EVENTS.values(
            at=at, actor_id=actor_id, action=action, subject_kind=kind, subject_id=str(subject_id), detail=detail,
            came_from=origin.came_from, came_from_key=origin.key,
        )
    )  # fmt: skip


def record_each(
    connection: Connection,
    *,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: tuple[str, int | str],
    details: Sequence[Mapping[str, Any]],
) -> None:
    """The same act on the same subject once for each of `details`, in one statement: a roster has thousands."""
    kind, subject_id = subject
    row = {"at": at, "actor_id": actor_id, "action": action, "subject_kind": kind, "subject_id": str(subject_id)}
    if details:
        rows = [
            {**row, "detail": dict(each), "came_from": origin.came_from, "came_from_key": origin.key}
            for each, origin in ((each, present_origin()) for each in details)
        ]
        connection.execute(_EVENTS, rows)


def record_refused(connection: Connection, refused: Refused) -> None:
    """That somebody asked for what is not theirs, or not there: they are told the same of both."""
    record(
        connection, at=refused.at, actor_id=refused.user_id, action="permission.refuse", subject=refused.subject,
        page=refused.page, status=refused.status, more_not_noted=refused.last,
    )  # fmt: skip
