"""Where an act came from, as its audit row keeps it: an address that can be erased without breaking the chain."""

import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, update

from feedforward.audit.tables import AuditEvent
from feedforward.web.came_from import came_from

# Stands where an address was: what it is followed by is all the chain needs to know of it.
ERASED = "#"
BATCH = 5000
_ADDRESSES = select(AuditEvent.id, AuditEvent.came_from, AuditEvent.came_from_key).where(
    AuditEvent.came_from_key.is_not(None)
)
_FORGET = (
    update(AuditEvent)
    .where(AuditEvent.id == bindparam("event_id"))
    .values(came_from=bindparam("mark"), came_from_key=None)
)


class Origin(NamedTuple):
    """The two columns of a row; `key` None where there is no address."""

    came_from: str | None
    key: str | None


def present_origin() -> Origin:
    """Of the request, command or worker that is at work."""
    where, is_address = came_from()
    return Origin(where, secrets.token_hex(16) if is_address else None)


def origin_mark(came_from: str | None, key: str | None) -> str | None:
    """What the chain covers of an origin: the same before and after its address is erased.

    Without the key, which goes with the address, nobody finds the address by trying all there are.
    """
    if came_from is not None and key is not None:
        return hashlib.sha256(f"{key} {came_from}".encode()).hexdigest()[:32]
    if came_from is not None and came_from.startswith(ERASED):
        return came_from.removeprefix(ERASED)
    return came_from


def erase_addresses(connection: Connection, before: datetime) -> int:
    """Erase the addresses of events older than this moment, at most BATCH at a time; how many."""
    return _erase(connection, _ADDRESSES.where(AuditEvent.at < before).order_by(AuditEvent.at).limit(BATCH))


def erase_addresses_of(connection: Connection, user_id: int) -> int:
    """Erase the addresses of all a person did, and of whoever tried to sign in as them; how many."""
    own = AuditEvent.actor_id == user_id
    tried = (
        (AuditEvent.subject_kind == "user") & (AuditEvent.subject_id == str(user_id)) & AuditEvent.actor_id.is_(None)
    )
    return sum(_erase(connection, _ADDRESSES.where(whose)) for whose in (own, tried))


def _erase(connection: Connection, which: Select[int, str | None, str | None]) -> int:
    rows = connection.execute(which).all()
    if rows:
        erased = [
            {"event_id": row.id, "mark": f"{ERASED}{origin_mark(row.came_from, row.came_from_key)}"} for row in rows
        ]
        connection.execute(_FORGET, erased)
    return len(rows)
