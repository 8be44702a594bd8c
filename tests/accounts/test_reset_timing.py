"""Asking for a new password takes as long for an address without an account as for one that has one."""

import statistics
import time
from datetime import datetime

import pytest
from sqlalchemy import Connection

from feedforward import urls
from feedforward.accounts import password_routes
from feedforward.accounts.limits import Limit
from feedforward.accounts.password_actions import ask_for_reset
from feedforward.mail.addresses import SealedAddress
from tests.factories.site import Site


def difference(site: Site, requests: int) -> float:
    """Seconds between the medians for a known and an unknown address, over so many requests that alternate."""
    browser = site.visitor()
    seconds: dict[str, list[float]] = {"ada@example.edu": [], "nobody@example.edu": []}
    for number in range(requests // 2):
        # The second of two is served warmer: each is it as often as the other.
        for email in sorted(seconds, reverse=bool(number % 2)):
            started = time.perf_counter()
            browser.post(urls.forgotten_password(), {"email": email})
            seconds[email].append(time.perf_counter() - started)
            assert browser.status == 200
    known, unknown = (statistics.median(each) for each in seconds.values())
    return abs(known - unknown)


@pytest.fixture
def asked_often(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An installation that has Ada, and no limit on asking."""
    monkeypatch.setattr(password_routes, "RESETS", Limit("reset", 10_000, 10_000))
    site.make_person("Ada Student")
    difference(site, 4)
    return site


def test_known_and_unknown_addresses_take_the_same_time(asked_often: Site) -> None:
    """Medians within 5 ms over 200 requests. A busy machine blurs a round; a real difference is there in all three."""
    assert any(difference(asked_often, 200) < 0.005 for _ in range(3))


def test_a_difference_of_time_would_be_found(asked_often: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    known = asked_often.wiring.services.mail.addresses.hash_of("ada@example.edu")

    def ask_slowly(connection: Connection, *, address: SealedAddress, now: datetime) -> None:
        ask_for_reset(connection, address=address, now=now)
        if address.hash == known:
            time.sleep(0.2)

    monkeypatch.setattr(password_routes, "ask_for_reset", ask_slowly)
    assert difference(asked_often, 20) > 0.005
