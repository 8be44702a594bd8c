"""The database: engine, dialect differences, and the visible edges read(), read_slow() and write()."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, Integer, MetaData, create_engine, event, text
from sqlalchemy import types as sqltypes
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from feedforward.database_trouble import UNCERTAIN, is_lost, passes_by_itself, patiently
from feedforward.errors import TemporarilyUnavailable
from feedforward.group_commit import GroupCommit

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[Connection, P], T]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every mapped table; tables are used through Core statements only."""

    metadata = MetaData(naming_convention=NAMING)


def _moment_from_text(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored + "+00:00")


class UtcDateTime(sqltypes.TypeDecorator[datetime]):
    """A moment: timezone-aware in Python, stored in UTC; naive datetimes are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone was given to the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # A page reads dozens of moments: on SQLite they go from text to datetime in one step instead of three.
        return _moment_from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


BigId = BigInteger().with_variant(Integer(), "sqlite")


class Database:
    """One engine and the three ways to use it; each runs a plain function whose first argument is a connection."""

    def __init__(self, address: str, *, wait_seconds: float = 5.0, threads: int = 8) -> None:
        self.address = address
        self.wait_seconds = wait_seconds
        self.is_sqlite = address.startswith("sqlite")
        self.engine = _engine(address, threads, wait_seconds)
        self._local = threading.local()
        # One writer per process on SQLite: writers of a process wait in order instead of fighting for the file lock.
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else threads, thread_name_prefix="database-write")
        self._readers = ThreadPoolExecutor(threads, thread_name_prefix="database-read")
        self._together = GroupCommit(self.engine, self._writers, self._write)

    async def read(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short, indexed query: on SQLite here and now, on PostgreSQL in a thread."""
        if self.is_sqlite:
            try:
                return self._read_inline(query, *args, **kwargs)
            except (DBAPIError, sqlite3.Error) as error:
                if not passes_by_itself(error):
                    raise
        return await self.read_slow(query, *args, **kwargs)

    async def read_slow(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query that may take more than a few milliseconds, never on the page loop."""
        return await self._in_thread(self._readers, lambda end: self._read(end, lambda c: query(c, *args, **kwargs)))

    async def write(self, action: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action in one transaction: committed when it returns, rolled back when it raises.

        On SQLite actions that wait together are committed together (see group_commit.py); each still stands alone.
        """
        # The action runs in the context it was asked for in: an audit row says where its request came from.
        context = copy_context()

        def act(connection: Connection) -> T:
            return context.run(action, connection, *args, **kwargs)

        if self.is_sqlite:
            return await self._together.ask(act, self._end())
        return await self._in_thread(self._writers, lambda end: self._write(end, act))

    def read_now(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for callers that are not on an event loop."""
        return self._read(self._end(), lambda connection: query(connection, *args, **kwargs))

    def write_now(self, action: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`write` for callers that are not on an event loop."""
        return self._write(self._end(), lambda connection: action(connection, *args, **kwargs))

    def close(self) -> None:
        self._writers.shutdown()
        self._readers.shutdown()
        self.engine.dispose()

    def _end(self) -> float:
        return time.monotonic() + self.wait_seconds

    def _read(self, end: float, query: Callable[[Connection], T]) -> T:
        def once() -> T:
            with self.engine.connect() as connection:
                return query(connection)

        return patiently(once, end)

    def _write(self, end: float, action: Callable[[Connection], T]) -> T:
        def once() -> T:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin() as transaction:
                outcome = action(connection)
                try:
                    transaction.commit()
                except DBAPIError as error:
                    if is_lost(error):
                        # Whether it was kept is unknown: doing it again could do it twice.
                        raise TemporarilyUnavailable(UNCERTAIN) from None
                    raise
                return outcome

        return patiently(once, end)

    def _read_inline(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = self._local.connection = self.engine.connect()
        try:
            return query(connection, *args, **kwargs)
        finally:
            # Ends the read transaction: a snapshot kept open would show yesterday's rows and stop WAL checkpoints.
            if connection.in_transaction():
                connection.rollback()
            else:
                # Begun by hot reads alone (see hot_reads.py).
                cast(sqlite3.Connection, connection.connection.dbapi_connection).rollback()

    async def _in_thread(self, pool: ThreadPoolExecutor, call: Callable[[float], T]) -> T:
        # The time in the queue counts: behind a locked database all are answered in time, not one after another.
        return await asyncio.get_running_loop().run_in_executor(pool, call, self._end())


def _engine(address: str, threads: int, wait_seconds: float) -> Engine:
    wait = min(wait_seconds, 5.0)
    if not address.startswith("sqlite"):
        return create_engine(
            address, pool_size=threads * 2, max_overflow=4, pool_pre_ping=True, pool_recycle=1800, hide_parameters=True,
            connect_args={
                "connect_timeout": 5, "application_name": "feedforward",
                # A row that somebody else holds is waited for as long as a locked SQLite file, not for ever.
                "options": f"-c lock_timeout={int(wait * 1000)}",
            },
        )  # fmt: skip
    engine = create_engine(address, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": wait})

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None
        # Reading through a map halves the time of pages whose rows do not fit the cache; nothing is written through it.
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={int(wait * 1000)}",
            "cache_size=-8000", "secure_delete=ON", "temp_store=MEMORY", "mmap_size=268435456",
        ):  # fmt: skip
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> object:
        # A deferred transaction that turns into a write fails at once whatever the busy timeout: writers say so.
        if connection.get_execution_options().get("writes"):
            return connection.exec_driver_sql("BEGIN IMMEDIATE")
        raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        # A hot read before this statement has begun already, on this very connection.
        return None if raw.in_transaction else raw.execute("BEGIN")

    return engine


def start_reading(connection: Connection, raw: Any) -> None:
    """Begin a transaction for a hot read; `raw` is the driver's connection.

    On SQLite without SQLAlchemy's record of it, which takes as long as the statement: an inline read rolls back what is
    open on the driver, and a Core statement after this one joins in.
    """
    if connection.dialect.name != "sqlite":
        connection.begin()
    elif not raw.in_transaction:
        raw.execute("BEGIN")


def now_in(connection: Connection) -> datetime:
    """The database's own time in UTC, where two machines must agree (leases)."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = connection.execute(text("select clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


__all__ = ["Base", "BigId", "Database", "UtcDateTime", "now_in", "passes_by_itself", "start_reading"]
