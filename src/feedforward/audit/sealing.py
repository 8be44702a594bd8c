"""The hash chain over audit events: sealed once a minute, so that writers never wait for each other."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, func, insert, select, text, update

from feedforward.audit.origin import origin_mark
from feedforward.audit.tables import AuditEvent, AuditSeal

MOST_PER_SEAL = 5000
# 1: one digest over all events of a seal, without where they came from. 2: over a mark of each event, so that the event
# that was touched can be named. Old seals keep the version they were made with.
VERSION = 2
ID_BYTES, MARK_BYTES = 8, 24
COLUMNS = (
    AuditEvent.id, AuditEvent.at, AuditEvent.actor_id, AuditEvent.action, AuditEvent.subject_kind,
    # As it is written: reading a million JSON values and writing them again takes longer than all the rest.
    AuditEvent.subject_id, cast(AuditEvent.detail, Text).label("detail"), AuditEvent.came_from,
    AuditEvent.came_from_key,
)  # fmt: skip


def seal_events(connection: Connection, now: datetime) -> int:
    """Chain the events that no seal covers yet, at most MOST_PER_SEAL; how many they were."""
    if connection.dialect.name == "postgresql":
        # Two sealers at once would both follow the same link; on SQLite writers take turns anyway.
        connection.execute(text("lock table audit_seals in exclusive mode"))
    rows = connection.execute(
        select(*COLUMNS).where(AuditEvent.seal_id.is_(None)).order_by(AuditEvent.id).limit(MOST_PER_SEAL)
    ).all()
    if not rows:
        return 0
    before = connection.execute(select(AuditSeal.digest).order_by(AuditSeal.id.desc()).limit(1)).scalar() or ""
    marks = b"".join(map(mark_of, rows))
    seal_id = connection.execute(
        insert(AuditSeal)
        .values(at=now, events=len(rows), digest=digest_of_marks(before, now, marks), version=VERSION, marks=marks)
        .returning(AuditSeal.id)
    ).scalar_one()
    connection.execute(update(AuditEvent).where(AuditEvent.id.in_([row.id for row in rows])).values(seal_id=seal_id))
    return len(rows)


def unsealed(connection: Connection) -> int:
    """How many events wait for a seal."""
    return connection.execute(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.seal_id.is_(None))
    ).scalar_one()


def mark_of(row: Sequence[Any]) -> bytes:
    """The id of an event (a row of COLUMNS) and a hash of all it says."""
    event_id, at, actor_id, action, kind, subject_id, detail, came_from, key = row
    origin = origin_mark(came_from, key)
    values = (at.isoformat(), str(actor_id), action, kind, subject_id, detail, str(origin))
    # With their lengths, so that nothing can be moved from one value to the next.
    said = "".join([f"{len(each)}:{each}," for each in values])
    number: bytes = event_id.to_bytes(ID_BYTES, "big")
    return number + hashlib.sha256(number + said.encode()).digest()[: MARK_BYTES - ID_BYTES]


def marks_in(marks: bytes) -> Iterator[tuple[int, bytes]]:
    """(id, mark) of each event of a seal, in the order of the ids."""
    for start in range(0, len(marks), MARK_BYTES):
        mark = marks[start : start + MARK_BYTES]
        yield int.from_bytes(mark[:ID_BYTES], "big"), mark


def digest_of_marks(before: str, at: datetime, marks: bytes) -> str:
    """The digest of a seal of version 2; `before` is the digest of the seal before it."""
    return hashlib.sha256(f"{VERSION} {before} {at.astimezone(UTC).isoformat()} ".encode() + marks).hexdigest()


def digest_of_events(before: str, at: datetime, rows: Sequence[Row[Any]]) -> str:
    """The digest of a seal of version 1."""
    digest = hashlib.sha256(f"{before} {at.astimezone(UTC).isoformat()}".encode())
    for row in rows:
        values = [
            row.id,
            row.at.astimezone(UTC).isoformat(),
            row.actor_id,
            row.action,
            row.subject_kind,
            row.subject_id,
            json.loads(row.detail),
        ]
        digest.update(json.dumps(values, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
