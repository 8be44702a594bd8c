"""Changing the root secret: everything that lies under the key ring is wrapped anew, while the pages go on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import InstrumentedAttribute

from feedforward.accounts.earlier_secrets import keep_secret
from feedforward.accounts.tables import EarlierSecret, SecondFactor
from feedforward.audit.record import record
from feedforward.database import Database
from feedforward.encryption import CannotDecrypt, KeyRing, earlier_secrets
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import Addresses
from feedforward.mail.tables import MailMessage
from feedforward.operations.secret_mark import change_mark, mark_of
from feedforward.settings import Settings
from feedforward.storage.content import LocalContentStore

BATCH = 200
EVERY = datetime.max.replace(tzinfo=UTC)
NOTHING_TO_CHANGE = (
    "There is no earlier secret to leave. Set FEEDFORWARD_SECRET_KEY to the new one and "
    "FEEDFORWARD_EARLIER_SECRET_KEYS to the one so far, start FeedForward again with both, then run this."
)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A column whose values lie under the key ring; `key` finds the row."""

    what: str
    key: InstrumentedAttribute[Any]
    value: InstrumentedAttribute[Any]


# Content of drafts lies under keys of its own, one a draft, and those lie in files: see `LocalContentStore.rewrap`.
WRAPPED = (
    Wrapped("addresses of letters", MailMessage.id, MailMessage.address),
    Wrapped("authenticators", SecondFactor.user_id, SecondFactor.secret),
    Wrapped("earlier secrets", EarlierSecret.mark, EarlierSecret.wrapped),
)


@dataclass(slots=True)
class Counts:
    """Of one kind: how many were wrapped anew, lay under the newest already, or open under no secret given."""

    what: str
    anew: int = 0
    already: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Rotation:
    """What changing the secret needs."""

    database: Database
    content: LocalContentStore
    ring: KeyRing
    addresses: Addresses
    settings: Settings


def rotate(rotation: Rotation, now: datetime, tell: Callable[[Counts], None]) -> list[Counts]:
    """Wrap everything anew; what each kind came to. Stopped in the middle it goes on where it was: what is done
    already is seen by its key. RuleBroken where no earlier secret is given."""
    earlier = earlier_secrets(rotation.settings)
    if not earlier:
        raise RuleBroken(NOTHING_TO_CHANGE)
    for each in earlier:
        rotation.database.write_now(
            keep_secret, mark=mark_of(each), wrapped=rotation.ring.wrap(each.encode()), now=now
        )  # fmt: skip
    done = []
    for counts in _each_kind(rotation):
        tell(counts)
        done.append(counts)
    rotation.database.write_now(_finish, rotation.settings, done, now)
    return done


def _finish(connection: Connection, settings: Settings, done: list[Counts], now: datetime) -> None:
    change_mark(connection, settings)
    record(
        connection, at=now, actor_id=None, action="keys.rotate", subject=("installation", "keys"),
        anew=sum(each.anew for each in done), unreadable=sum(each.unreadable for each in done),
    )  # fmt: skip


def _each_kind(rotation: Rotation) -> Iterator[Counts]:
    for column in WRAPPED:
        yield _column(rotation, column)
    yield _content_keys(rotation)


def _column(rotation: Rotation, column: Wrapped) -> Counts:
    counts = Counts(column.what)
    for rows in _batches(rotation.database, column):
        changed = []
        for key, before in rows:
            try:
                anew = rotation.ring.rewrapped(before)
            except CannotDecrypt:
                counts.unreadable += 1
                continue
            if anew is None:
                counts.already += 1
            else:
                changed.append((key, before, _values(rotation, column, anew)))
        if changed:
            counts.anew += rotation.database.write_now(_write, column, changed)
    return counts


def _batches(database: Database, column: Wrapped) -> Iterator[list[tuple[Any, bytes]]]:
    last: Any = None
    while rows := database.read_now(_read, column, last):
        yield rows
        last = rows[-1][0]


def _read(connection: Connection, column: Wrapped, last: Any) -> list[tuple[Any, bytes]]:
    found = select(column.key, column.value).where(column.value.is_not(None)).order_by(column.key).limit(BATCH)
    if last is not None:
        found = found.where(column.key > last)
    return [(row[0], row[1]) for row in connection.execute(found)]


def _values(rotation: Rotation, column: Wrapped, anew: bytes) -> dict[str, Any]:
    values: dict[str, Any] = {column.value.key: anew}
    if column.value is MailMessage.address:
        # It is found by a hash that nobody without the secret can compute.
        values[MailMessage.address_hash.key] = rotation.addresses.hash_of(rotation.addresses.opened(anew).email)
    return values


def _write(connection: Connection, column: Wrapped, changed: list[tuple[Any, bytes, dict[str, Any]]]) -> int:
    """A row that somebody changed or removed since it was read is left to them."""
    return sum(
        connection.execute(
            update(column.key.class_).where(column.key == key, column.value == before).values(**values)
        ).rowcount
        for key, before, values in changed
    )


def _content_keys(rotation: Rotation) -> Counts:
    counts = Counts("keys of drafts")
    for content_id in rotation.content.content_ids(EVERY):
        try:
            if rotation.content.rewrap(content_id):
                counts.anew += 1
            else:
                counts.already += 1
        except CannotDecrypt:
            counts.unreadable += 1
    return counts
