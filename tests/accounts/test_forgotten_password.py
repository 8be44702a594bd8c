"""Forgotten passwords: nobody learns who has an account, a link works once, and the thief of a session is out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.accounts import limits
from feedforward.accounts.tables import AccountToken, User
from feedforward.accounts.token_actions import mint
from feedforward.accounts.token_rules import TokenKind
from feedforward.clock import SetClock
from feedforward.mail.tables import MailMessage
from feedforward.settings import Settings
from feedforward.web.sessions import hash_of
from tests.factories.letters import write_waiting
from tests.factories.second_factor import set_up
from tests.factories.site import PASSWORD, Site, Visitor

NEW = "seven red umbrellas in june"


def ask(site: Site, email: str = "ada@example.edu") -> Visitor:
    browser = site.visitor()
    browser.get(urls.forgotten_password())
    browser.submit(urls.forgotten_password(), email=email)
    return browser


def link(site: Site) -> str:
    """The address in the only letter that waits."""
    (written,) = write_waiting(site)
    assert written.template == "password_reset"
    return written.path


def choose(site: Site, path: str, password: str = NEW) -> Visitor:
    browser = site.visitor()
    browser.get(path)
    if browser.status == 200:
        browser.submit(urls.reset_password(), new_password=password)
    return browser


def signs_in(site: Site, password: str) -> bool:
    return site.visitor().sign_in("ada@example.edu", password).path == urls.home()


@pytest.mark.parametrize("status", ["unknown", "inactive", "archived", "deleted"])
def test_an_address_without_an_active_account_gets_the_same_page_and_no_letter(site: Site, status: str) -> None:
    site.make_person("Ada Student")
    known = ask(site).page.text
    assert write_waiting(site)
    if status != "unknown":
        site.make_person("Ben Student")
        site.wiring.database.write_now(
            lambda c: c.execute(update(User).where(User.email == "ben@example.edu").values(status=status))
        )
    assert ask(site, "ben@example.edu").page.text == known
    assert write_waiting(site) == []


def test_asking_leaves_the_same_rows_for_every_address(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site, "ada@example.edu")
    ask(site, "nobody@example.edu")
    rows = site.wiring.database.read_now(
        lambda c: c.execute(select(MailMessage.user_id, MailMessage.kind, MailMessage.ids, MailMessage.status)).all()
    )
    assert len(rows) == 2
    assert rows[0] == rows[1]
    tokens = select(func.count()).select_from(AccountToken)
    assert site.wiring.database.read_now(lambda c: c.execute(tokens).scalar_one()) == 0, "minted when it is sent"


def test_only_the_hash_of_the_token_is_kept(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site)
    token = link(site).partition("token=")[2]
    stored = site.wiring.database.read_now(lambda c: c.execute(select(AccountToken.token_hash)).scalar_one())
    assert stored == hash_of(token) != token


def test_the_link_works_once_and_ends_every_session(site: Site) -> None:
    thief = site.person("Ada Student")
    ask(site)
    path = link(site)
    assert choose(site, path).path == urls.sign_in()
    thief.get(urls.account())
    assert thief.path == urls.sign_in()
    assert choose(site, path, "another one entirely, later").status == 404
    assert signs_in(site, NEW)
    assert not signs_in(site, PASSWORD)
    assert [each.template for each in write_waiting(site)] == ["password_changed"]


def test_of_two_links_the_first_used_voids_the_other(site: Site) -> None:
    site.make_person("Ada Student")
    paths = []
    for _ in range(2):
        ask(site)
        paths.append(link(site))
    assert choose(site, paths[1]).path == urls.sign_in()
    assert choose(site, paths[0]).status == 404


def test_a_link_used_in_two_windows_changes_the_password_once(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site)
    path = link(site)
    first, second = site.visitor(), site.visitor()
    for browser in (first, second):
        browser.get(path)
    first.submit(urls.reset_password(), new_password=NEW)
    second.submit(urls.reset_password(), new_password="another one entirely, later")
    assert second.status == 404
    assert signs_in(site, NEW)


def test_a_link_is_over_after_three_quarters_of_an_hour(site: Site, clock: SetClock) -> None:
    site.make_person("Ada Student")
    ask(site)
    path = link(site)
    clock.moment += timedelta(minutes=45)
    browser = choose(site, path)
    assert browser.status == 404
    assert "Ask for a new link" in browser.page.text


def test_a_link_of_a_switched_off_account_is_worth_nothing(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site)
    path = link(site)
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="inactive")))
    assert choose(site, path).status == 404


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "%00", "' or 1=1 --", "x" * 4000])
def test_a_made_up_token_opens_nothing(site: Site, token: str) -> None:
    site.make_person("Ada Student")
    assert choose(site, urls.reset_password(token) if token else "/reset-password?token=").status == 404
    browser = site.visitor()
    browser.post(urls.reset_password(), {"token": token, "new_password": NEW})
    assert browser.status == 404


def test_a_token_made_for_something_else_resets_nothing(site: Site) -> None:
    user_id = site.make_person("Ada Student")
    for kind in (TokenKind.EMAIL_CONFIRM, TokenKind.EMAIL_UNDO):
        token = site.wiring.database.write_now(
            mint, kind=kind, user_id=user_id, now=site.wiring.clock.now(), email="ada@example.edu"
        )
        assert choose(site, urls.reset_password(token)).status == 404


def test_opening_the_link_as_mail_scanners_do_uses_nothing_up(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site)
    path = link(site)
    for _ in range(3):
        assert "Choose a new password" in site.visitor().get(path).text
    assert choose(site, path).path == urls.sign_in()


def test_a_bad_password_keeps_the_link_good(site: Site) -> None:
    site.make_person("Ada Student")
    ask(site)
    path = link(site)
    refused = choose(site, path, "password12345")
    assert refused.status == 422
    assert "guessed" in refused.page.text
    assert choose(site, path).path == urls.sign_in()


def test_a_reset_is_no_way_around_the_second_step(site: Site) -> None:
    set_up(site, site.person("Ada Student"))
    write_waiting(site)
    ask(site)
    choose(site, link(site))
    assert site.visitor().sign_in("ada@example.edu", NEW).path == urls.second_step()


def test_a_paused_account_can_sign_in_after_a_reset(site: Site) -> None:
    site.make_person("Ada Student")
    guesser = site.visitor()
    for number in range(site.wiring.settings.sign_in_tries + 1):
        guesser.sign_in("ada@example.edu", f"a guess, number {number}")
    assert guesser.status == 429
    ask(site)
    choose(site, link(site))
    assert signs_in(site, NEW)


def test_asking_again_and_again_pauses_that_address_and_tells_the_wait(site: Site) -> None:
    for _ in range(limits.RESETS.per_account):
        assert ask(site).status == 200
    browser = ask(site, " ADA@Example.edu ")
    assert browser.status == 429
    assert browser.last is not None
    assert 0 < int(browser.last.headers["retry-after"]) <= 3600
    assert "Wait 60 minutes" in browser.page.text
    assert ask(site, "ben@example.edu").status == 200


def test_one_network_cannot_have_letters_sent_to_everybody(site: Site, clock: SetClock) -> None:
    statuses = {ask(site, f"person{number}@example.edu").status for number in range(limits.RESETS.per_address)}
    assert statuses == {200}
    clock.moment += timedelta(seconds=11)
    assert ask(site, "one.more@example.edu").status == 429


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c.de", "ada@example.edu\r\nBcc: x@example.edu", "x" * 300 + "@e.de"]
)
def test_what_is_no_address_is_told_and_nothing_is_sent(site: Site, email: str) -> None:
    browser = site.visitor()
    browser.post(urls.forgotten_password(), {"email": email})
    assert browser.status == 422
    assert write_waiting(site) == []


class TestWithoutAMailServer:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"smtp_host": "", "help_contact": "the IT desk, room 12"})

    def test_the_page_says_so_and_whom_to_ask(self, site: Site) -> None:
        browser = site.visitor()
        page = browser.get(urls.forgotten_password())
        assert "sends no mail" in page.text
        assert "Ask the IT desk, room 12." in page.text
        browser.post(urls.forgotten_password(), {"email": "ada@example.edu"})
        assert browser.status == 422
        assert write_waiting(site) == []
