"""Root secrets that were in force before: what was hashed under one of them can still be checked, nothing is made."""

import asyncio
from datetime import datetime

from sqlalchemy import Connection, insert, select

from feedforward.accounts.tables import EarlierSecret
from feedforward.encryption import CannotDecrypt, KeyRing, earlier_secrets
from feedforward.web.context import Web


def kept_secrets(connection: Connection) -> tuple[bytes, ...]:
    """Each as it is kept, wrapped."""
    return tuple(connection.execute(select(EarlierSecret.wrapped).order_by(EarlierSecret.kept_at)).scalars())


def keep_secret(connection: Connection, *, mark: str, wrapped: bytes, now: datetime) -> None:
    """Keep an earlier secret, once."""
    if connection.execute(select(EarlierSecret.mark).where(EarlierSecret.mark == mark)).first() is None:
        connection.execute(insert(EarlierSecret).values(mark=mark, wrapped=wrapped, kept_at=now))


async def secrets_before(web: Web) -> tuple[str, ...]:
    """Those of the setting and those that are kept; seldom any."""
    wrapped = await web.database.read(kept_secrets)
    opened = await asyncio.to_thread(_opened, web.services.key_ring, wrapped) if wrapped else ()
    return tuple(dict.fromkeys((*earlier_secrets(web.services.settings), *opened)))


def _opened(ring: KeyRing, wrapped: tuple[bytes, ...]) -> tuple[str, ...]:
    found = []
    for each in wrapped:
        try:
            found.append(ring.unwrap(each).decode())
        except CannotDecrypt:
            continue
    return tuple(found)
