"""Leases on a provider's concurrent calls, shared by all workers: who may call now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.llm.tables import ProviderLease


def free_slots(connection: Connection, provider: str, concurrency: int, now: datetime) -> list[int]:
    """The slots of a provider nobody holds, lowest first, locked for this transaction; missing rows are made."""
    slots = list(connection.execute(_free(provider, concurrency, now)).scalars())
    if not slots and _rows(connection, provider) < concurrency:
        _make_rows(connection, provider, concurrency)
        slots = list(connection.execute(_free(provider, concurrency, now)).scalars())
    return slots


def take_slots(
    connection: Connection, provider: str, slots: Sequence[int], holders: Sequence[str], expires_at: datetime
) -> None:
    """Give each holder one of the slots that `free_slots` found in this transaction."""
    for slot, holder in zip(slots, holders, strict=True):
        connection.execute(
            update(ProviderLease)
            .where(ProviderLease.provider == provider, ProviderLease.slot == slot)
            .values(holder=holder, expires_at=expires_at)
        )


def give_back(connection: Connection, holder: str) -> None:
    """End the lease of this holder, if it still has one."""
    connection.execute(update(ProviderLease).where(ProviderLease.holder == holder).values(holder=None, expires_at=None))


def renew(connection: Connection, holder: str, expires_at: datetime) -> bool:
    """Hold on longer; False where the lease was lost meanwhile."""
    return (
        connection.execute(
            update(ProviderLease).where(ProviderLease.holder == holder).values(expires_at=expires_at)
        ).rowcount
        == 1
    )


def _free(provider: str, concurrency: int, now: datetime) -> Select[int]:
    return (
        select(ProviderLease.slot)
        .where(
            ProviderLease.provider == provider,
            ProviderLease.slot < concurrency,
            or_(ProviderLease.holder.is_(None), ProviderLease.expires_at < now),
        )
        .order_by(ProviderLease.slot)
        .with_for_update(skip_locked=True)
    )


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
