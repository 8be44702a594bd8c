"""The application uses turns, and looks for garbage again once it has started."""

import gc

import pytest

from feedforward import urls
from feedforward.wiring import Wiring
from tests.factories.site import Site


class CountedTurns:
    """Turns that nobody waits for, counted."""

    def __init__(self) -> None:
        self.taken = 0

    async def take(self) -> None:
        self.taken += 1


def test_pages_of_signed_in_people_take_turns_and_those_of_visitors_do_not(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = site.person("Ada Lopez")
    turns = CountedTurns()
    monkeypatch.setattr(site.client.app.state, "turns", turns)  # type: ignore[attr-defined]
    site.visitor().get(urls.sign_in())
    assert turns.taken == 0
    student.get(urls.home())
    assert turns.taken == 1


def test_garbage_is_collected_once_the_application_has_started(wiring: Wiring) -> None:
    gc.disable()
    try:
        with Site.open(wiring):
            assert gc.isenabled()
    finally:
        gc.enable()
