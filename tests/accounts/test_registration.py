"""Asking for an instructor's account: what is refused, what the page gives away, and how the address is confirmed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from feedforward import urls
from feedforward.accounts import registration_routes
from feedforward.accounts.limits import Limit
from feedforward.accounts.registration_actions import purge_registrations
from feedforward.accounts.tables import Registration, TermsAcceptance
from feedforward.clock import SetClock
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.driver import asked_of_the_driver
from tests.factories.letters import write_waiting
from tests.factories.registering import (
    CHOSEN,
    accounts,
    allow,
    ask_for_account,
    confirm_by,
    letters_by_template,
    registration_states,
)
from tests.factories.site import Site

NORA = "nora@example.org"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nora"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "nora@example.org"}, "password"),
        ({"accepted": ""}, "accepted"),
        ({"terms_version": "7"}, "accepted"),
        ({"terms_version": "²"}, "accepted"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site, changed: dict[str, str], field: str) -> None:
    browser = site.visitor()
    browser.get(urls.register())
    whole = browser.page.form(urls.register()).fields
    typed = whole | {"name": "Nora New", "email": NORA, "password": CHOSEN, "accepted": "yes"} | changed
    browser.post(urls.register(), typed)
    assert browser.status == 422
    assert f'id="field-{field}-error"' in browser.page.html
    kept = browser.page.form(urls.register()).fields
    assert (kept["name"], kept["email"]) == (typed["name"], typed["email"])
    assert typed["password"] not in browser.page.html.replace(typed["email"], "")
    assert registration_states(site) == []


def test_nobody_chooses_a_role_or_an_approval(site: Site) -> None:
    """Mass assignment: what the form does not have is not taken."""
    browser = site.visitor()
    browser.get(urls.register())
    fields = {**browser.page.form(urls.register()).fields, "name": "Nora New", "email": NORA, "password": CHOSEN}
    browser.post(urls.register(), {**fields, "accepted": "yes", "role": "admin", "status": "approved"})
    assert registration_states(site) == [(NORA, "asked")]
    assert accounts(site) == {}


def test_students_are_told_that_their_course_invites_them(site: Site) -> None:
    page = site.visitor().get(urls.register())
    assert "Students do not register" in page.text
    assert urls.register() in site.visitor().get(urls.sign_in()).links.values()


def test_known_and_unknown_addresses_are_told_the_same(site: Site) -> None:
    site.make_person("Ada Student")
    known, unknown = ask_for_account(site, "ada@example.edu"), ask_for_account(site)
    assert (known.status, known.page.text) == (unknown.status, unknown.page.text)
    written = {each.to: each.letter for each in write_waiting(site)}
    assert written["ada@example.edu"].subject == "You have an account already"
    assert "token" not in str(written["ada@example.edu"].link)
    assert registration_states(site) == [("ada@example.edu", "dropped"), (NORA, "asked")]


def test_a_known_address_costs_the_same_statements_as_an_unknown_one(site: Site) -> None:
    """So that no clock tells them apart."""
    site.make_person("Ada Student")
    asked: dict[str, list[str]] = {}
    for email in ("ada@example.edu", NORA):
        with asked_of_the_driver(site.wiring.database) as statements:
            assert ask_for_account(site, email).status == 200
        asked[email] = [each.statement for each in statements]
    assert asked["ada@example.edu"] == asked[NORA]
    assert not any("FROM users" in each for each in asked[NORA])


def test_a_confirmed_address_waits_unless_its_domain_is_approved(site: Site) -> None:
    ask_for_account(site)
    browser = site.visitor()
    confirm_by(browser, letters_by_template(site)["confirm_registration"])
    assert "An administrator now looks at your request" in browser.page.text
    assert registration_states(site) == [(NORA, "waiting")]
    assert accounts(site) == {}
    assert site.visitor().sign_in(NORA, CHOSEN).status == 422


def test_an_approved_domain_makes_an_instructor_at_once(site: Site) -> None:
    allow(site.person("Adam Admin", Role.ADMIN), "example.org")
    ask_for_account(site)
    browser = site.visitor()
    confirm_by(browser, letters_by_template(site)["confirm_registration"])
    assert browser.path == urls.home()
    assert "Good to see you, Nora New" in browser.page.text
    assert accounts(site)[NORA] == Role.INSTRUCTOR
    assert registration_states(site) == [(NORA, "approved")]
    accepted = site.wiring.database.read_now(lambda c: c.execute(select(TermsAcceptance.version)).scalars().all())
    assert accepted == [0]
    kept = site.wiring.database.read_now(lambda c: c.execute(select(Registration.password_hash)).scalar_one())
    assert kept == ""
    assert site.visitor().sign_in(NORA, CHOSEN).path == urls.home()


def test_opening_the_link_changes_nothing(site: Site) -> None:
    """Mail programs open links by themselves."""
    allow(site.person("Adam Admin", Role.ADMIN), "example.org")
    ask_for_account(site)
    site.visitor().get(letters_by_template(site)["confirm_registration"].path)
    assert registration_states(site) == [(NORA, "asked")]


def test_a_link_without_the_password_gives_no_account_to_who_typed_somebody_elses_address(site: Site) -> None:
    """An attacker registers a colleague's address with a password of their own; the colleague presses the button."""
    allow(site.person("Adam Admin", Role.ADMIN), "example.org")
    ask_for_account(site)
    colleague = site.visitor()
    confirm_by(colleague, letters_by_template(site)["confirm_registration"], password="what the colleague types")
    assert colleague.status == 422
    assert "This is not the password you chose" in colleague.page.text
    assert registration_states(site) == [(NORA, "asked")]
    assert NORA not in accounts(site)


def test_guessing_the_password_behind_a_link_pauses(site: Site) -> None:
    ask_for_account(site)
    letter = letters_by_template(site)["confirm_registration"]
    browser = site.visitor()
    for _ in range(site.wiring.settings.sign_in_tries):
        confirm_by(browser, letter, password="a guess that is wrong")
        assert browser.status == 422
    confirm_by(browser, letter)
    assert browser.status == 429
    assert browser.last is not None
    assert int(browser.last.headers["Retry-After"]) > 0


def test_a_link_works_once_and_for_a_day(site: Site, clock: SetClock) -> None:
    ask_for_account(site)
    letter = letters_by_template(site)["confirm_registration"]
    clock.moment += timedelta(hours=24, minutes=1)
    browser = site.visitor()
    browser.get(letter.path)
    assert browser.status == 404
    ask_for_account(site)
    again = letters_by_template(site)["confirm_registration"]
    confirm_by(browser, again)
    browser.post(urls.confirm_registration(), {"token": again.path.partition("token=")[2], "password": CHOSEN})
    assert browser.status == 404
    assert [status for _, status in registration_states(site)] == ["dropped", "waiting"]


def test_who_waits_already_is_told_so_and_does_not_wait_twice(site: Site) -> None:
    ask_for_account(site)
    confirm_by(site.visitor(), letters_by_template(site)["confirm_registration"])
    ask_for_account(site)
    assert letters_by_template(site)["confirm_registration"].letter.subject == "Your registration waits already"
    assert [status for _, status in registration_states(site)] == ["waiting", "dropped"]


def test_an_address_that_was_taken_meanwhile_is_not_given_twice(site: Site) -> None:
    allow(site.person("Adam Admin", Role.ADMIN), "example.org")
    ask_for_account(site)
    letter = letters_by_template(site)["confirm_registration"]
    site.make_person("Nora Other", email=NORA)
    browser = site.visitor()
    confirm_by(browser, letter)
    assert browser.status == 422
    assert "There is an account with this address already" in browser.page.text
    assert accounts(site)[NORA] == Role.STUDENT


def test_asking_often_pauses_for_an_address_and_for_a_network(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        assert ask_for_account(site).status == 200
    paused = ask_for_account(site)
    assert paused.status == 429
    assert "Too many requests for an account" in paused.page.text
    assert ask_for_account(site, "other@example.org").status == 200
    monkeypatch.setattr(registration_routes, "REGISTRATIONS", Limit("registration", 3, 4, timedelta(hours=1)))
    assert ask_for_account(site, "third@example.org").status == 200


def test_what_was_never_confirmed_or_is_decided_goes_after_a_month(site: Site, clock: SetClock) -> None:
    ask_for_account(site)
    database = site.wiring.database
    clock.moment += timedelta(days=29)
    assert database.write_now(purge_registrations, clock.now()) == 0
    clock.moment += timedelta(days=2)
    assert database.write_now(purge_registrations, clock.now()) == 1
    ask_for_account(site)
    database.write_now(lambda c: c.execute(update(Registration).values(status="waiting")))
    clock.moment += timedelta(days=90)
    assert database.write_now(purge_registrations, clock.now()) == 0


def test_who_is_signed_in_is_sent_home(site: Site) -> None:
    browser = site.person("Ada Student")
    browser.get(urls.register())
    assert browser.path == urls.home()


class TestTurnedOff:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"self_registration": False, "help_contact": "the IT desk, room 12"})

    def test_the_page_says_whom_to_ask_and_takes_nothing(self, site: Site) -> None:
        browser = site.visitor()
        assert "the IT desk, room 12" in browser.get(urls.register()).text
        browser.post(urls.register(), {"name": "N", "email": NORA, "password": CHOSEN, "accepted": "yes"})
        assert browser.status == 422
        assert registration_states(site) == []
