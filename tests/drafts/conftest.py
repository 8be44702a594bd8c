"""The application with a recorder in the engine's place."""

from collections.abc import Iterator

import pytest

from feedforward.wiring import Wiring
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, wiring_with


@pytest.fixture
def started() -> StartedFeedback:
    return StartedFeedback()


@pytest.fixture
def site(wiring: Wiring, started: StartedFeedback) -> Iterator[Site]:
    with Site.open(wiring_with(wiring, started)) as opened:
        yield opened
