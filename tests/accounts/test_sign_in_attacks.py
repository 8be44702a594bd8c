"""Attacks on signing in: guessing, finding out who has an account, keeping a session that should be over."""

import asyncio
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from feedforward import urls
from feedforward.accounts import passwords
from feedforward.accounts.actions import create_account
from feedforward.accounts.limits import network_of
from feedforward.accounts.tables import FailedSignIn, Session, User
from feedforward.app import build_app
from feedforward.clock import SetClock
from feedforward.errors import RuleBroken
from feedforward.settings import Settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.site import PASSWORD, Site, Visitor

WRONG = "not the password at all"


def try_to_sign_in(browser: Visitor, email: str, password: str, **headers: str) -> int:
    browser.post(urls.sign_in(), {"email": email, "password": password, "next": "/"}, **headers)  # type: ignore[arg-type]
    return browser.status


def test_a_forged_sender_header_does_not_open_a_second_account_of_tries(site: Site) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    tries = site.wiring.settings.sign_in_tries
    statuses = [try_to_sign_in(browser, "ada@example.edu", WRONG) for _ in range(tries)]
    assert statuses == [422] * tries
    assert try_to_sign_in(browser, " ADA@example.edu ", PASSWORD) == 429
    assert browser.last is not None
    assert int(browser.last.headers["retry-after"]) == 15 * 60
    # On loopback a request that claims to come through a proxy is not served at all.
    assert try_to_sign_in(browser, "ada@example.edu", PASSWORD, X_Forwarded_For="203.0.113.7") == 400


def test_guesses_sent_at_the_same_time_are_all_counted(site: Site) -> None:
    site.make_person("Ada Student", password_hash=passwords.hash_password(PASSWORD))
    tries = site.wiring.settings.sign_in_tries
    statuses: list[int] = []

    def guess() -> None:
        statuses.append(try_to_sign_in(site.visitor(), "ada@example.edu", WRONG))

    threads = [threading.Thread(target=guess) for _ in range(tries * 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(422) <= tries
    assert statuses.count(429) >= tries * 2
    count = select(func.count()).select_from(FailedSignIn)
    assert site.wiring.database.read_now(lambda c: c.execute(count).scalar_one()) <= tries


def test_knocking_on_does_not_make_the_pause_longer_and_a_success_counts_no_more(site: Site, clock: SetClock) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    for _ in range(site.wiring.settings.sign_in_tries + 5):
        try_to_sign_in(browser, "ada@example.edu", WRONG)
    clock.moment += timedelta(minutes=15, seconds=1)
    for _ in range(site.wiring.settings.sign_in_tries + 5):
        assert try_to_sign_in(site.visitor(), "ada@example.edu", PASSWORD) == 200


def test_one_address_that_tries_many_accounts_has_to_pause(site: Site, clock: SetClock) -> None:
    browser = site.visitor()
    limit = site.wiring.settings.sign_in_tries_address

    statuses = {try_to_sign_in(browser, f"{number}@example.edu", "x" * 500) for number in range(limit)}
    clock.moment += timedelta(seconds=11)
    assert statuses == {422}
    assert try_to_sign_in(browser, "another@example.edu", "x" * 500) == 429


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
     ("fe80::1%eth0", "fe80::/64"), ("testclient", "testclient"), ("", "")],
)  # fmt: skip
def test_one_network_of_one_customer_is_one_sender(address: str, network: str) -> None:
    assert network_of(address) == network


def test_unknown_inactive_and_wrong_get_the_same_answer_after_the_same_time(site: Site) -> None:
    site.make_person("Ada Student", password_hash=passwords.hash_password(PASSWORD))
    inactive = site.make_person("Ina Inactive", password_hash=passwords.hash_password(PASSWORD))
    site.wiring.database.write_now(
        lambda c: c.execute(update(User).where(User.id == inactive).values(status="inactive"))
    )
    cases = {"ada@example.edu": WRONG, "nobody@example.edu": WRONG, "ina@example.edu": PASSWORD}
    answers, seconds = set(), {email: [] for email in cases}  # type: ignore[var-annotated]
    browser = site.visitor()
    for _ in range(7):
        for email, password in cases.items():
            started = time.perf_counter()
            assert try_to_sign_in(browser, email, password) == 422
            seconds[email].append(time.perf_counter() - started)
            answers.add(browser.page.text)
    assert len(answers) == 1
    middles = [statistics.median(each) for each in seconds.values()]
    assert max(middles) < 2.5 * min(middles), seconds


def test_passwords_are_never_checked_on_the_page_loop(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    real = passwords._fits

    def watched(password: str, stored: str | None) -> bool:
        threads.append(threading.current_thread().name)
        return real(password, stored)

    monkeypatch.setattr(passwords, "_fits", watched)
    site.person("Ada Student")
    assert len(threads) == 1
    assert threads[0].startswith("argon2")
    assert asyncio.run(passwords.fits("x", "no hash at all")) is False


def test_a_very_long_password_costs_nothing(site: Site) -> None:
    site.make_person("Ada Student", password_hash=passwords.hash_password(PASSWORD))
    started = time.perf_counter()
    assert try_to_sign_in(site.visitor(), "ada@example.edu", "x" * 1_000_000) == 422
    assert time.perf_counter() - started < 1


def test_a_token_from_before_signing_in_is_worth_nothing_after_it(site: Site) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    browser.client.cookies.set("feedforward-session", "a-token-the-attacker-knows", domain="127.0.0.1")
    browser.client.cookies.clear()
    browser.sign_in("ada@example.edu")
    first = browser.client.cookies["feedforward-session"]
    assert first != "a-token-the-attacker-knows"
    try_to_sign_in(browser, "ada@example.edu", PASSWORD)
    thief = site.visitor()
    thief.client.cookies.set("feedforward-session", first, domain="127.0.0.1")
    thief.get(urls.privacy())
    assert "Sign out" not in thief.page.text


def test_an_account_that_is_switched_off_is_out_at_once(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    browser.get(urls.courses())
    assert browser.status == 200
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="inactive")))
    browser.get(urls.courses())
    assert browser.path == urls.sign_in()


def test_signing_out_is_a_post_from_our_own_page(site: Site) -> None:
    browser = site.person("Ada Student")
    browser.get(urls.sign_out())
    assert browser.status == 404
    browser.post(urls.sign_out(), Origin="http://evil.example", Sec_Fetch_Site="cross-site")
    assert browser.status == 403
    count = select(func.count()).select_from(Session)
    assert site.wiring.database.read_now(lambda c: c.execute(count).scalar_one()) == 1


def test_an_address_is_given_once_even_after_its_account_was_deleted(site: Site) -> None:
    site.make_person("Ada Student")
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="deleted")))
    with pytest.raises(RuleBroken):
        site.make_person("Ada Student")


@pytest.fixture
def public(migrated_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The whole application as others reach it: a public https address behind a trusted proxy."""
    (tmp_path / "public.db").write_bytes(migrated_file.read_bytes())
    settings = Settings(
        _env_file=None, data_folder=tmp_path, database_url=f"sqlite:///{tmp_path / 'public.db'}",
        public_url="https://feedback.example.edu", secret_key=SecretStr("zq8Jd0-3kfhq72mXPaleqwe91Lxc0vbn"),
    )  # fmt: skip
    wiring = Wiring(settings)
    for email, demonstration in (("ada@example.edu", False), ("demo@example.edu", True)):
        wiring.database.write_now(
            create_account, email=email, name="Ada", role=Role.STUDENT, password_hash=passwords.hash_password(PASSWORD),
            now=wiring.clock.now(), demonstration=demonstration,
        )  # fmt: skip
    with TestClient(build_app(wiring), base_url="https://feedback.example.edu", follow_redirects=False) as client:
        client.headers["Origin"] = "https://feedback.example.edu"
        yield client


def test_under_https_the_session_cookie_is_bound_to_the_host(public: TestClient) -> None:
    response = public.post(urls.sign_in(), data={"email": "ada@example.edu", "password": PASSWORD, "next": "/"})
    assert response.status_code == 303
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-feedforward-session=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {each.strip() for each in cookie.split(";")}
    assert "Domain" not in cookie
    out = public.post(urls.sign_out())
    cleared = next(each for each in out.headers.get_list("set-cookie") if each.startswith("__Host-"))
    assert "Secure" in cleared
    assert "Max-Age=0" in cleared


def test_off_loopback_a_demonstration_account_is_answered_like_an_unknown_one(public: TestClient) -> None:
    def answer(email: str) -> tuple[int, str]:
        response = public.post(urls.sign_in(), data={"email": email, "password": PASSWORD, "next": "/"})
        return response.status_code, response.text.replace(email, "").split("<body>")[1]

    assert answer("demo@example.edu") == answer("none@example.edu")
    assert answer("demo@example.edu")[0] == 422
