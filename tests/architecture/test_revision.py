"""The revision a start asks for is the one Alembic would name."""

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedforward.database import Database
from feedforward.schema import MIGRATIONS, current_revision, newest_revision


def test_a_database_without_a_table_has_no_revision() -> None:
    database = Database("sqlite://")
    assert database.read_now(current_revision) is None
    database.close()


def test_the_newest_revision_is_the_head_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()


def test_the_revision_of_a_migrated_database_is_what_its_migrations_left(database_address: str) -> None:
    database = Database(database_address)
    found = database.read_now(current_revision)
    assert found == database.read_now(lambda connection: MigrationContext.configure(connection).get_current_revision())
    assert found == newest_revision()
    database.close()
