"""Changing one's password: only by who knows the present one, and nobody else stays signed in."""

import pytest
from sqlalchemy import select, update

from feedforward import urls
from feedforward.accounts.passwords import hash_password
from feedforward.accounts.tables import User
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.site import PASSWORD, Site, Visitor

NEW = "seven red umbrellas in june"


def change(browser: Visitor, present: str = PASSWORD, new: str = NEW, **more: str) -> None:
    browser.get(urls.change_password())
    browser.post(urls.change_password(), {"present_password": present, "new_password": new, **more})


def works(site: Site, password: str) -> bool:
    return site.visitor().sign_in("ada@example.edu", password).path == urls.home()


def test_who_does_not_know_the_present_one_changes_nothing(site: Site) -> None:
    browser = site.person("Ada Student")
    change(browser, present="not this one at all")
    assert browser.status == 422
    assert "not your present password" in browser.page.text
    assert NEW not in browser.page.html
    assert works(site, PASSWORD)


@pytest.mark.parametrize(
    ("new", "words"),
    [("short", "12 characters"), ("password12345", "guessed"), ("Ada.Student.Example", "your name"),
     (PASSWORD, "present"), ("x" * 201, "200 characters"), ("", "12 characters")],
)  # fmt: skip
def test_a_bad_new_password_is_refused_in_plain_words(site: Site, new: str, words: str) -> None:
    browser = site.person("Ada Student")
    change(browser, new=new)
    assert browser.status == 422
    assert words in browser.page.text


def test_every_other_browser_is_out_this_one_starts_afresh_and_the_person_is_told(site: Site) -> None:
    browser = site.person("Ada Student")
    other = site.visitor().sign_in("ada@example.edu")
    before = browser.client.cookies["feedforward-session"]
    change(browser)
    assert browser.path == urls.account()
    assert browser.client.cookies["feedforward-session"] != before
    other.get(urls.account())
    assert other.path == urls.sign_in()
    thief = site.visitor()
    thief.client.cookies.set("feedforward-session", before, domain="127.0.0.1")
    thief.get(urls.account())
    assert thief.path == urls.sign_in()
    assert works(site, NEW)
    assert not works(site, PASSWORD)
    assert [(each.to, each.template) for each in write_waiting(site)] == [("ada@example.edu", "password_changed")]


def test_guessing_the_present_one_pauses_the_account_as_on_the_sign_in_page(site: Site) -> None:
    browser = site.person("Ada Student")
    for number in range(site.wiring.settings.sign_in_tries):
        change(browser, present=f"a guess, number {number}")
        assert browser.status == 422
    change(browser)
    assert browser.status == 429
    assert browser.last is not None
    assert 0 < int(browser.last.headers["retry-after"]) <= 15 * 60
    assert "Wait 15 minutes" in browser.page.text
    assert site.visitor().sign_in("ada@example.edu").status == 429


def test_a_change_in_another_window_is_not_overwritten(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = site.person("Ada Student")
    elsewhere = hash_password("changed elsewhere meanwhile")
    write = site.wiring.database.write

    async def write_late(action, *args, **kwargs):  # type: ignore[no-untyped-def]
        if action.__name__ == "change_password":
            await write(lambda c: c.execute(update(User).values(password_hash=elsewhere)))
        return await write(action, *args, **kwargs)

    monkeypatch.setattr(site.wiring.database, "write", write_late)
    change(browser)
    assert browser.status == 422
    stored = site.wiring.database.read_now(lambda c: c.execute(select(User.password_hash)).scalar_one())
    assert stored == elsewhere


def test_what_the_form_did_not_ask_for_changes_nothing(site: Site) -> None:
    browser = site.person("Ada Student")
    change(browser, role="admin", status="deleted", user_id="1", email="evil@example.edu")
    person = site.wiring.database.read_now(lambda c: c.execute(select(User.role, User.status, User.email)).one())
    assert tuple(person) == (Role.STUDENT, "active", "ada@example.edu")
    browser.post(urls.change_password(), {"present_password": [NEW, PASSWORD], "new_password": "a third one entirely"})
    assert browser.status == 400, "a field sent twice is no field"
