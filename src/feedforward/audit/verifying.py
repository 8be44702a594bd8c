"""Walking the chain from its first seal: the first event that is not as it was sealed, and where the chain ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, select

from feedforward.audit.sealing import COLUMNS, VERSION, digest_of_events, digest_of_marks, mark_of, marks_in
from feedforward.audit.tables import AuditEvent, AuditSeal


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that does not hold: an event (None where only its seal can be named), its seal, in words."""

    event_id: int | None
    seal_id: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal: whoever keeps its digest elsewhere can tell later that nothing before it was changed."""

    seal_id: int
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `events` and `seals` held; `waiting` have no seal yet, the oldest since `waiting_since`.

    `left_out` numbers below the highest were never given to an event, or their events were removed before they were
    sealed: the first is `first_left_out`. `known_head` is the seal whose digest was expected, None where none has it.
    """

    events: int
    seals: int
    head: Head | None
    waiting: int
    waiting_since: datetime | None
    left_out: int
    first_left_out: int | None
    known_head: int | None
    broken: Broken | None


_EVENTS = select(*COLUMNS).where(AuditEvent.seal_id == bindparam("seal")).order_by(AuditEvent.id)
_SEALS = (
    select(AuditSeal.id, AuditSeal.at, AuditSeal.events, AuditSeal.digest, AuditSeal.version, AuditSeal.marks)
    .where(AuditSeal.id > bindparam("after"))
    .order_by(AuditSeal.id)
    .limit(1)
)
_WHERE_NOW = select(AuditEvent.seal_id).where(AuditEvent.id == bindparam("event"))


def verify(connection: Connection, *, expected: str = "", progress: Callable[[int], None] | None = None) -> Verified:
    """Every seal and every event it covers; `expected` is a digest noted earlier, `progress` is told how many hold.

    Reads a seal at a time: the memory it takes does not grow with the log.
    """
    events = seals = 0
    head: Head | None = None
    known_head: int | None = None
    broken: Broken | None = None
    while (seal := connection.execute(_SEALS, {"after": head.seal_id if head else 0}).one_or_none()) is not None:
        rows = connection.execute(_EVENTS, {"seal": seal.id}).all()
        broken = _broken(connection, head, seal, rows)
        if broken is not None:
            break
        events, seals = events + len(rows), seals + 1
        head = Head(seal.id, seal.at, seal.digest)
        if expected and seal.digest == expected:
            known_head = seal.id
        if progress is not None:
            progress(events)
    waiting = select(func.count(), func.min(AuditEvent.at)).where(AuditEvent.seal_id.is_(None))
    many, since = connection.execute(waiting).one()
    left_out, first = _left_out(connection)
    return Verified(
        events=events, seals=seals, head=head, waiting=many, waiting_since=since, left_out=left_out,
        first_left_out=first, known_head=known_head, broken=broken or _of_no_seal(connection, events),
    )  # fmt: skip


def _broken(
    connection: Connection, head: Head | None, seal: Row[*tuple[Any, ...]], rows: Sequence[Row[*tuple[Any, ...]]]
) -> Broken | None:
    before = head.digest if head else ""
    if seal.version == 1:
        return _broken_first_version(head, seal, rows, before)
    if seal.version != VERSION or seal.marks is None:
        return Broken(None, seal.id, f"seal {seal.id} says it was made in a way this release does not know")
    if digest_of_marks(before, seal.at, seal.marks) != seal.digest:
        return Broken(None, seal.id, _does_not_follow(head, seal.id))
    sealed, found = dict(marks_in(seal.marks)), {row.id: row for row in rows}
    for event_id in sorted(sealed.keys() | found.keys()):
        if event_id not in sealed:
            return Broken(event_id, seal.id, f"event {event_id} was put under seal {seal.id} after it was made")
        if event_id not in found:
            return Broken(event_id, seal.id, _gone(connection, event_id, seal.id))
        if mark_of(found[event_id]) != sealed[event_id]:
            return Broken(event_id, seal.id, f"event {event_id} was changed after it was sealed")
    if seal.events != len(rows):
        return Broken(
            None, seal.id, f"seal {seal.id} was changed: it says how many events it covers, and that is wrong"
        )
    return None


def _broken_first_version(
    head: Head | None, seal: Row[*tuple[Any, ...]], rows: Sequence[Row[*tuple[Any, ...]]], before: str
) -> Broken | None:  # fmt: skip
    """Seals of earlier releases have one digest for all their events: the first of them stands for all."""
    if len(rows) == seal.events and digest_of_events(before, seal.at, rows) == seal.digest:
        return None
    first = rows[0].id if rows else None
    among = f"events {first} to {rows[-1].id}" if rows else "its events"
    what = (
        f"seal {seal.id} covers {seal.events} events and {len(rows)} are there: look at {among}"
        if len(rows) != seal.events
        else f"one of {among} was changed after seal {seal.id} was made, or {_does_not_follow(head, seal.id)}"
    )
    return Broken(first, seal.id, what)


def _does_not_follow(head: Head | None, seal_id: int) -> str:
    follows = head.seal_id + 1 if head else 1
    if follows < seal_id:
        missing = f"seal {follows} is" if follows == seal_id - 1 else f"seals {follows} to {seal_id - 1} are"
        return f"{missing} missing before seal {seal_id}"
    before = f", or seal {head.seal_id} was made anew" if head else ""
    return f"seal {seal_id} was changed{before}"


def _gone(connection: Connection, event_id: int, seal_id: int) -> str:
    row = connection.execute(_WHERE_NOW, {"event": event_id}).one_or_none()
    if row is None:
        return f"event {event_id} is missing: it was removed after seal {seal_id} was made"
    where = "no seal" if row.seal_id is None else f"seal {row.seal_id}"
    return f"event {event_id} belongs to seal {seal_id} and stands under {where}"


def _of_no_seal(connection: Connection, events: int) -> Broken | None:
    """Events that name a seal nobody has: the end of the chain was cut off."""
    sealed = connection.execute(select(func.count()).where(AuditEvent.seal_id.is_not(None))).scalar_one()
    if sealed == events:
        return None
    stray = select(AuditEvent.id, AuditEvent.seal_id).where(
        AuditEvent.seal_id.is_not(None), ~exists().where(AuditSeal.id == AuditEvent.seal_id)
    )
    row = connection.execute(stray.order_by(AuditEvent.id).limit(1)).one_or_none()
    return (
        None if row is None else Broken(row.id, row.seal_id, f"seal {row.seal_id} is missing, event {row.id} names it")
    )


def _left_out(connection: Connection) -> tuple[int, int | None]:
    """How many numbers from 1 to the highest no event has, and the first of them."""
    many, highest = connection.execute(select(func.count(), func.max(AuditEvent.id))).one()
    if not many or many == highest:
        return 0, None
    lowest: int = connection.execute(select(func.min(AuditEvent.id))).scalar_one()
    if lowest > 1:
        return highest - many, 1
    later = select(AuditEvent.id, func.lag(AuditEvent.id).over(order_by=AuditEvent.id).label("before")).subquery()
    gap = select(later.c.before + 1).where(later.c.id > later.c.before + 1).order_by(later.c.id).limit(1)
    return highest - many, connection.execute(gap).scalar()
