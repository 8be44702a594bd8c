"""Actions committed together: one that fails harms no other, and nobody hears of a success before it is on the disk."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from feedforward.accounts.tables import FailedSignIn
from feedforward.database import Database
from feedforward.errors import NotFound, TemporarilyUnavailable
from feedforward.schema import migrate

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'together.db'}", wait_seconds=5)
    migrate(opened)
    yield opened
    opened.close()


def add(connection: Connection, name: str) -> str:
    connection.execute(insert(FailedSignIn).values(at=NOON, account_hash=name, address_hash="x"))
    return name


def names(connection: Connection) -> list[str]:
    return list(connection.execute(select(FailedSignIn.account_hash).order_by(FailedSignIn.account_hash)).scalars())


def together(database: Database, *actions: Callable[[Connection], Any]) -> list[Any]:
    """What these come to when all of them wait behind one that keeps the writer."""
    go = threading.Event()

    async def rush() -> list[Any]:
        first = asyncio.create_task(database.write(lambda _connection: go.wait(5)))
        await asyncio.sleep(0.05)
        rest = [asyncio.create_task(database.write(action)) for action in actions]
        await asyncio.sleep(0)
        go.set()
        await first
        return list(await asyncio.gather(*rest, return_exceptions=True))

    return asyncio.run(rush())


@pytest.fixture
def commits(database: Database) -> list[int]:
    counted: list[int] = []
    event.listen(database.engine, "commit", lambda _connection: counted.append(1))
    return counted


def test_actions_that_wait_share_a_commit(database: Database, commits: list[int]) -> None:
    assert together(database, *(lambda c, n=str(n): add(c, n) for n in range(9))) == [str(n) for n in range(9)]
    assert len(commits) == 2, "one for the action that kept them waiting, one for all the others"
    assert len(database.read_now(names)) == 9


def test_one_that_fails_is_undone_alone(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add(connection, "never")
        raise NotFound

    def breaks(connection: Connection) -> None:
        add(connection, "never")
        connection.exec_driver_sql("insert into failed_sign_ins (id) values (null)")

    said = together(database, lambda c: add(c, "a"), fails, lambda c: add(c, "b"), breaks, lambda c: add(c, "c"))
    assert (said[0], said[2], said[4]) == ("a", "b", "c")
    assert isinstance(said[1], NotFound)
    assert isinstance(said[3], IntegrityError)
    assert database.read_now(names) == ["a", "b", "c"]


def test_an_error_that_ends_the_whole_transaction_harms_no_other(database: Database) -> None:
    runs: list[str] = []

    def ends_it(connection: Connection) -> None:
        runs.append("ends")
        add(connection, "never")
        connection.exec_driver_sql("insert or rollback into failed_sign_ins (id) values (null)")

    said = together(database, lambda c: add(c, "a"), ends_it, lambda c: add(c, "b"))
    assert (said[0], said[2]) == ("a", "b")
    assert isinstance(said[1], IntegrityError)
    assert runs == ["ends", "ends"], "together, and then once more by itself"
    assert database.read_now(names) == ["a", "b"]


def test_a_commit_that_fails_fails_nobody_for_another(database: Database) -> None:
    tried: list[int] = []

    @event.listens_for(database.engine, "commit")
    def _fail(_connection: Connection) -> None:
        tried.append(1)
        if len(tried) == 2:
            raise sqlite3.OperationalError("disk I/O error")

    assert together(database, lambda c: add(c, "a"), lambda c: add(c, "b")) == ["a", "b"]
    assert len(tried) == 4, "the common one failed, then each was committed by itself"
    assert database.read_now(names) == ["a", "b"]


def test_a_database_that_is_busy_in_the_middle_is_tried_again(database: Database) -> None:
    failures = [1]

    def busy(connection: Connection) -> str:
        if failures:
            failures.pop()
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise OperationalError("insert", {}, error)
        return add(connection, "patient")

    assert together(database, lambda c: add(c, "a"), busy) == ["a", "patient"]
    assert database.read_now(names) == ["a", "patient"]


def test_a_full_disk_is_told_to_the_one_it_happened_to(database: Database) -> None:
    def full(_connection: Connection) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("insert", {}, error)

    said = together(database, lambda c: add(c, "a"), full)
    assert said[0] == "a"
    assert isinstance(said[1], TemporarilyUnavailable)


def test_whoever_stopped_waiting_before_its_turn_is_not_done(database: Database) -> None:
    go = threading.Event()

    async def rush() -> str:
        first = asyncio.create_task(database.write(lambda _connection: go.wait(5)))
        await asyncio.sleep(0.05)
        given_up = asyncio.create_task(database.write(add, "never"))
        stays = asyncio.create_task(database.write(add, "stays"))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.sleep(0)
        go.set()
        await first
        return await stays

    assert asyncio.run(rush()) == "stays"
    assert database.read_now(names) == ["stays"]


def test_nobody_is_answered_before_the_commit(database: Database) -> None:
    answered_before: list[bool] = []
    go = threading.Event()

    async def rush() -> None:
        first = asyncio.create_task(database.write(lambda _connection: go.wait(5)))
        await asyncio.sleep(0.05)
        rest = [asyncio.create_task(database.write(add, str(n))) for n in range(5)]
        await asyncio.sleep(0)

        @event.listens_for(database.engine, "commit")
        def _look(_connection: Connection) -> None:
            answered_before.append(any(each.done() for each in rest))

        go.set()
        await asyncio.gather(first, *rest)

    asyncio.run(rush())
    assert answered_before
    assert not any(answered_before)


KILLED = """
import asyncio, sys
from feedforward.database import Database
from tests.test_group_commit import add
database = Database(sys.argv[1])
async def one(number):
    for again in range(10_000):
        name = f"{number}-{again}"
        await database.write(add, name)
        print(name, flush=True)
async def main():
    await asyncio.gather(*(one(number) for number in range(20)))
asyncio.run(main())
"""


def test_what_was_acknowledged_survives_a_kill(database: Database) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, database.address], stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    assert child.stdout is not None
    acknowledged = [child.stdout.readline() for _ in range(300)]
    os.kill(child.pid, signal.SIGKILL)
    acknowledged += child.stdout.read().splitlines(keepends=True)
    child.stdout.close()
    child.wait()
    told = {line.decode().strip() for line in acknowledged if line.endswith(b"\n")}
    assert len(told) >= 300
    kept = set(database.read_now(names))
    assert told <= kept
    (integrity,) = database.read_now(lambda c: c.exec_driver_sql("pragma integrity_check").scalars().all())
    assert integrity == "ok"
    assert database.read_now(lambda c: c.execute(select(func.count()).select_from(FailedSignIn)).scalar_one()) == len(
        kept
    )
