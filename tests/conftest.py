"""What every test may ask for: a migrated database of each kind, the wired application, and people signed in to it."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings as settings_of_hypothesis

from feedforward.clock import SetClock
from feedforward.database import Database
from feedforward.schema import migrate
from feedforward.settings import Settings
from feedforward.wiring import Wiring
from tests.factories import postgres
from tests.factories.site import Site

# Tests must not read the developer's own settings.
for _name in [name for name in os.environ if name.startswith("FEEDFORWARD_")]:
    del os.environ[_name]

# What tests write needs to outlive no power cut: in memory nothing waits for the disk.
if _memory := postgres.memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _memory)

# Hypothesis' own 200 ms say more about a busy machine than about the rule; what hangs is still found.
settings_of_hypothesis.register_profile("feedforward", deadline=timedelta(seconds=5))
settings_of_hypothesis.load_profile("feedforward")

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with something slow in them first: begun last, the longest would keep one core busy and the others idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A real PostgreSQL of this test process, with a migrated template database."""
    with postgres.server() as address:
        template = Database(postgres.create(address, "template_ff"))
        migrate(template)
        template.close()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database: the test runs once on each kind."""
    if request.param == "sqlite":
        target = tmp_path / "feedforward.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), target)
        yield f"sqlite:///{target}"
        return
    with postgres.database(request.getfixturevalue("postgres_address"), "template_ff") as address:
        yield address


@pytest.fixture
def clock() -> SetClock:
    """Monday noon, until the test moves it."""
    return SetClock(NOON)


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_folder=tmp_path / "data", database_url=database_address)


@pytest.fixture
def wiring(settings: Settings, clock: SetClock) -> Iterator[Wiring]:
    wired = Wiring(settings, clock)
    yield wired
    wired.close()


@pytest.fixture
def site(wiring: Wiring) -> Iterator[Site]:
    """The application, with a way to make people and sign them in."""
    with Site.open(wiring) as opened:
        yield opened
