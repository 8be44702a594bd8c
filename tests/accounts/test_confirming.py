"""Somebody without a password shows that it is them by signing in afresh at their institution."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedforward import urls
from feedforward.accounts.sso_tables import Confirmation
from feedforward.accounts.tables import SecondFactor
from feedforward.clock import SetClock
from feedforward.settings import Settings
from tests.factories.confirming import arrives, changes, count_of, freshly, goes
from tests.factories.institutions import Liar, configured
from tests.factories.second_factor import App
from tests.factories.site import Site

NEW = "ada.okafor@example.edu"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def settings(database_address: str, tmp_path: Path, north: Liar) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu", sign_on={"north": configured(north.issuer)},
    )  # fmt: skip


def test_a_new_address_is_asked_for_with_what_was_typed_kept_and_counts_once(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    browser.get(urls.change_email())
    assert 'type="password"' not in browser.page.html
    browser.submit(urls.change_email(), email=NEW)
    assert (browser.status, changes(site)) == (422, [])
    assert "Show first that it is you" in browser.page.text
    back = goes(browser, north, email=NEW)
    freshly(north)
    browser.get(back, Sec_Fetch_Site="cross-site")
    assert (browser.status, browser.path) == (200, urls.change_email())
    assert "North University confirmed that it is you." in browser.page.text
    browser.submit(urls.change_email())
    assert (browser.path, changes(site)) == (urls.account(), [NEW])
    assert count_of(site, Confirmation) == 0
    # Used up: the next time they go there again.
    browser.get(urls.change_email())
    browser.submit(urls.change_email(), email="ada@another.example")
    assert (browser.status, changes(site)) == (422, [NEW])


def test_a_second_factor_is_set_up_and_turned_off_with_the_code_typed_last(
    site: Site, north: Liar, clock: SetClock
) -> None:
    browser = arrives(site, north)
    browser.get(urls.second_factor())
    back = goes(browser, north, urls.begin_second_factor())
    freshly(north)
    browser.get(back)
    browser.submit(urls.begin_second_factor())
    assert browser.path == urls.set_up_second_factor()
    found = re.search(r"time-based codes: ((?:[A-Z2-7]{4} ?)+)", browser.page.text)
    assert found is not None
    app = App(site, found[1].replace(" ", ""), [])
    browser.submit(urls.set_up_second_factor(), code=app.code())
    browser.get(urls.second_factor())
    back = goes(browser, north, urls.second_factor_off())
    freshly(north)
    browser.get(back)
    browser.submit(urls.second_factor_off(), code_off="000000")
    assert count_of(site, SecondFactor) == 1
    clock.moment += timedelta(seconds=60)
    browser.submit(urls.second_factor_off(), code_off=app.code())
    assert count_of(site, SecondFactor) == 0
