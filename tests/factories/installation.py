"""A whole installation for tests with real processes: a data folder, a database of its own with the engine's tables."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from feedforward.schema import migrate_engine
from feedforward.settings import Settings
from feedforward.wiring import Wiring
from tests.factories import postgres


@contextmanager
def on_sqlite(folder: Path, migrated_file: Path, providers: Mapping[str, Any], **settings: Any) -> Iterator[Wiring]:
    """An installation on a file; `migrated_file` is the session's fixture of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated_file, folder / "feedforward.db")
    with _wired(folder, "", providers, settings) as wiring:
        yield wiring


@contextmanager
def on_postgresql(folder: Path, server: str, providers: Mapping[str, Any], **settings: Any) -> Iterator[Wiring]:
    """An installation on PostgreSQL; `server` is the session's fixture `postgres_address`."""
    with postgres.database(server, "template_ff") as address, _wired(folder, address, providers, settings) as wiring:
        yield wiring


@contextmanager
def _wired(folder: Path, address: str, providers: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[Wiring]:
    fields: dict[str, Any] = {"_env_file": None, "data_folder": folder, "database_url": address, **settings}
    made = Settings(**fields, providers=dict(providers))
    wiring = Wiring(made)
    migrate_engine(made.database_address)
    yield wiring
    wiring.close()


def words_in_tables(wiring: Wiring, words: bytes) -> list[str]:
    """The tables of the whole database, the engine's among them, in which these words stand in any column."""
    if wiring.database.is_sqlite:
        return [path.name for path in wiring.settings.data_folder.glob("feedforward.db*") if words in path.read_bytes()]
    found = []
    with wiring.database.engine.connect() as connection:
        tables = connection.execute(
            text("select schemaname, tablename from pg_tables where schemaname in ('public', 'engine')")
        ).all()
        for schema, table in tables:
            rows = connection.execute(text(f'select t::text from "{schema}"."{table}" as t')).scalars()
            if any(words.decode() in row for row in rows):
                found.append(f"{schema}.{table}")
    return found
