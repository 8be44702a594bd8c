"""Leases on a provider's concurrent calls, shared by all workers: who may call now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.hot_reads import HotRead
from feedforward.llm.tables import ProviderLease

_FREE = HotRead(
    select(ProviderLease.slot)
    .where(
        ProviderLease.provider == bindparam("provider"),
        ProviderLease.slot < bindparam("concurrency"),
        or_(ProviderLease.holder.is_(None), ProviderLease.expires_at < bindparam("now")),
    )
    .order_by(ProviderLease.slot)
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(ProviderLease)
    .where(ProviderLease.provider == bindparam("of"), ProviderLease.slot == bindparam("free"))
    .values(holder=bindparam("by"), expires_at=bindparam("until"))
)
_GIVE_BACK = update(ProviderLease).where(ProviderLease.holder == bindparam("by")).values(holder=None, expires_at=None)


def free_slots(connection: Connection, provider: str, concurrency: int, now: datetime) -> list[int]:
    """The slots of a provider nobody holds, lowest first, locked for this transaction; missing rows are made."""
    slots = _free(connection, provider, concurrency, now)
    if not slots and _rows(connection, provider) < concurrency:
        _make_rows(connection, provider, concurrency)
        slots = _free(connection, provider, concurrency, now)
    return slots


def take_slots(
    connection: Connection, provider: str, slots: Sequence[int], holders: Sequence[str], expires_at: datetime
) -> None:
    """Give each holder one of the slots that `free_slots` found in this transaction."""
    taken = [
        {"of": provider, "free": slot, "by": holder, "until": expires_at}
        for slot, holder in zip(slots, holders, strict=True)
    ]
    if taken:
        connection.execute(_TAKE, taken)


def give_back(connection: Connection, holder: str) -> None:
    """End the lease of this holder, if it still has one."""
    connection.execute(_GIVE_BACK, {"by": holder})


def _free(connection: Connection, provider: str, concurrency: int, now: datetime) -> list[int]:
    return [slot for (slot,) in _FREE.rows(connection, provider=provider, concurrency=concurrency, now=now)]


def _rows(connection: Connection, provider: str) -> int:
    return connection.execute(
        select(func.count()).select_from(ProviderLease).where(ProviderLease.provider == provider)
    ).scalar_one()


def _make_rows(connection: Connection, provider: str, concurrency: int) -> None:
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(
        make(ProviderLease).on_conflict_do_nothing(),
        [{"provider": provider, "slot": slot, "holder": None, "expires_at": None} for slot in range(concurrency)],
    )
