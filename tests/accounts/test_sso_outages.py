"""An institution that is slow, down, or drops connections: told plainly, over when it is over, nobody kept out."""

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedforward import urls
from feedforward.accounts import sso_client, sso_line, sso_routes
from feedforward.accounts.limits import Limit
from feedforward.clock import SetClock
from feedforward.settings import Settings
from tests.factories.institutions import (
    Liar,
    begin,
    come_back,
    configured,
    person_with_identity,
    refused,
)
from tests.factories.site import Site, Visitor


@pytest.fixture
def database_address(migrated_file: Path, tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    (tmp_path / "feedforward.db").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'feedforward.db'}"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def settings(database_address: str, tmp_path: Path, north: Liar, south: Liar) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address,
        sign_on={
            "north": configured(north.issuer),
            "south": configured(south.issuer, label="South College", domains=["south.example"], client_id="at-south"),
        },
    )  # fmt: skip


def begins(site: Site) -> Visitor:
    browser = site.visitor()
    browser.client.follow_redirects = False
    browser.get(urls.sign_on("north"))
    return browser


def test_an_institution_that_is_down_or_slow_is_told_plainly(
    site: Site, north: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    north.answers["/.well-known/openid-configuration"] = (503, {}, b"")
    browser = begins(site)
    assert browser.status == 503
    assert "North University does not answer at the moment." in browser.page.text
    north.answers.clear()
    line = site.wiring.sign_on.client("north")
    later = line.seconds() + 6
    line.seconds = lambda: later
    browser = site.visitor()
    back = north.code_for(begin(browser))
    monkeypatch.setattr(sso_line, "TIMEOUT", 0.3)
    north.delay = 1.0
    started = time.perf_counter()
    browser.get(back)
    assert (browser.status, refused(site)) == (503, ["failing", "unreachable"])
    assert time.perf_counter() - started < 0.9


def test_who_comes_while_it_is_down_does_not_wait_for_all_before_them(
    site: Site, north: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sso_line, "TIMEOUT", 0.5)
    north.delay = 1.0
    browsers = [site.visitor() for _ in range(6)]
    for each in browsers:
        each.client.follow_redirects = False
    threads = [threading.Thread(target=each.get, args=(urls.sign_on("north"),)) for each in browsers]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.status for each in browsers] == [503] * 6
    assert time.perf_counter() - started < 2.0
    assert len(north.asked) == 1
    # And who comes when it is back is let through.
    north.delay = 0.0
    line = site.wiring.sign_on.client("north")
    began = line.seconds()
    line.seconds = lambda: began + 6
    assert begin(site.visitor()).startswith(north.issuer)


def test_an_outage_keeps_no_network_out_once_it_is_over(
    site: Site, north: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sso_routes, "RETURNS", Limit("sign-on", 5, 3))
    person_with_identity(site, north.issuer, "somebody")
    assert come_back(site, north).path == urls.home()
    north.answers["/token"] = (503, {}, b"")
    for _ in range(5):
        assert come_back(site, north).status == 503
    north.answers.clear()
    site.wiring.clock.moment += timedelta(seconds=20)  # type: ignore[attr-defined]
    assert come_back(site, north).path == urls.home()


def test_a_connection_the_institution_dropped_is_made_again(site: Site, north: Liar) -> None:
    person_with_identity(site, north.issuer, "somebody")
    north.drops = 1
    assert come_back(site, north).path == urls.home()
    north.drops = 99
    assert come_back(site, north).status == 503


def test_who_comes_while_a_description_is_fetched_anew_uses_the_one_there_is(site: Site, north: Liar) -> None:
    assert begin(site.visitor()).startswith(north.issuer)
    line = site.wiring.sign_on.client("north")
    began = line.seconds()
    line.seconds = lambda: began + sso_client.FRESH_SECONDS + 1
    north.delay = 1.0
    first, second = site.visitor(), site.visitor()
    waits = threading.Thread(target=begin, args=(first,))
    waits.start()
    while len(north.asked) < 2:
        time.sleep(0.01)
    started = time.perf_counter()
    begin(second)
    assert time.perf_counter() - started < 0.7
    waits.join()
    assert north.asked == ["/.well-known/openid-configuration"] * 2
