"""Changing the address of an account: confirmed from the new mailbox, undone from the old one, by nobody else."""

from datetime import timedelta

from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.accounts.email_actions import purge_email_changes
from feedforward.accounts.tables import EmailChange, User
from feedforward.clock import SetClock
from tests.factories.letters import Written, write_waiting
from tests.factories.second_factor import set_up
from tests.factories.site import PASSWORD, Site, Visitor

NEW = "ada.new@example.edu"


def ask(browser: Visitor, email: str = NEW, password: str = PASSWORD) -> None:
    browser.get(urls.change_email())
    browser.submit(urls.change_email(), email=email, present_password=password)


def letters(site: Site) -> dict[str, Written]:
    """Template → its letter, of those that wait."""
    return {each.template: each for each in write_waiting(site)}


def confirm(browser: Visitor, written: Written) -> None:
    browser.get(written.path)
    if browser.status == 200:
        browser.submit(urls.confirm_email())


def email_of(site: Site, name: str = "Ada Student") -> str:
    statement = select(User.email).where(User.name == name)
    return str(site.wiring.database.read_now(lambda c: c.execute(statement).scalar_one()))


def test_without_the_password_no_letter_goes_out(site: Site) -> None:
    browser = site.person("Ada Student")
    ask(browser, password="not this one at all")
    assert browser.status == 422
    assert browser.page.form(urls.change_email()).fields["email"] == NEW
    assert write_waiting(site) == []


def test_nothing_changes_until_the_new_mailbox_confirmed_it(site: Site) -> None:
    browser = site.person("Ada Student")
    ask(browser)
    assert browser.path == urls.account()
    assert f"{NEW} waits for its confirmation" in browser.page.text
    assert email_of(site) == "ada@example.edu"
    sent = letters(site)
    assert {name: each.to for name, each in sent.items()} == {
        "confirm_email": NEW, "email_change_asked": "ada@example.edu"
    }  # fmt: skip
    confirm(browser, sent["confirm_email"])
    assert email_of(site) == NEW
    told = letters(site)
    assert told["email_changed"].to == "ada@example.edu"
    assert site.visitor().sign_in(NEW).path == urls.home()
    assert site.visitor().sign_in("ada@example.edu").status == 422


def test_a_confirmation_works_once_for_a_day_and_for_its_person_alone(site: Site, clock: SetClock) -> None:
    browser, other = site.person("Ada Student"), site.person("Ben Student")
    ask(browser)
    written = letters(site)["confirm_email"]
    token = written.path.partition("token=")[2]
    confirm(other, written)
    assert other.status == 404
    other.post(urls.confirm_email(), {"token": token})
    assert other.status == 404
    assert email_of(site, "Ben Student") == "ben@example.edu"
    stranger = site.visitor()
    stranger.get(written.path)
    assert stranger.path == urls.sign_in()
    confirm(browser, written)
    browser.post(urls.confirm_email(), {"token": token})
    assert browser.status in (404, 422)
    ask(browser, "third@example.edu")
    late = letters(site)["confirm_email"]
    clock.moment += timedelta(hours=24)
    browser.sign_in(NEW)
    confirm(browser, late)
    assert browser.status == 404
    assert email_of(site) == NEW


def test_a_dropped_or_newer_wish_makes_the_link_worthless(site: Site) -> None:
    browser = site.person("Ada Student")
    ask(browser)
    first = letters(site)["confirm_email"]
    ask(browser, "second@example.edu")
    second = letters(site)["confirm_email"]
    confirm(browser, first)
    assert browser.status == 404
    browser.get(urls.account())
    browser.submit(urls.drop_email_change())
    confirm(browser, second)
    assert browser.status == 404
    assert email_of(site) == "ada@example.edu"


def test_an_address_of_another_account_is_refused_at_the_end_and_not_told_before(site: Site) -> None:
    site.make_person("Ben Student")
    browser = site.person("Ada Student")
    ask(browser, "free@example.edu")
    free = browser.page.text.replace("free@example.edu", "")
    ask(browser, "ben@example.edu")
    assert browser.page.text.replace("ben@example.edu", "") == free
    confirm(browser, letters(site)["confirm_email"])
    assert browser.status == 422
    assert "another account" in browser.page.text
    assert email_of(site) == "ada@example.edu"


def test_the_old_mailbox_takes_the_account_back_from_who_stole_it(site: Site) -> None:
    thief = site.person("Ada Student")
    ask(thief)
    confirm(thief, letters(site)["confirm_email"])
    undo = letters(site)["email_changed"]
    set_up(site, thief)
    owner = site.visitor()
    owner.get(undo.path)
    owner.submit(urls.undo_email())
    assert owner.path == urls.reset_password()
    assert email_of(site) == "ada@example.edu"
    thief.get(urls.account())
    assert thief.path == urls.sign_in()
    assert site.visitor().sign_in("ada@example.edu").status == 422, "the password the thief knew is gone"
    owner.submit(urls.reset_password(), new_password="seven red umbrellas in june")
    assert site.visitor().sign_in("ada@example.edu", "seven red umbrellas in june").path == urls.home()
    owner.get(undo.path)
    assert owner.status == 404


def test_undoing_keeps_a_second_step_that_was_there_before(site: Site, clock: SetClock) -> None:
    browser = site.person("Ada Student")
    set_up(site, browser)
    clock.moment += timedelta(minutes=5)
    ask(browser)
    confirm(browser, letters(site)["confirm_email"])
    owner = site.visitor()
    owner.get(letters(site)["email_changed"].path)
    owner.submit(urls.undo_email())
    owner.submit(urls.reset_password(), new_password="seven red umbrellas in june")
    assert site.visitor().sign_in("ada@example.edu", "seven red umbrellas in june").path == urls.second_step()


def test_undoing_is_possible_for_a_week_and_not_for_an_account_that_is_switched_off(
    site: Site, clock: SetClock
) -> None:
    browser = site.person("Ada Student")
    ask(browser)
    confirm(browser, letters(site)["confirm_email"])
    undo = letters(site)["email_changed"]
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="inactive")))
    assert "does not work any more" in site.visitor().get(undo.path).text
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="active")))
    clock.moment += timedelta(days=7)
    assert "does not work any more" in site.visitor().get(undo.path).text


def test_a_reset_link_sent_to_the_old_address_is_void_after_the_change(site: Site) -> None:
    browser = site.person("Ada Student")
    ask(browser)
    wish = letters(site)["confirm_email"]
    site.visitor().post(urls.forgotten_password(), {"email": "ada@example.edu"})
    reset = letters(site)["password_reset"]
    confirm(browser, wish)
    assert "does not work any more" in site.visitor().get(reset.path).text


def test_addresses_are_kept_no_longer_than_a_letter_and_its_link_may_take(site: Site, clock: SetClock) -> None:
    def kept(after: timedelta) -> int:
        purge = site.wiring.database.write_now
        clock.moment += after
        purge(purge_email_changes, clock.now())
        counted = select(func.count()).select_from(EmailChange)
        return site.wiring.database.read_now(lambda c: c.execute(counted).scalar_one())

    browser = site.person("Ada Student")
    ask(browser)
    confirm(browser, letters(site)["confirm_email"])
    ask(browser, "ada.newer@example.edu")
    browser.post(urls.drop_email_change())
    ask(browser, "ada.newest@example.edu")
    assert kept(timedelta(hours=23)) == 3
    # What was taken back goes after a day, what nobody confirmed after three, what was done when it cannot be undone.
    assert kept(timedelta(hours=2)) == 2
    assert kept(timedelta(days=2, hours=1)) == 1
    undo = letters(site)["email_changed"]
    clock.moment += timedelta(days=6)
    assert site.visitor().get(undo.path).forms
    assert kept(timedelta(days=1)) == 1
    assert kept(timedelta(days=1)) == 0
