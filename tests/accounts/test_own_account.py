"""One's own account: the name, and the browsers that are signed in to it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.account_queries import handle_of
from feedforward.accounts.browsers import browser_in_words
from feedforward.accounts.tables import Session, User
from feedforward.clock import SetClock
from feedforward.web.access import Role
from feedforward.web.sessions import hash_of
from tests.factories.site import Site, Visitor

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"


def handle(browser: Visitor) -> str:
    return handle_of(hash_of(browser.client.cookies["feedforward-session"]))


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_is_none_is_told_beside_the_field(site: Site, name: str) -> None:
    browser = site.person("Ada Student")
    browser.post(urls.rename_account(), {"name": name})
    assert browser.status == 422
    assert browser.page.form(urls.rename_account()).fields["name"] == name


def test_a_new_name_is_seen_and_brings_no_new_role(site: Site) -> None:
    browser = site.person("Ada Student")
    browser.post(
        urls.rename_account(), {"name": " Ada <b>Okafor</b> ", "role": "admin", "user_id": "1", "status": "deleted"}
    )
    assert browser.path == urls.account()
    assert "Ada <b>Okafor</b>" in browser.page.text
    found = site.wiring.database.read_now(lambda c: c.execute(select(User.name, User.role, User.status)).one())
    assert tuple(found) == ("Ada <b>Okafor</b>", Role.STUDENT, "active")


def test_every_browser_is_listed_in_words_this_one_first_and_no_token_with_it(site: Site, clock: SetClock) -> None:
    browser = site.person("Ada Student")
    other = site.visitor()
    other.client.headers["user-agent"] = FIREFOX
    clock.moment += timedelta(hours=1)
    other.sign_in("ada@example.edu")
    text = browser.get(urls.account()).text
    assert text.index("This browser") < text.index("Firefox on Linux")
    for visitor in (browser, other):
        token = visitor.client.cookies["feedforward-session"]
        assert token not in browser.page.html
        assert hash_of(token) not in browser.page.html


def test_sessions_that_are_over_are_not_listed(site: Site, clock: SetClock) -> None:
    site.person("Ada Student").client.headers["user-agent"] = FIREFOX
    clock.moment += timedelta(minutes=site.wiring.settings.idle_minutes + 1)
    browser = site.visitor().sign_in("ada@example.edu")
    assert len([form for form in browser.get(urls.account()).forms if "/sessions/" in form.action]) == 1


def test_one_browser_is_ended_and_another_persons_cannot_be(site: Site) -> None:
    browser, stranger = site.person("Ada Student"), site.person("Ben Student")
    other = site.visitor().sign_in("ada@example.edu")
    stranger.post(urls.end_session(handle(other)))
    assert stranger.status == 404
    other.get(urls.account())
    assert other.path == urls.account()
    browser.get(urls.account())
    browser.submit(urls.end_session(handle(other)))
    other.get(urls.account())
    assert other.path == urls.sign_in()
    browser.post(urls.end_session("gone"))
    assert browser.status == 404


def test_signing_out_everywhere_ends_all_of_ones_own_sessions_and_nobody_elses(site: Site) -> None:
    browser, stranger = site.person("Ada Student"), site.person("Ben Student")
    other = site.visitor().sign_in("ada@example.edu")
    browser.get(urls.account())
    browser.submit(urls.end_all_sessions())
    assert browser.path == urls.sign_in()
    other.get(urls.account())
    assert other.path == urls.sign_in()
    stranger.get(urls.account())
    assert stranger.path == urls.account()
    left = site.wiring.database.read_now(lambda c: c.execute(select(Session.user_id)).scalars().all())
    assert len(left) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) CriOS/142.0 Mobile Safari/604.1", "Chrome on an iPhone"),
        ("curl/8.0 <script>", "An unknown browser"), ("", "An unknown browser"),
    ],
)  # fmt: skip
def test_browsers_are_told_in_words_of_ours(agent: str, words: str) -> None:
    assert browser_in_words(agent) == words
