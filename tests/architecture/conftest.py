"""Databases without a single table, for what is said about the schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedforward.database import Database
from tests.factories import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table, of each kind."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
        yield database
        database.close()
        return
    with postgres.database(request.getfixturevalue("postgres_address"), "template0") as address:
        database = Database(address)
        yield database
        database.close()
