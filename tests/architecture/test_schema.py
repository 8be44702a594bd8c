"""Migrations give exactly the tables the code describes, on both databases, and touch nobody else's."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, UniqueConstraint, inspect, text

from feedforward.database import Database
from feedforward.schema import current_revision, metadata, migrate, migrate_engine, newest_revision

# The specification's index → ours; docs/adr/0011 says why a name differs.
SPECIFIED_INDEXES = {
    "idx_drafts_assignment_student": ("drafts", "ix_drafts_assignment_student", ["assignment_id", "student_id"]),
    "idx_feedback_draft": ("feedback", "ix_feedback_draft", ["draft_id"]),
    "idx_courses_instructor": ("courses", "ix_courses_owner", ["owner_id", "status"]),
}


def differences(connection: Connection) -> list[Any]:
    """What a new migration would have to change."""
    ours = metadata().tables

    def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name in ours

    context = MigrationContext.configure(
        connection, opts={"include_name": is_ours, "compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata()))


def shape_of(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, and its indexes by name."""
    inspector = inspect(connection)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)],
            sorted(str(index["name"]) for index in inspector.get_indexes(table)),
        )
        for table in sorted(inspector.get_table_names())
    }


def test_migrating_an_empty_database_gives_the_tables_the_code_describes(empty_database: Database) -> None:
    migrate(empty_database)
    assert empty_database.read_now(differences) == []
    assert empty_database.read_now(current_revision) == newest_revision()


def test_migrating_twice_changes_nothing(empty_database: Database) -> None:
    migrate(empty_database)
    before = empty_database.read_now(shape_of)
    migrate(empty_database)
    assert empty_database.read_now(shape_of) == before


def test_rows_of_the_engine_and_of_others_are_left_alone(empty_database: Database) -> None:
    """The engine keeps tables of these names in the same SQLite file."""

    def make(connection: Connection) -> None:
        connection.execute(text("create table workflow_status (workflow_uuid text primary key, inputs text)"))
        connection.execute(text("insert into workflow_status values ('draft-1', '[1]')"))
        connection.execute(text("create table somebody_elses (id integer primary key)"))

    empty_database.write_now(make)
    migrate(empty_database)

    def look(connection: Connection) -> list[tuple[Any, ...]]:
        connection.execute(text("select * from somebody_elses"))
        return [tuple(row) for row in connection.execute(text("select * from workflow_status"))]

    assert empty_database.read_now(look) == [("draft-1", "[1]")]
    assert empty_database.read_now(differences) == []


def test_the_engine_and_we_migrate_the_same_database_without_touching_each_other(empty_database: Database) -> None:
    migrate(empty_database)
    migrate_engine(empty_database.address)
    before = empty_database.read_now(shape_of)
    migrate(empty_database)
    migrate_engine(empty_database.address)
    assert empty_database.read_now(shape_of) == before
    assert empty_database.read_now(differences) == []
    ours = set(metadata().tables) | {"alembic_version"}
    if empty_database.is_sqlite:
        assert "workflow_status" in set(before) - ours
    else:
        assert set(before) == ours, "on PostgreSQL the engine has a schema of its own"


def test_a_forgotten_migration_would_be_found(empty_database: Database) -> None:
    migrate(empty_database)
    empty_database.write_now(lambda connection: connection.execute(text("alter table courses drop column description")))
    found = [entry[0] if isinstance(entry, tuple) else entry[0][0] for entry in empty_database.read_now(differences)]
    assert "add_column" in found


@pytest.mark.parametrize("specified", sorted(SPECIFIED_INDEXES))
def test_the_indexes_of_the_specification_exist(empty_database: Database, specified: str) -> None:
    table, name, columns = SPECIFIED_INDEXES[specified]
    migrate(empty_database)

    def indexes(connection: Connection) -> dict[str, list[str | None]]:
        return {str(each["name"]): each["column_names"] for each in inspect(connection).get_indexes(table)}

    assert empty_database.read_now(indexes)[name] == columns


def test_every_reference_that_is_followed_backwards_on_a_page_has_an_index() -> None:
    """Deleting or listing by a parent must not scan; a reference to who did something is never listed by."""
    who = {"created_by", "edited_by", "released_by", "reviewed_by", "preserved_by", "actor_id", "opened_by"}
    # Few rows, or reached from the other side only; each with the reason.
    may_scan = {
        "assignments.rubric_id": "a rubric is opened from its assignment",
        "drafts.rubric_id": "a rubric is opened from its draft",
        "rubrics.replaces_id": "versions are followed towards the older one",
        "readings.setting_id": "a setting is opened from its reading",
        "comments.criterion_id": "comments are listed by their feedback",
        "calibrations.rubric_id": "a rubric is opened from its calibration",
        "rubric_trials.rubric_id": "a rubric is opened from its trial",
        "calibrated_scores.calibration_id": "a calibration is named by its score",
    }
    bare: list[str] = []
    for table in metadata().sorted_tables:
        groups: list[Any] = [*table.indexes, table.primary_key]
        groups += [each for each in table.constraints if isinstance(each, UniqueConstraint)]
        leading = {next(iter(each.columns)).name for each in groups if len(each.columns)}
        bare += [
            f"{table.name}.{column.name}"
            for column in table.columns
            if column.foreign_keys and not column.primary_key and column.name not in leading | who
        ]
    assert sorted(set(bare) - set(may_scan)) == []
    assert sorted(set(may_scan) - set(bare)) == []


def test_every_constraint_and_index_has_a_name_of_its_own() -> None:
    named: list[Any] = [each for table in metadata().sorted_tables for each in (*table.constraints, *table.indexes)]
    names = [str(each.name) for each in named]
    assert "None" not in names
    assert len(names) == len(set(names))
