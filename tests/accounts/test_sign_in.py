"""Signing in: by e-mail and password, into a session the server keeps."""

from datetime import timedelta

from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import Session
from feedforward.clock import SetClock
from feedforward.web.access import Role
from tests.factories.site import PASSWORD, Site


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_and_keep_the_address(site: Site) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    browser.get(urls.sign_in())
    wrong = browser.submit(urls.sign_in(), email="ada@example.edu", password="not this one at all")
    assert browser.status == 422
    assert wrong.form(urls.sign_in()).fields["email"] == "ada@example.edu"
    unknown = browser.submit(urls.sign_in(), email="nobody@example.edu", password="not this one at all")
    assert unknown.text == wrong.text


def test_too_many_failed_sign_ins_pause_the_account_even_with_the_right_password(site: Site, clock: SetClock) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    browser.get(urls.sign_in())
    for attempt in range(site.wiring.settings.sign_in_tries):
        browser.submit(urls.sign_in(), email="ada@example.edu", password=f"a wrong guess, number {attempt}")
    browser.submit(urls.sign_in(), email="ada@example.edu", password=PASSWORD)
    assert browser.status == 429
    clock.moment += timedelta(minutes=16)
    browser.submit(urls.sign_in(), email="ada@example.edu", password=PASSWORD)
    assert browser.path == urls.home()


def test_signing_in_keeps_only_the_hash_of_the_token_and_starts_a_new_session(site: Site) -> None:
    browser = site.person("Ada Student")
    token = browser.client.cookies["feedforward-session"]
    stored = site.wiring.database.read_now(
        lambda connection: connection.execute(select(Session.token_hash)).scalars().all()
    )
    assert len(stored) == 1
    assert token not in stored
    browser.post(urls.sign_in(), {"email": "ada@example.edu", "password": PASSWORD, "next": "/"})
    after = site.wiring.database.read_now(
        lambda connection: connection.execute(select(Session.token_hash)).scalars().all()
    )
    assert len(after) == 1
    assert after != stored


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    browser = site.person("Ada Student")
    token = browser.client.cookies["feedforward-session"]
    browser.post(urls.sign_out())
    browser.client.cookies.set("feedforward-session", token, domain="127.0.0.1")
    browser.get(urls.courses())
    assert browser.path == urls.sign_in()


def test_a_session_ends_when_it_was_idle_too_long_and_after_its_hours_whatever_was_done(
    site: Site, clock: SetClock
) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    clock.moment += timedelta(minutes=site.wiring.settings.idle_minutes + 1)
    browser.get(urls.courses())
    assert browser.path == urls.sign_in()
    browser.sign_in("iris@example.edu")
    for _ in range(25):
        clock.moment += timedelta(hours=1)
        browser.get(urls.courses())
    assert browser.path == urls.sign_in()


def test_a_demonstration_account_is_nobody_where_other_machines_can_reach_the_pages(site: Site) -> None:
    site.make_person("Ada Student", demonstration=True)
    load = site.wiring.services.load_person
    browser = site.visitor().sign_in("ada@example.edu")
    token = browser.client.cookies["feedforward-session"]
    from datetime import timedelta as delta

    from feedforward.courses.signed_in import person_loader
    from feedforward.web.sessions import hash_of

    strict = person_loader(idle=delta(hours=1), refuse_demonstration=True)
    now = site.wiring.clock.now()
    assert site.wiring.database.read_now(load, hash_of(token), now) is not None
    assert site.wiring.database.read_now(strict, hash_of(token), now) is None
