"""What does not show that it is them: an old sign-in, somebody else’s, another browser, an answer used twice."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.confirmation_actions import CONFIRMED_FOR
from feedforward.accounts.sso_tables import Confirmation, SignOnIdentity
from feedforward.accounts.tables import User
from feedforward.clock import SetClock
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.confirming import arrives, changes, count_of, freshly, goes, refusals
from tests.factories.institutions import Liar, begin, configured, person_with_identity
from tests.factories.site import PASSWORD, Site

NEW = "ada.okafor@example.edu"


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
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu", sign_on={"north": configured(north.issuer)},
    )  # fmt: skip


def test_an_old_sign_in_or_one_without_its_time_confirms_nobody(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    now = int(time.time())
    for auth_time in (None, now - 120, now + 600, "now", True, -1, 0):
        browser.get(urls.change_email())
        back = goes(browser, north, email=NEW)
        freshly(north, auth_time=auth_time)
        browser.get(back)
        assert browser.status == 422
        assert "not confirmed that it is you" in browser.page.text
        browser.post(urls.change_email(), {"email": NEW})
        assert (browser.status, changes(site)) == (422, [])
    assert refusals(site) == ["auth_time"] * 3 + ["time"] * 4


def test_another_person_of_the_institution_confirms_nobody(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    bea = person_with_identity(site, north.issuer, "bea-there", "Bea Student")
    for subject in ("bea-there", "unknown"):
        browser.get(urls.change_email())
        back = goes(browser, north, email=NEW)
        freshly(north, sub=subject)
        browser.get(back)
        assert browser.status == 422
        assert "Somebody else signed in" in browser.page.text
        browser.post(urls.change_email(), {"email": NEW})
        assert changes(site) == []
    assert refusals(site) == ["person"] * 2
    signed_in = site.wiring.database.read_now(lambda c: c.execute(select(Confirmation.user_id)).scalars().all())
    assert bea not in signed_in


def test_an_answer_counts_in_the_session_that_asked_and_once(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    other = site.visitor()
    other.get(north.code_for(begin(other)))
    browser.get(urls.change_email())
    back = goes(browser, north, email=NEW)
    carried = {name: value for name, value in browser.client.cookies.items() if "sign-on" in name}
    freshly(north)
    # The same person in another browser, with the cookies of the first.
    other.client.cookies.update(carried)
    other.get(back)
    assert (other.status, refusals(site)) == (422, ["state"])
    other.post(urls.change_email(), {"email": NEW})
    assert changes(site) == []
    # The code is used now; a fresh one under the same state.
    again = north.code_for(f"{north.issuer}/authorize?{_asked(north, back)}")
    browser.get(again)
    assert (browser.status, browser.path) == (200, urls.change_email())
    browser.submit(urls.change_email())
    assert changes(site) == [NEW]
    # Replayed, with the cookies of then and a code that is good.
    browser.client.cookies.update(carried)
    browser.get(north.code_for(f"{north.issuer}/authorize?{_asked(north, back)}"))
    assert browser.status == 422
    browser.post(urls.change_email(), {"email": "ada@another.example"})
    assert changes(site) == [NEW]


def _asked(north: Liar, back: str) -> str:
    """What the institution was asked with the code of this answer."""
    return urlencode(north.codes[back.split("code=")[1].split("&")[0]])


def test_a_confirmation_is_for_one_form_and_a_few_minutes(site: Site, north: Liar, clock: SetClock) -> None:
    browser = arrives(site, north)
    browser.get(urls.change_email())
    back = goes(browser, north, email=NEW)
    freshly(north)
    browser.get(back)
    browser.post(urls.begin_second_factor())
    assert browser.path == urls.begin_second_factor()
    assert "Show first that it is you" in browser.page.text
    clock.moment += CONFIRMED_FOR + timedelta(seconds=1)
    browser.post(urls.change_email(), {"email": NEW})
    assert (browser.status, changes(site)) == (422, [])


def test_only_an_institution_they_are_connected_to_is_asked(site: Site, north: Liar) -> None:
    browser = site.person("Bea Student")
    browser.get(urls.change_email())
    assert "Confirm with" not in browser.page.text
    browser.post(urls.change_email(), {"email": NEW, "confirm_with": "north"})
    assert (browser.status, count_of(site, Confirmation)) == (422, 0)
    browser.post(urls.change_email(), {"email": NEW, "confirm_with": "nowhere", "present_password": PASSWORD})
    assert (browser.status, changes(site)) == (422, [])


def test_an_institution_that_is_down_changes_nothing(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    browser.get(urls.change_email())
    back = goes(browser, north, email=NEW)
    north.answers["/token"] = (503, {}, b"")
    browser.get(back)
    assert (browser.status, browser.page.links["Back to the form"]) == (503, urls.change_email())


def test_the_last_way_in_stays_and_a_password_can_be_chosen_first(site: Site, north: Liar) -> None:
    browser = arrives(site, north)
    identity = site.wiring.database.read_now(lambda c: c.execute(select(SignOnIdentity.id)).scalar_one())
    for ends in (False, True):
        browser.get(urls.end_sign_on(identity))
        back = goes(browser, north, urls.end_sign_on(identity))
        freshly(north)
        browser.get(back)
        browser.submit(urls.end_sign_on(identity))
        assert (count_of(site, SignOnIdentity) == 0) is ends
        if not ends:
            assert "only way into your account" in browser.page.text
            browser.get(urls.change_password())
            assert "new_password" not in browser.page.form(urls.change_password()).fields
            back = goes(browser, north, urls.change_password())
            freshly(north)
            browser.get(back)
            browser.submit(urls.change_password(), new_password="three herons over the weir")
            assert browser.path == urls.account()


def test_an_administrator_without_a_password_acts_after_confirming(site: Site, north: Liar) -> None:
    browser = arrives(site, north, role=Role.ADMIN)
    bea = site.make_person("Bea Student")
    act = urls.act_on_person(bea, "make-admin")
    browser.get(act)
    browser.post(act, {"seen": "student active"})
    assert (browser.status, _role(site, bea)) == (422, "student")
    browser.get(act)
    back = goes(browser, north, act)
    freshly(north)
    browser.get(back)
    browser.submit(act)
    assert _role(site, bea) == "admin"


def _role(site: Site, user_id: int) -> Any:
    return site.wiring.database.read_now(lambda c: c.execute(select(User.role).where(User.id == user_id)).scalar_one())
