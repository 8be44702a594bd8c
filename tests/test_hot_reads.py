"""Hot reads give what Core gives, on both databases: values, transactions and errors."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import (
    Connection,
    Float,
    LargeBinary,
    Select,
    bindparam,
    column,
    exists,
    func,
    insert,
    literal,
    select,
    table,
    text,
)  # fmt: skip
from sqlalchemy.exc import DBAPIError, MultipleResultsFound

from feedforward.accounts.tables import FailedSignIn, User
from feedforward.database import Database, UtcDateTime
from feedforward.hot_reads import HotRead
from feedforward.web.access import Role

NOON = datetime(2026, 11, 16, 12, 0, 0, 250, tzinfo=UTC)
NAMES = HotRead(select(FailedSignIn.account_hash).order_by(FailedSignIn.account_hash))


@pytest.fixture
def database(database_address: str) -> Iterator[Database]:
    opened = Database(database_address, wait_seconds=2)
    yield opened
    opened.close()


def add(connection: Connection, name: str, at: datetime = NOON) -> None:
    connection.execute(insert(FailedSignIn).values(at=at, account_hash=name, address_hash="x"))


def add_person(connection: Connection) -> None:
    connection.execute(
        insert(User).values(
            email="ada@example.edu", name="Ada", role=Role.STUDENT, status="active", password_hash="none",
            demonstration=True, created_at=NOON,
        )
    )  # fmt: skip


def test_values_are_what_core_gives_in_kind_and_content(database: Database) -> None:
    database.write_now(add_person)
    statement = select(
        User.name, User.role, User.demonstration, User.created_at, literal(None, UtcDateTime()), literal(0.5, Float()),
        literal(b"\x00\xff", LargeBinary()), exists(select(1).where(User.role == "admin")), func.count(User.id).over(),
    ).where(
        User.role == bindparam("role"), User.demonstration.is_(True), User.created_at >= bindparam("since"),
        User.status.in_(("active", "invited")), User.created_at.in_((NOON,)), User.name != "100% %(sure)s",
    )  # fmt: skip
    values = {"role": Role.STUDENT, "since": NOON.astimezone(timezone(timedelta(hours=5)))}

    def both(connection: Connection) -> tuple[Any, Any]:
        return HotRead(statement).rows(connection, **values), connection.execute(statement, values).all()

    hot, core = database.read_now(both)
    assert hot == [tuple(each) for each in core]
    assert [type(each) for each in hot[0]] == [type(each) for each in core[0]]
    assert hot[0][:5] == ("Ada", "student", True, NOON, None)
    assert hot[0][2] is True
    assert hot[0][7] is False
    assert hot[0][3].tzinfo is not None


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    since = HotRead(select(FailedSignIn.id).where(FailedSignIn.at > bindparam("since")))
    with pytest.raises(ValueError, match="time zone"):
        database.read_now(lambda connection: since.rows(connection, since=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_parameters_are_exactly_those_of_the_statement(database: Database) -> None:
    named = HotRead(select(FailedSignIn.id).where(FailedSignIn.account_hash == bindparam("name")))
    wrong: tuple[dict[str, Any], ...] = ({}, {"nmae": "a"}, {"name": "a", "more": 1})
    for values in wrong:
        with pytest.raises(TypeError, match="asks for"):
            database.read_now(named.rows, **values)


def test_a_list_of_unknown_length_is_refused(database: Database) -> None:
    listed = HotRead(select(FailedSignIn.id).where(FailedSignIn.account_hash.in_(bindparam("names", expanding=True))))
    with pytest.raises(TypeError, match="length"):
        database.read_now(lambda connection: listed.rows(connection, names=["a"]))


def test_one_row_none_and_too_many(database: Database) -> None:
    assert database.read_now(NAMES.one_or_none) is None
    database.write_now(add, "a")
    assert database.read_now(NAMES.one_or_none) == ("a",)
    database.write_now(add, "b")
    with pytest.raises(MultipleResultsFound):
        database.read_now(NAMES.one_or_none)


def test_an_error_is_what_core_raises_and_does_not_say_the_values(database: Database) -> None:
    missing: Select[Any] = (
        select(column("a")).select_from(table("no_such_table")).where(column("a") == bindparam("word"))
    )
    with pytest.raises(DBAPIError) as core:
        database.read_now(lambda connection: connection.execute(missing, {"word": "secret"}))
    with pytest.raises(DBAPIError) as hot:
        database.read_now(lambda connection: HotRead(missing).rows(connection, word="secret"))
    assert type(hot.value) is type(core.value)
    assert type(hot.value.orig) is type(core.value.orig)
    assert "secret" not in str(hot.value)


def test_reads_of_one_query_see_one_moment_and_the_next_query_sees_the_newest(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("on PostgreSQL each statement sees the newest rows, with Core as well")

    def twice(connection: Connection) -> tuple[int, int]:
        before = len(NAMES.rows(connection))
        database.write_now(add, "meanwhile")
        return before, len(NAMES.rows(connection))

    assert asyncio.run(database.read(twice)) == (0, 0)
    assert asyncio.run(database.read(NAMES.rows)) == [("meanwhile",)]


def test_inside_a_write_it_sees_what_was_written_and_leaves_the_transaction_alone(database: Database) -> None:
    def add_and_look(connection: Connection) -> list[tuple[Any, ...]]:
        add(connection, "new")
        return NAMES.rows(connection)

    assert database.write_now(add_and_look) == [("new",)]
    assert database.read_now(NAMES.rows) == [("new",)]


def test_a_connection_that_was_lost_is_replaced_and_the_read_done_again(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no connection to lose")
    database.write_now(add, "a")
    tries = []

    def cut_off_once(connection: Connection) -> list[tuple[Any, ...]]:
        tries.append(connection.execute(text("select pg_backend_pid()")).scalar_one())
        if len(tries) == 1:
            with database.engine.connect() as other:
                other.execute(text("select pg_terminate_backend(:pid)"), {"pid": tries[0]})
        return NAMES.rows(connection)

    assert database.read_now(cut_off_once) == [("a",)]
    assert len(set(tries)) == 2


def test_a_read_is_one_snapshot_whichever_statement_comes_first_and_leaves_nothing_open(database: Database) -> None:
    database.write_now(add, "ada")

    def core(connection: Connection) -> list[str]:
        return list(connection.execute(select(FailedSignIn.account_hash).order_by(FailedSignIn.account_hash)).scalars())

    def hot(connection: Connection) -> list[str]:
        return [name for (name,) in NAMES.rows(connection)]

    for first, second in ((hot, core), (core, hot), (hot, hot)):
        database.write_now(lambda connection: connection.execute(text("delete from failed_sign_ins")) and None)
        database.write_now(add, "ada")
        seen: list[list[str]] = []

        def both(connection: Connection, first: Any = first, second: Any = second, seen: Any = seen) -> Connection:
            seen.append(first(connection))
            if database.is_sqlite:
                database.write_now(add, "eve")
            seen.append(second(connection))
            return connection

        used = asyncio.run(database.read(both))
        assert seen == [["ada"], ["ada"]]
        assert not used.in_transaction()
        if database.is_sqlite:
            raw: Any = used.connection.dbapi_connection
            assert not raw.in_transaction
