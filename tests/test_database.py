"""The database's edges: one transaction per write, fresh reads, and no time without a zone."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from feedforward.accounts.tables import FailedSignIn
from feedforward.database import Database, passes_by_itself
from feedforward.errors import RuleBroken

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def database(database_address: str) -> Iterator[Database]:
    opened = Database(database_address, wait_seconds=0.5)
    yield opened
    opened.close()


def add(connection: Connection, name: str = "a", at: datetime = NOON) -> None:
    connection.execute(insert(FailedSignIn).values(at=at, account_hash=name, address_hash="x"))


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(FailedSignIn)).scalar_one()


def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    def half(connection: Connection) -> None:
        add(connection)
        raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        database.write_now(half)
    with pytest.raises(RuleBroken):
        asyncio.run(database.write(half))
    assert database.read_now(count) == 0


def test_what_a_read_writes_is_not_kept(database: Database) -> None:
    asyncio.run(database.read(add))
    database.read_now(add)
    assert database.read_now(count) == 0


def test_an_error_of_ours_is_raised_at_once_and_not_tried_again(database: Database) -> None:
    tries: list[int] = []

    def twice(connection: Connection) -> None:
        tries.append(1)
        for _ in range(2):
            connection.execute(insert(FailedSignIn).values(id=7, at=NOON, account_hash="a", address_hash="x"))

    with pytest.raises(IntegrityError) as raised:
        database.write_now(twice)
    assert len(tries) == 1
    assert not passes_by_itself(raised.value)


def test_each_read_sees_what_was_written_since_the_last_one(database: Database) -> None:
    async def story() -> list[int]:
        seen = []
        for _ in range(3):
            seen.append(await database.read(count))
            await database.write(add)
        return seen

    assert asyncio.run(story()) == [0, 1, 2]


def test_a_read_on_the_page_loop_keeps_no_snapshot_open(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL reads in threads and gives the connection back")

    async def story() -> tuple[int, int, int]:
        await database.read(count)
        with pytest.raises(RuleBroken):
            await database.read(_refuse)
        await database.write(add)
        other = sqlite3.connect(database.address.removeprefix("sqlite:///"))
        busy, log, moved = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        other.close()
        return busy, log, moved

    assert asyncio.run(story()) == (0, 0, 0)


def _refuse(connection: Connection) -> None:
    count(connection)
    raise RuleBroken("no")


def test_a_writer_says_so_before_it_reads(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("only SQLite takes its lock at the beginning")

    def lock_is_held(connection: Connection) -> bool:
        other = sqlite3.connect(database.address.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            other.close()
        return False

    assert database.write_now(lock_is_held)
    assert not database.read_now(lock_is_held)


ADD_MANY = """
import sys
from datetime import UTC, datetime
from sqlalchemy import insert
from feedforward.accounts.tables import FailedSignIn
from feedforward.database import Database
database = Database(sys.argv[1])
for _ in range(60):
    values = {"at": datetime.now(UTC), "account_hash": "a", "address_hash": "b"}
    database.write_now(lambda c: c.execute(insert(FailedSignIn).values(**values)))
database.close()
"""


def test_two_processes_write_at_the_same_time_and_nothing_is_lost(database: Database) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", ADD_MANY, database.address]) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert database.read_now(count) == 120


def test_a_moment_without_a_zone_is_refused_and_every_zone_is_told_in_utc(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        database.write_now(add, "a", datetime(2026, 11, 16, 12))  # noqa: DTZ001
    database.write_now(add, "a", datetime(2026, 11, 16, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2))))
    stored = database.read_now(lambda c: c.execute(select(FailedSignIn.at)).scalar_one())
    assert stored == NOON + timedelta(microseconds=123456)
    assert stored.utcoffset() == timedelta(0)
    found = select(func.count()).where(
        FailedSignIn.at > datetime(2026, 11, 16, 13, 59, tzinfo=timezone(timedelta(hours=2)))
    )
    assert database.read_now(lambda c: c.execute(found).scalar_one()) == 1


def test_the_file_of_the_database_is_synced_and_watches_its_foreign_keys(database: Database, tmp_path: Path) -> None:
    if not database.is_sqlite:
        pytest.skip("pragmas are SQLite's")

    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    assert database.read_now(pragmas) == ["wal", 2, 1, 500, 1]
