"""Every statement as the database's driver gets it, whichever way it was sent: nothing can go past this."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import event

from feedforward.database import Database


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as the database got it; of many rows at once the values of the first."""

    statement: str
    values: Any


@contextmanager
def asked_of_the_driver(database: Database) -> Iterator[list[Asked]]:
    """Every statement but the ends of transactions, while the block runs."""
    found: list[Asked] = []

    def note(statement: str, values: Any) -> None:
        if statement.split(None, 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            found.append(Asked(statement, values))

    def connect(dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
        kept = {"factory": _sqlite_connection(note)} if database.is_sqlite else {"cursor_factory": _cursor(note)}
        return dialect.connect(*arguments, **{**options, **kept})

    event.listen(database.engine, "do_connect", connect)
    _connect_anew(database)
    try:
        yield found
    finally:
        event.remove(database.engine, "do_connect", connect)
        _connect_anew(database)


def _connect_anew(database: Database) -> None:
    database.engine.dispose()
    database._local = threading.local()


def _sqlite_connection(note: Any) -> type[sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, statement: str, values: Any = (), /) -> "Cursor":
            note(statement, values)
            super().execute(statement, values)
            return self

        def executemany(self, statement: str, rows: Any, /) -> "Cursor":
            rows = list(rows)
            note(statement, rows[0])
            super().executemany(statement, rows)
            return self

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

    return Connection


def _cursor(note: Any) -> type[psycopg.Cursor[Any]]:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            note(query, params)
            return super().execute(query, params, **options)

        def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
            rows = list(params_seq)
            note(query, rows[0])
            super().executemany(query, rows, **options)

    return Cursor
