"""Where passwords are turned off for a domain, nobody gets one: whoever asks is sent to their institution."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedforward import urls
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.sso_tables import SignOnIdentity
from feedforward.accounts.tables import FailedSignIn, User
from feedforward.clock import SetClock
from feedforward.mail.tables import MailMessage
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.confirming import count_of
from tests.factories.institutions import Liar, begin, configured
from tests.factories.registering import CHOSEN, allow, registration_states
from tests.factories.site import PASSWORD, Site, Visitor


@pytest.fixture
def database_address(migrated_file: Path, tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    (tmp_path / "feedforward.db").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'feedforward.db'}"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def settings(database_address: str, tmp_path: Path, north: Liar) -> Settings:
    entry = configured(north.issuer, domains=["north.example"], local_sign_in=False)
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu", sign_on={"north": entry},
    )  # fmt: skip


def comes(site: Site, north: Liar, subject: str = "nora-there") -> Visitor:
    """Somebody the institution vouches for, from the page that registers."""
    north.claims = {"sub": subject, "email": "nora@north.example", "name": "Nora New"}
    browser = site.visitor()
    browser.get(north.code_for(begin(browser, back_to=urls.register_with_sign_on())))
    return browser


def test_known_and_unknown_addresses_are_sent_there_alike_and_nothing_is_kept(site: Site) -> None:
    site.make_person("Ada Student", email="ada@north.example")
    asked = {
        urls.register(): {"name": "Ada", "password": CHOSEN, "accepted": "yes", "terms_version": "0"},
        urls.forgotten_password(): {},
        urls.sign_in(): {"password": PASSWORD, "next": "/"},
    }
    for address, fields in asked.items():
        pages = set()
        for email in ("ada@north.example", "nobody@north.example", "  ADA@North.example "):
            browser = site.visitor()
            browser.post(address, {"email": email, **fields})
            assert browser.status == 422
            assert "Go on to North University" in browser.page.links
            pages.add(browser.page.text)
        assert len(pages) == 1
    assert [count_of(site, table) for table in (FailedSignIn, MailMessage)] == [0, 0]
    assert registration_states(site) == []
    elsewhere = site.visitor()
    elsewhere.post(urls.forgotten_password(), {"email": "ada@sub.north.example"})
    assert "Look at your mail" in elsewhere.page.text


def test_an_instructor_gets_in_without_a_password_where_the_domain_is_approved(site: Site, north: Liar) -> None:
    admin = site.person("Alma Admin", Role.ADMIN)
    allow(admin, "north.example")
    browser = comes(site, north)
    assert browser.path == urls.register_with_sign_on()
    browser.submit(urls.register_with_sign_on(), name=" ", accepted="yes")
    assert browser.status == 422
    browser.submit(urls.register_with_sign_on(), name="Nora New", accepted="yes")
    assert browser.path == urls.home()
    found = select(User.role, User.password_hash, SignOnIdentity.subject).join(
        SignOnIdentity, SignOnIdentity.user_id == User.id
    )
    rows = site.wiring.database.read_now(lambda c: c.execute(found).all())
    assert [tuple(row) for row in rows] == [("instructor", NO_PASSWORD, "nora-there")]
    # Another person of the institution with the same address is led to the account, not into it.
    again = comes(site, north, "not-nora")
    assert again.path == urls.connect_sign_on()
    again.post(urls.register_with_sign_on(), {"name": "Nora", "accepted": "yes", "terms_version": "0"})
    assert again.status == 422
    assert count_of(site, SignOnIdentity) == 1


def test_one_whose_domain_is_not_approved_waits_without_a_password(site: Site, north: Liar) -> None:
    admin = site.person("Alma Admin", Role.ADMIN)
    browser = comes(site, north)
    browser.submit(urls.register_with_sign_on(), name="Nora New", accepted="yes")
    assert "Your address is confirmed" in browser.page.text
    assert registration_states(site) == [("nora@north.example", "waiting")]
    waiting = site.wiring.database.read_now(lambda c: c.execute(select(func.count()).select_from(User)).scalar_one())
    assert waiting == 1
    admin.get(urls.registrations())
    admin.get(admin.page.links["Nora New"])
    action = next(each.action for each in admin.page.forms if each.action.endswith("/approve"))
    admin.submit(action)
    # The account has no password: whoever signs in there proves by a letter that it is theirs.
    assert comes(site, north).path == urls.connect_sign_on()


def test_nobody_takes_an_address_they_could_not_sign_in_with(site: Site) -> None:
    browser = site.person("Bea Student")
    browser.get(urls.change_email())
    browser.submit(urls.change_email(), email="bea@north.example", present_password=PASSWORD)
    assert browser.status == 422
    assert "Connect your account to it first." in browser.page.text


def test_nobody_registers_with_an_institution_that_vouches_for_no_address(site: Site, north: Liar) -> None:
    north.claims = {"sub": "eve", "email": "eve@elsewhere.example"}
    browser = site.visitor()
    browser.get(north.code_for(begin(browser, back_to=urls.register_with_sign_on())))
    assert browser.path == urls.register()
    browser.post(urls.register_with_sign_on(), {"name": "Eve", "accepted": "yes", "terms_version": "0"})
    assert (browser.path, registration_states(site)) == (urls.register(), [])
