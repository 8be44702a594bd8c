"""The end of a start: what is loaded after the first page went out, and what happens where that fails."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from uvicorn.config import STARTUP_FAILURE

from feedforward.app import ROUTE_MODULES, finish_start, routes_in
from feedforward.web.address_index import AddressIndex
from feedforward.wiring import Wiring
from tests.factories.installation import on_sqlite


@pytest.fixture
def wiring(tmp_path: Path, migrated_file: Path) -> Iterator[Wiring]:
    with on_sqlite(tmp_path, migrated_file, {}) as made:
        yield made


class Ended(BaseException):
    """Instead of the end of the test run."""


def test_a_process_that_cannot_load_a_page_ends_as_a_failed_start_does(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def end(code: int) -> None:
        raise Ended(code)

    def load(name: str) -> list[Route]:
        if name.startswith("feedforward.review"):
            raise ImportError("no such module")
        return routes_in(name)

    monkeypatch.setattr(os, "_exit", end)
    with pytest.raises(Ended) as ended:
        finish_start(wiring, AddressIndex(ROUTE_MODULES, load))
    assert ended.value.args == (STARTUP_FAILURE,)
    assert "cannot serve all pages" in caplog.text


def test_a_good_start_leaves_nothing_to_load(wiring: Wiring) -> None:
    loaded: list[str] = []

    def load(name: str) -> list[Route]:
        loaded.append(name)
        return routes_in(name)

    finish_start(wiring, AddressIndex(ROUTE_MODULES, load))
    assert sorted(loaded) == sorted(ROUTE_MODULES)
