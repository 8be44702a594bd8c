"""Signing in at an institution, against a provider others made: there and back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.accounts.tables import Session, User
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.settings import Settings
from tests.factories.institutions import (
    begin,
    configured,
    person_with_identity,
    sign_on,
    signs_in_there,
)
from tests.factories.site import Site


@pytest.fixture
def clock() -> SetClock:
    # The provider dates its tokens by the real time.
    return SetClock(datetime.now(UTC))


@pytest.fixture
def settings(database_address: str, tmp_path: Path, issuer: str) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu", sign_on={"north": configured(issuer)},
    )  # fmt: skip


def sessions(site: Site) -> int:
    count = select(func.count()).select_from(Session)
    return site.wiring.database.read_now(lambda c: c.execute(count).scalar_one())


def refusals(site: Site) -> list[str]:
    found = select(AuditEvent.detail).where(AuditEvent.action == "sign_on.refuse").order_by(AuditEvent.id)
    return [each["code"] for each in site.wiring.database.read_now(lambda c: c.execute(found).scalars().all())]


def test_a_connected_person_is_signed_in_and_led_to_where_they_were_going(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    assert "Sign in with North University" in browser.get(urls.sign_in()).text
    sign_on(browser, "ada", back_to=urls.mail_settings())
    assert (browser.status, browser.path) == (200, urls.mail_settings())
    assert "Ada Student" in browser.page.text
    assert "feedforward-sign-on-flow" not in browser.client.cookies
    browser.get(urls.account())
    assert "North University" in browser.page.text
    assert "last used" in browser.page.text


def test_an_answer_with_another_state_signs_nobody_in(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    back = signs_in_there(begin(browser), "ada")
    browser.get(back[: back.index("state=")] + "state=guessed")
    assert browser.status == 422
    assert "not begun in this browser" in browser.page.text
    assert refusals(site) == ["state"]
    # The flow of the person is not spoilt by somebody else's guess.
    browser.get(back)
    assert browser.path == urls.home()


@pytest.mark.parametrize("twice", ["&state=guessed", "&code=another"])
def test_a_value_that_is_sent_twice_is_none(site: Site, issuer: str, twice: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    browser.get(signs_in_there(begin(browser), "ada") + twice)
    assert (browser.status, sessions(site)) == (422, 0)


def test_an_answer_opened_in_another_browser_signs_nobody_in(site: Site, issuer: str) -> None:
    """Whoever sends somebody the way back of their own sign-in must not get them into their account."""
    person_with_identity(site, issuer, "ada")
    back = signs_in_there(begin(site.visitor()), "ada")
    victim = site.visitor()
    victim.get(back)
    assert (victim.status, sessions(site)) == (422, 0)
    begin(victim)
    victim.get(back)
    assert (victim.status, sessions(site)) == (422, 0)


def test_an_answer_is_worth_something_once(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    address = begin(browser)
    cookies = dict(browser.client.cookies)
    back = signs_in_there(address, "ada")
    browser.get(back)
    assert sessions(site) == 1
    browser.get(back)
    assert browser.status == 422
    thief = site.visitor()
    thief.client.cookies.update(cookies)
    thief.get(back)
    assert (thief.status, sessions(site)) == (422, 1)


def test_a_sign_in_that_takes_too_long_is_begun_again(site: Site, issuer: str, clock: SetClock) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    back = signs_in_there(begin(browser), "ada")
    clock.moment += timedelta(minutes=16)
    browser.get(back)
    assert "longer than a quarter of an hour" in browser.page.text


def test_a_frame_or_a_script_is_no_window_that_comes_back(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    back = signs_in_there(begin(browser), "ada")
    browser.get(back, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")
    assert browser.status == 422
    browser.get(back, Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image")
    assert (browser.status, sessions(site)) == (422, 0)


def test_somebody_who_declines_is_told_so(site: Site) -> None:
    browser = site.visitor()
    address = begin(browser)
    state = address.split("state=")[1].split("&")[0]
    browser.get(f"{urls.sign_on_return('north')}?error=access_denied&error_description=<b>No</b>&state={state}")
    assert "was not finished" in browser.page.text
    assert "<b>No</b>" not in browser.page.html
    assert "Try again with North University" in browser.page.links


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away_after_signing_in(site: Site, issuer: str, away: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = sign_on(site.visitor(), "ada", back_to=away)
    assert (browser.status, browser.path) == (200, urls.home())


def test_the_session_is_a_fresh_one(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    browser.client.cookies.set("feedforward-session", "a-token-the-attacker-knows", domain="127.0.0.1")
    browser.client.cookies.clear()
    sign_on(browser, "ada")
    assert browser.client.cookies["feedforward-session"] != "a-token-the-attacker-knows"


@pytest.mark.parametrize("status", ["inactive", "archived", "deleted"])
def test_an_account_that_is_switched_off_stays_closed(site: Site, issuer: str, status: str) -> None:
    user_id = person_with_identity(site, issuer, "ada")
    site.wiring.database.write_now(lambda c: c.execute(update(User).where(User.id == user_id).values(status=status)))
    browser = sign_on(site.visitor(), "ada")
    assert (browser.status, sessions(site), refusals(site)) == (403, 0, ["inactive"])
    assert "not active" in browser.page.text
