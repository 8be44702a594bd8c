"""Asking for an account where no mail is sent: an administrator confirms the address, and the pages say so."""

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.registering import CHOSEN, accounts, ask_for_account, registration_states
from tests.factories.site import Site

NORA = "nora@example.org"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"smtp_host": ""})


def test_the_page_says_that_an_administrator_confirms_the_address(site: Site) -> None:
    site.make_person("Ada Student")
    known, unknown = ask_for_account(site, "ada@example.edu"), ask_for_account(site)
    assert "sends no mail, so an administrator has to confirm" in unknown.page.text
    assert known.page.text == unknown.page.text


def test_an_administrator_sees_that_it_is_not_verified_and_has_to_say_that_they_made_sure(site: Site) -> None:
    ask_for_account(site)
    admin = site.person("Adam Admin", Role.ADMIN)
    assert "1 instructor asks for an account" in admin.get(urls.home()).text
    admin.get(urls.registrations())
    assert "Address not verified" in admin.page.text
    (path,) = [each for each in admin.page.links.values() if each.startswith(f"{urls.registrations()}/")]
    admin.get(path)
    admin.submit(f"{path}/approve")
    assert admin.status == 422
    assert NORA not in accounts(site)
    admin.submit(f"{path}/approve", address_is_sure="yes")
    assert admin.path == urls.registrations()
    assert accounts(site)[NORA] == Role.INSTRUCTOR
    assert site.visitor().sign_in(NORA, CHOSEN).path == urls.home()


def test_of_two_who_name_one_address_only_one_gets_in(site: Site) -> None:
    ask_for_account(site)
    ask_for_account(site, name="Nora Impostor")
    admin = site.person("Adam Admin", Role.ADMIN)
    admin.get(urls.registrations())
    path = admin.page.links["Nora New"]
    admin.get(path)
    admin.submit(f"{path}/approve", address_is_sure="yes")
    assert [status for _, status in registration_states(site)] == ["approved", "dropped"]
    names = site.wiring.database.read_now(
        lambda c: c.execute(select(User.name).where(User.email == NORA)).scalars().all()
    )
    assert names == ["Nora New"]
