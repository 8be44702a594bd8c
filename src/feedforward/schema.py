"""The database's schema as a whole: every table, and bringing a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, text

# Imported for their effect on Base.metadata: a table nobody imports would be missing from migrations.
from feedforward.accounts import tables as _accounts
from feedforward.assessment import tables as _assessment
from feedforward.assignments import tables as _assignments
from feedforward.assessment.engine import ENGINE_SCHEMA
from feedforward.audit import tables as _audit
from feedforward.courses import tables as _courses
from feedforward.database import Base, Database
from feedforward.drafts import tables as _drafts
from feedforward.errors import RuleBroken
from feedforward.feedback import tables as _feedback
from feedforward.llm import tables as _llm
from feedforward.operations import tables as _operations
from feedforward.retention import tables as _retention
from feedforward.rubrics import tables as _rubrics

_OWNERS = (
    _accounts, _assessment, _assignments, _audit, _courses, _drafts, _feedback, _llm, _operations, _retention, _rubrics,
)  # fmt: skip
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def metadata() -> MetaData:
    """Every table of ours; the engine's are its own."""
    return Base.metadata


def migrate(database: Database) -> None:
    """Bring our tables to the newest revision. On SQLite foreign keys are off meanwhile and checked before it counts."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            command.upgrade(_config(connection), "head")
            _check_foreign_keys(connection, database)
            connection.commit()
        finally:
            connection.rollback()
            if database.is_sqlite:
                connection.invalidate()


def migrate_engine(address: str) -> None:
    """Bring the durable engine's own tables to its newest version."""
    from dbos import DBOS

    DBOS.migrate(address, schema=ENGINE_SCHEMA)


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None before the first migration."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    from alembic.script import ScriptDirectory

    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None
    return revision


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _check_foreign_keys(connection: Connection, database: Database) -> None:
    if database.is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise RuleBroken("The migration would leave rows without what they refer to; nothing was changed.")
