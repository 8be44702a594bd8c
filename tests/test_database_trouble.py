"""The database in trouble: locked, deadlocked, lost in the middle, full; patience within bounds, nothing done twice."""

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, create_engine, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from feedforward.accounts.tables import FailedSignIn
from feedforward.database import Database, passes_by_itself
from feedforward.errors import TemporarilyUnavailable

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


def test_a_lock_that_stays_is_given_up_in_time_whatever_waits_before(database: Database) -> None:
    holder = create_engine(database.address)
    with holder.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("lock table failed_sign_ins in exclusive mode"))
        started = time.monotonic()

        async def rush() -> list[BaseException | None]:
            return list(await asyncio.gather(*(database.write(add) for _ in range(30)), return_exceptions=True))

        outcomes = asyncio.run(rush())
        assert time.monotonic() - started < 4
        assert all(isinstance(each, TemporarilyUnavailable) for each in outcomes)
        assert database.read_now(count) == 0
        connection.rollback()
    holder.dispose()
    database.write_now(add)
    assert database.read_now(count) == 1


def test_a_lock_that_goes_is_waited_for(database: Database) -> None:
    held = threading.Event()

    def hold(connection: Connection) -> None:
        add(connection)
        if not database.is_sqlite:
            connection.execute(text("lock table failed_sign_ins in exclusive mode"))
        held.set()
        time.sleep(0.2)

    other = Database(database.address)
    thread = threading.Thread(target=other.write_now, args=(hold,))
    thread.start()
    held.wait(5)
    database.write_now(add)
    thread.join()
    other.close()
    assert database.read_now(count) == 2


def test_transactions_that_stand_in_each_other_s_way_are_tried_again(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    for name in ("a", "b"):
        database.write_now(add, name)
    ready = threading.Barrier(2, timeout=5)
    tries: list[str] = []

    def touch(connection: Connection, first: str, second: str) -> None:
        tries.append(first)
        for name in (first, second):
            connection.execute(
                text("update failed_sign_ins set address_hash = address_hash || '+' where account_hash = :name"),
                {"name": name},
            )
            if len(tries) <= 2 and name == first:
                ready.wait()

    patient = Database(database.address, wait_seconds=5)
    threads = [threading.Thread(target=patient.write_now, args=(touch, *pair)) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.close()
    assert len(tries) == 3
    touched = select(FailedSignIn.address_hash).order_by(FailedSignIn.account_hash)
    assert database.read_now(lambda c: c.execute(touched).scalars().all()) == ["x++", "x++"]


def test_a_commit_whose_fate_is_unknown_is_not_repeated(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no server that could be lost")
    killer = create_engine(database.address, isolation_level="AUTOCOMMIT")
    tries: list[int] = []

    def lose_the_server(connection: Connection) -> None:
        tries.append(1)
        add(connection)
        pid = connection.execute(text("select pg_backend_pid()")).scalar_one()
        with killer.connect() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
        time.sleep(0.1)

    with pytest.raises(TemporarilyUnavailable, match="Look first"):
        database.write_now(lose_the_server)
    killer.dispose()
    assert len(tries) == 1
    assert database.read_now(count) == 0


def test_a_full_disk_is_told_reads_go_on_and_it_recovers_by_itself(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("the file of SQLite can be given a size; a server cannot")

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for _ in range(200):
            add(connection, "x" * 64)

    with pytest.raises(TemporarilyUnavailable, match="disk is full"):
        database.write_now(fill)
    assert database.read_now(count) == 0
    database.engine.dispose()
    database.write_now(add)
    assert database.read_now(count) == 1


@pytest.mark.parametrize(
    ("state", "passes"), [("40001", True), ("40P01", True), ("55P03", True), ("53300", True), ("57P01", True),
                          ("08006", True), ("23505", False), ("42P01", False), ("22P05", False)],
)  # fmt: skip
def test_which_errors_of_postgresql_pass_by_themselves(state: str, passes: bool) -> None:
    original = type("FromServer", (Exception,), {"sqlstate": state})()
    assert passes_by_itself(DBAPIError("select", None, original)) is passes
    assert not passes_by_itself(ValueError())


def test_errors_and_their_logs_carry_no_values(database: Database) -> None:
    with pytest.raises((IntegrityError, OperationalError, DBAPIError)) as raised:
        database.write_now(lambda c: c.execute(text("insert into no_such_table values (:v)"), {"v": "purple violin"}))
    assert "purple violin" not in str(raised.value)
