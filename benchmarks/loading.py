"""Putting many rows into a database quickly: plain executemany on SQLite, COPY on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection

Row = Sequence[Any]


class Loader(Protocol):
    """Loads rows; `ago(minutes)` is that moment before `now` as this database takes it, negative for the future."""

    now: datetime

    @property
    def ago(self) -> Callable[[int], Any]: ...

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None: ...

    def finish(self) -> None:
        """Everything is in: let the database look at what it has."""


class SqliteLoader:
    """Fills a migrated file that nobody else has open."""

    def __init__(self, path: str, now: datetime) -> None:
        self.now = now
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000", "temp_store=MEMORY"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("BEGIN")

        @cache
        def ago(minutes: int) -> str:
            return (now - timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S.%f")

        self.ago: Callable[[int], Any] = ago

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        places = ", ".join("?" for _ in columns)
        self.connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({places})", rows)

    def finish(self) -> None:
        self.connection.execute("COMMIT")
        broken = self.connection.execute("PRAGMA foreign_key_check").fetchone()
        assert broken is None, f"a seeded row refers to nothing: {broken}"
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()


class PostgresLoader:
    """Fills the tables of a migrated database in the transaction of this connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.now = now
        self.raw: Any = connection.connection.driver_connection
        self.tables: list[str] = []

        @cache
        def ago(minutes: int) -> datetime:
            return now - timedelta(minutes=minutes)

        self.ago: Callable[[int], Any] = ago

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        with self.raw.cursor() as cursor, cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        self.tables.append(table)
        if columns[0] == "id" and table != "readings":
            self.raw.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), (select coalesce(max(id), 1) from {table}))"
            )

    def finish(self) -> None:
        for table in self.tables:
            self.raw.execute(f"analyze {table}")
