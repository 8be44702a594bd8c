"""The database's schema as a whole: every table, and bringing a database up to date."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, inspect, text

# Imported for their effect on Base.metadata: a table nobody imports would be missing from migrations.
from feedforward.accounts import sso_tables as _sign_on
from feedforward.accounts import tables as _accounts
from feedforward.assessment import tables as _assessment
from feedforward.assessment import trial_tables as _trials
from feedforward.assessment.engine import ENGINE_SCHEMA
from feedforward.assignments import calendar_tables as _calendar
from feedforward.assignments import life_cycle_tables as _life_cycle
from feedforward.assignments import settings_tables as _assignment_settings
from feedforward.assignments import tables as _assignments
from feedforward.audit import tables as _audit
from feedforward.calibration import tables as _calibration
from feedforward.courses import glass_tables as _glass
from feedforward.courses import tables as _courses
from feedforward.database import Base, Database
from feedforward.drafts import lms_tables as _lms
from feedforward.drafts import tables as _drafts
from feedforward.errors import RuleBroken
from feedforward.feedback import class_tables as _classes
from feedforward.feedback import tables as _feedback
from feedforward.llm import tables as _llm
from feedforward.mail import tables as _mail
from feedforward.operations import tables as _operations
from feedforward.operations.secret_mark import mark_secret, require_known_secret
from feedforward.operations.tables import InstallationMark
from feedforward.retention import tables as _retention
from feedforward.rubrics import tables as _rubrics
from feedforward.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config

_OWNERS = (
    _accounts, _assessment, _assignments, _audit, _calibration, _courses, _drafts, _feedback, _llm, _mail,
    _operations, _retention, _rubrics, _sign_on, _life_cycle, _classes, _assignment_settings, _glass, _calendar,
    _lms, _trials,
)  # fmt: skip
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_REVISION = re.compile(r"""^revision[^=\n]*=\s*["']([^"']+)["']""", re.MULTILINE)
_DOWN_REVISION = re.compile(r"""^down_revision[^=\n]*=\s*["']([^"']+)["']""", re.MULTILINE)


def metadata() -> MetaData:
    """Every table of ours; the engine's are its own."""
    return Base.metadata


def migrate(database: Database, revision: str = "head") -> None:
    """Bring our tables to a revision, the newest unless said. On SQLite foreign keys are off meanwhile and checked at
    its end."""
    from alembic import command

    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            command.upgrade(_config(connection), revision)
            _check_foreign_keys(connection, database)
            connection.commit()
        finally:
            connection.rollback()
            if database.is_sqlite:
                connection.invalidate()


def bring_up_to_date(settings: Settings, database: Database) -> None:
    """Our tables and the engine's at this version's schema; RuleBroken where the installation has another secret."""
    if database.read_now(lambda connection: inspect(connection).has_table(InstallationMark.__tablename__)):
        database.read_now(require_known_secret, settings)
    migrate(database)
    migrate_engine(settings.database_address)
    database.write_now(mark_secret, settings)


def migrate_engine(address: str) -> None:
    """Bring the durable engine's own tables to its newest version."""
    from dbos import DBOS

    DBOS.migrate(address, schema=ENGINE_SCHEMA)


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return revision


def require_migrated(settings: Settings) -> None:
    """RuleBroken where the database is not at this version's schema, or was made under another secret."""
    settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_address, wait_seconds=settings.database_wait_seconds)
    try:
        revision = database.read_now(current_revision)
        if revision != newest_revision():
            raise RuleBroken(f"The database is at revision {revision or 'none'}; run `feedforward migrate` first.")
        database.read_now(require_known_secret, settings)
    finally:
        database.close()


def newest_revision() -> str:
    """The revision this code is written for.

    Read from the files themselves: `serve` asks at every start, and importing Alembic for it costs a third of a second.
    """
    found: dict[str, str | None] = {}
    for path in (MIGRATIONS / "versions").glob("*.py"):
        script = path.read_text(encoding="utf-8")
        revision, before = _REVISION.search(script), _DOWN_REVISION.search(script)
        if revision is not None:
            found[revision[1]] = before[1] if before is not None else None
    (newest,) = set(found) - set(found.values())
    return newest


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _check_foreign_keys(connection: Connection, database: Database) -> None:
    if database.is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise RuleBroken("The migration would leave rows without what they refer to; nothing was changed.")
