"""The hash chain over audit events: sealed once a minute, so that writers never wait for each other."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text, update

from feedforward.audit.tables import AuditEvent, AuditSeal

MOST_PER_SEAL = 5000
_COLUMNS = (
    AuditEvent.id, AuditEvent.at, AuditEvent.actor_id, AuditEvent.action, AuditEvent.subject_kind,
    AuditEvent.subject_id, AuditEvent.detail,
)  # fmt: skip


def seal_events(connection: Connection, now: datetime) -> int:
    """Chain the events that no seal covers yet; how many they were."""
    if connection.dialect.name == "postgresql":
        # Two sealers at once would both follow the same link; on SQLite writers take turns anyway.
        connection.execute(text("lock table audit_seals in exclusive mode"))
    rows = connection.execute(
        select(*_COLUMNS).where(AuditEvent.seal_id.is_(None)).order_by(AuditEvent.id).limit(MOST_PER_SEAL)
    ).all()
    if not rows:
        return 0
    before = connection.execute(select(AuditSeal.digest).order_by(AuditSeal.id.desc()).limit(1)).scalar() or ""
    seal_id = connection.execute(
        insert(AuditSeal).values(at=now, events=len(rows), digest=_digest(before, now, rows)).returning(AuditSeal.id)
    ).scalar_one()
    connection.execute(update(AuditEvent).where(AuditEvent.id.in_([row.id for row in rows])).values(seal_id=seal_id))
    return len(rows)


def first_broken_seal(connection: Connection) -> int | None:
    """The id of the first seal whose events were changed, added or removed; None where the chain holds."""
    before = ""
    seals = select(AuditSeal.id, AuditSeal.at, AuditSeal.digest, AuditSeal.events).order_by(AuditSeal.id)
    for seal in connection.execute(seals).all():
        rows = connection.execute(select(*_COLUMNS).where(AuditEvent.seal_id == seal.id).order_by(AuditEvent.id)).all()
        if len(rows) != seal.events or _digest(before, seal.at, rows) != seal.digest:
            return int(seal.id)
        before = seal.digest
    return None


def unsealed(connection: Connection) -> int:
    """How many events wait for a seal."""
    return connection.execute(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.seal_id.is_(None))
    ).scalar_one()


def _digest(before: str, at: datetime, rows: Sequence[Row[Any]]) -> str:
    digest = hashlib.sha256(f"{before} {at.astimezone(UTC).isoformat()}".encode())
    for row in rows:
        values = [
            row.id,
            row.at.astimezone(UTC).isoformat(),
            row.actor_id,
            row.action,
            row.subject_kind,
            row.subject_id,
            row.detail,
        ]
        digest.update(json.dumps(values, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
