"""Every released schema, with rows that its release wrote, comes to the newest one and keeps every value.

`released/NNNN.json` holds the tables of an installation as release NNNN left them, made through its pages by its own
factories and a real worker. 0001: the main job, a second draft, an erasure. 0010 (commit 8bedec7): registrations too,
domains, terms, second factor, sign-on, letters, a roster with invitations and a tutor's part, what became of
comments, chosen signals, a calibration in use, calls to a model, and somebody who was deleted. A release adds a file
here; none is ever changed.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, inspect, text

from feedforward.audit.verifying import verify
from feedforward.database import Database
from feedforward.schema import current_revision, migrate, newest_revision

RELEASED = sorted((Path(__file__).parent / "released").glob("*.json"))
Rows = dict[str, list[dict[str, Any]]]


def rows_of(release: Path) -> Rows:
    """Table → its rows; bytes stand as {"bytes": base64}."""
    rows: Rows = json.loads(release.read_text(encoding="utf-8"), object_hook=_bytes_again)
    return rows


def _bytes_again(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["bytes"]) if set(value) == {"bytes"} else value


def fill(connection: Connection, rows: Rows) -> None:
    """Every row as it stood, parents first; SQLite's spelling of values is cast to the column's type."""
    tables = MetaData()
    tables.reflect(connection, only=list(rows))
    for table in tables.sorted_tables:
        for row in rows[table.name]:
            marks = ", ".join(_mark(connection, table, name) for name in row)
            names = ", ".join(f'"{name}"' for name in row)
            connection.execute(text(f'insert into "{table.name}" ({names}) values ({marks})'), row)


def _mark(connection: Connection, table: Table, column: str) -> str:
    if connection.dialect.name == "sqlite":
        return f":{column}"
    kind = table.c[column].type.compile(connection.dialect)
    return f"cast(cast(:{column} as text) as {kind})" if kind != "BYTEA" else f":{column}"


def kept(connection: Connection, rows: Rows) -> dict[str, list[str]]:
    """The same columns of the same tables, as they stand now."""
    found: dict[str, list[str]] = {}
    for table, expected in rows.items():
        names = ", ".join(f'"{name}"' for name in expected[0])
        found[table] = sorted(map(repr, connection.execute(text(f'select {names} from "{table}"')).all()))
    return found


@pytest.mark.parametrize("release", RELEASED, ids=[each.stem for each in RELEASED])
def test_a_released_schema_upgrades_and_every_value_stays(empty_database: Database, release: Path) -> None:
    rows = rows_of(release)
    migrate(empty_database, release.stem)
    empty_database.write_now(fill, rows)
    before = empty_database.read_now(kept, rows)
    assert {table: len(values) for table, values in before.items()} == {table: len(rows[table]) for table in rows}
    migrate(empty_database)
    assert empty_database.read_now(current_revision) == newest_revision()
    assert empty_database.read_now(kept, rows) == before
    # What that release sealed still verifies.
    verified = empty_database.read_now(verify)
    assert verified.broken is None
    assert verified.seals == len(rows["audit_seals"])


@pytest.mark.parametrize("release", RELEASED, ids=[each.stem for each in RELEASED])
def test_the_rows_of_a_release_fill_nearly_every_table_it_had(empty_database: Database, release: Path) -> None:
    migrate(empty_database, release.stem)
    tables = set(empty_database.read_now(lambda connection: inspect(connection).get_table_names()))
    # Workers are seen only while they run.
    assert tables - set(rows_of(release)) == {"alembic_version", "workers_seen"}


def test_enrolments_that_ended_before_are_told_when_from_the_audit_log(empty_database: Database) -> None:
    rows = rows_of(RELEASED[0].with_name("0010.json"))
    migrate(empty_database, "0010")
    empty_database.write_now(fill, rows)
    migrate(empty_database)
    moments = "select student_id, status, deleted_at is not null as told from enrolments order by student_id"
    found = empty_database.read_now(lambda connection: connection.execute(text(moments)).all())
    assert sum(row.status == "removed" for row in found) == 2
    assert [row.student_id for row in found if bool(row.told) != (row.status == "removed")] == []
