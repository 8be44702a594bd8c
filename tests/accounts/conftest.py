"""An installation that sends mail, for what needs letters, and an institution that signs people in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedforward.settings import Settings
from tests.factories.institutions import Liar, liar, provider


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu",
    )  # fmt: skip


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """A provider of single sign-on that others made."""
    with provider() as address:
        yield address


@pytest.fixture
def north() -> Iterator[Liar]:
    with liar() as teller:
        yield teller


@pytest.fixture
def south() -> Iterator[Liar]:
    with liar() as teller:
        yield teller
