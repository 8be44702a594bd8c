"""Connecting an account to an institution: its owner proves it once, nobody else gets in, and it ends as it began."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedforward import urls
from feedforward.accounts.sso_tables import SignOnIdentity
from feedforward.accounts.tables import Session
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.settings import Settings
from tests.factories.institutions import (
    configured,
    person_with_identity,
    register,
    sign_on,
    signs_in_there,
)
from tests.factories.letters import write_waiting
from tests.factories.second_factor import set_up
from tests.factories.site import PASSWORD, Site


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


def connections(site: Site) -> list[tuple[int, str]]:
    found = select(SignOnIdentity.user_id, SignOnIdentity.subject).order_by(SignOnIdentity.id)
    return [tuple(row) for row in site.wiring.database.read_now(lambda c: c.execute(found).all())]  # type: ignore[misc]


def sessions(site: Site) -> int:
    count = select(func.count()).select_from(Session)
    return site.wiring.database.read_now(lambda c: c.execute(count).scalar_one())


def test_an_account_of_the_same_address_is_connected_only_with_its_password(site: Site, issuer: str) -> None:
    register(issuer, "s-1", email="Ada@Example.edu", email_verified=True, name="Ada")
    user_id = site.make_person("Ada Student")
    browser = sign_on(site.visitor(), "s-1", back_to=urls.mail_settings())
    assert (browser.path, sessions(site), connections(site)) == (urls.connect_sign_on(), 0, [])
    assert "ada@example.edu" in browser.page.text
    browser.submit(urls.connect_sign_on(), present_password="not the password at all")
    assert (browser.status, sessions(site), connections(site)) == (422, 0, [])
    browser.submit(urls.connect_sign_on(), present_password=PASSWORD)
    assert (browser.path, connections(site)) == (urls.mail_settings(), [(user_id, "s-1")])
    assert [each.template for each in write_waiting(site)] == ["sign_on_changed"]
    assert "feedforward-sign-on-waiting" not in browser.client.cookies
    again = sign_on(site.visitor(), "s-1")
    assert again.path == urls.home()


def test_guesses_of_the_password_are_counted_with_those_of_the_sign_in_page(site: Site, issuer: str) -> None:
    register(issuer, "s-2", email="ada@example.edu", email_verified=True)
    site.make_person("Ada Student")
    browser = sign_on(site.visitor(), "s-2")
    for _ in range(site.wiring.settings.sign_in_tries):
        browser.submit(urls.connect_sign_on(), present_password="not the password at all")
    browser.submit(urls.connect_sign_on(), present_password=PASSWORD)
    assert (browser.status, connections(site)) == (429, [])


def test_the_link_in_a_letter_connects_only_in_the_browser_that_signed_in(site: Site, issuer: str) -> None:
    register(issuer, "s-3", email="ada@example.edu", email_verified=True)
    user_id = site.make_person("Ada Student")
    browser = sign_on(site.visitor(), "s-3")
    browser.submit(urls.sign_on_letter())
    assert "Look at your mail" in browser.page.text
    (written,) = write_waiting(site)
    assert (written.to, written.template) == ("ada@example.edu", "sign_on_proof")
    # Whoever opens the letter elsewhere lets nobody in: neither themselves nor who had it sent.
    elsewhere = site.visitor()
    elsewhere.get(written.path)
    assert elsewhere.status == 404
    elsewhere.post(urls.sign_on_proof(), {"token": written.path.split("token=")[1]})
    assert (elsewhere.status, connections(site)) == (404, [])
    browser.get(written.path)
    browser.submit(urls.sign_on_proof())
    assert (browser.path, connections(site)) == (urls.home(), [(user_id, "s-3")])
    browser.get(written.path)
    assert browser.status == 404


def test_a_letter_for_one_address_connects_nobody_with_another(site: Site, issuer: str) -> None:
    register(issuer, "s-4", email="ada@example.edu", email_verified=True)
    register(issuer, "s-5", email="bea@example.edu", email_verified=True)
    site.make_person("Ada Student")
    site.make_person("Bea Student")
    sign_on(site.visitor(), "s-4").submit(urls.sign_on_letter())
    (written,) = write_waiting(site)
    other = sign_on(site.visitor(), "s-5")
    other.get(written.path)
    assert other.status == 404
    other.post(urls.sign_on_proof(), {"token": written.path.split("token=")[1]})
    assert (other.status, connections(site), sessions(site)) == (422, [], 0)


@pytest.mark.parametrize(
    ("email", "verified"),
    [("ada@example.edu", False), ("ada@example.edu", "yes"), ("ada@elsewhere.example", True),
     ("ada@sub.example.edu", True), ("evil@elsewhere.example,ada@example.edu", True), ("ada@example.edu", None)],
)  # fmt: skip
def test_an_address_nobody_vouches_for_finds_no_account(site: Site, issuer: str, email: str, verified: object) -> None:
    claims = {"email": email, "email_verified": verified}
    register(issuer, "s-6", **{name: value for name, value in claims.items() if value is not None})
    site.make_person("Ada Student")
    site.make_person("Eve Student", email="ada@elsewhere.example")
    browser = sign_on(site.visitor(), "s-6")
    assert "You have no account here yet" in browser.page.text
    assert "ada@" not in browser.page.text
    browser.post(urls.connect_sign_on(), {"present_password": PASSWORD})
    assert (connections(site), sessions(site)) == ([], 0)


def test_our_second_step_stays_where_the_institution_is_not_trusted_with_it(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    app = set_up(site, site.visitor().sign_in("ada@example.edu"))
    browser = sign_on(site.visitor(), "ada", back_to=urls.mail_settings())
    assert browser.path == urls.second_step()
    site.wiring.clock.moment += timedelta(seconds=60)  # type: ignore[attr-defined]
    browser.submit(urls.second_step(), code=app.code())
    assert browser.path == urls.mail_settings()


def test_connecting_on_the_account_page_takes_the_password_and_the_same_person(site: Site, issuer: str) -> None:
    browser = site.person("Ada Student")
    account = site.visitor()
    browser.get(urls.account())
    browser.get(browser.page.links["Connect North University"])
    browser.submit(urls.account_sign_on("north"), present_password="not the password at all")
    assert browser.status == 422
    browser.submit(urls.account_sign_on("north"), present_password=PASSWORD)
    back = signs_in_there(browser.page.links["Go on to North University"], "ada-there")
    account.client.cookies.update({name: value for name, value in browser.client.cookies.items() if "flow" in name})
    account.get(back)
    assert (account.status, connections(site)) == (422, [])
    browser.get(urls.account_sign_on("north"))
    browser.submit(urls.account_sign_on("north"), present_password=PASSWORD)
    browser.get(signs_in_there(browser.page.links["Go on to North University"], "ada-there"))
    assert "Your account is connected." in browser.page.text
    assert [subject for _, subject in connections(site)] == ["ada-there"]


def test_an_identity_that_is_connected_to_somebody_is_not_taken_over(site: Site, issuer: str) -> None:
    first = person_with_identity(site, issuer, "ada")
    browser = site.person("Bea Student")
    browser.get(urls.account_sign_on("north"))
    browser.submit(urls.account_sign_on("north"), present_password=PASSWORD)
    browser.get(signs_in_there(browser.page.links["Go on to North University"], "ada"))
    assert browser.status == 422
    assert "connected to another account" in browser.page.text
    assert connections(site) == [(first, "ada")]


def test_a_connection_is_ended_by_its_person_with_the_password(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = sign_on(site.visitor(), "ada")
    identity = site.wiring.database.read_now(lambda c: c.execute(select(SignOnIdentity.id)).scalar_one())
    stranger = site.person("Bea Student")
    stranger.post(urls.end_sign_on(identity), {"present_password": PASSWORD})
    assert (stranger.status, len(connections(site))) == (404, 1)
    browser.get(urls.account())
    browser.get(browser.page.links["End this connection"])
    browser.submit(urls.end_sign_on(identity), present_password="not the password at all")
    assert (browser.status, len(connections(site))) == (422, 1)
    browser.submit(urls.end_sign_on(identity), present_password=PASSWORD)
    assert (browser.status, connections(site)) == (200, [])


def test_what_waits_in_the_sign_in_page_stays_there(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    browser = site.visitor()
    browser.post(urls.rename_account(), {"name": "Ada Author"})
    assert browser.status == 401
    browser.submit(urls.sign_in_again())
    assert 'target="_blank"' in browser.page.html
    waiting = browser.page
    sign_on(browser, "ada")
    form = waiting.form(urls.rename_account())
    browser.post(form.action, dict(form.fields))
    assert "Your name is saved." in browser.page.text


def test_audit_rows_name_ids_and_words_of_ours_only(site: Site, issuer: str) -> None:
    register(issuer, "a-subject-of-theirs", email="ada@example.edu", email_verified=True, name="Ada")
    site.make_person("Ada Student")
    browser = sign_on(site.visitor(), "a-subject-of-theirs")
    browser.submit(urls.connect_sign_on(), present_password=PASSWORD)
    rows = site.wiring.database.read_now(lambda c: c.execute(select(AuditEvent.action, AuditEvent.detail)).all())
    assert "sign_on.link" in [row.action for row in rows]
    written = " ".join(str(row.detail) for row in rows)
    assert not any(word in written for word in ("a-subject-of-theirs", "ada@", "localhost"))
