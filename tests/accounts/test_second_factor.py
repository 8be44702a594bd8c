"""Setting up a second step, its recovery codes, turning it off, and roles that must have one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.second_factor_actions import remove_second_factor
from feedforward.accounts.tables import RecoveryCode, SecondFactor
from feedforward.clock import SetClock
from feedforward.errors import RuleBroken
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.second_factor import begin, set_up
from tests.factories.site import PASSWORD, Site


def test_without_the_password_nobody_begins(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    browser.get(urls.second_factor())
    browser.submit(urls.begin_second_factor(), present_password="not this one at all")
    assert browser.status == 422
    browser.get(urls.set_up_second_factor())
    assert browser.path == urls.second_factor()


def test_a_wrong_first_code_changes_nothing(site: Site, clock: SetClock) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    begin(browser)
    page = browser.submit(urls.set_up_second_factor(), code="000000")
    assert browser.status == 422
    assert page.form(urls.set_up_second_factor()).method == "post"
    assert site.visitor().sign_in("iris@example.edu").path == urls.home()


def test_the_key_is_neither_kept_readable_nor_shown_again(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    app = set_up(site, browser)
    stored = site.wiring.database.read_now(lambda c: c.execute(select(SecondFactor.secret)).scalar_one())
    assert app.secret.encode() not in stored
    hashes = site.wiring.database.read_now(lambda c: c.execute(select(RecoveryCode.code_hash)).scalars().all())
    assert len(hashes) == len(app.recovery_codes) == 10
    assert not {code.replace("-", "") for code in app.recovery_codes} & set(hashes)
    for path in (urls.second_factor(), urls.set_up_second_factor(), urls.account()):
        text = browser.get(path).text
        assert app.secret[:4] not in text
        assert app.recovery_codes[0] not in text


def test_the_picture_is_drawn_inside_the_page_and_needs_no_leave_of_the_policy(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    begin(browser)
    html = browser.page.html
    assert "<svg" in html
    assert 'role="img"' in html
    assert "data:" not in html.split("<main")[1]
    assert "style=" not in html
    assert browser.last is not None
    assert browser.last.headers["cache-control"] == "no-store"


def test_setting_up_starts_the_session_afresh_and_tells_the_person(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    before = browser.client.cookies["feedforward-session"]
    set_up(site, browser)
    assert browser.client.cookies["feedforward-session"] != before
    thief = site.visitor()
    thief.client.cookies.set("feedforward-session", before, domain="127.0.0.1")
    thief.get(urls.account())
    assert thief.path == urls.sign_in()
    (letter,) = write_waiting(site)
    assert (letter.to, letter.template) == ("iris@example.edu", "second_factor_changed")


def test_setting_up_in_two_windows_gives_one_second_step(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    app = set_up(site, browser)
    browser.post(urls.begin_second_factor(), {"present_password": PASSWORD})
    assert "set up already" in browser.page.text
    browser.post(urls.set_up_second_factor(), {"code": app.code()})
    assert browser.path == urls.second_factor()


def test_the_code_that_set_it_up_does_not_sign_in(site: Site) -> None:
    app = set_up(site, site.person("Iris Instructor", Role.INSTRUCTOR))
    thief = site.visitor().sign_in("iris@example.edu")
    thief.submit(urls.second_step(), code=app.code())
    assert thief.status == 422


@pytest.mark.parametrize(("password", "right_code"), [("not this one at all", True), (PASSWORD, False)])
def test_turning_it_off_takes_password_and_code(site: Site, clock: SetClock, password: str, right_code: bool) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    app = set_up(site, browser)
    clock.moment += timedelta(minutes=1)
    browser.get(urls.second_factor())
    code = app.code() if right_code else "000000"
    browser.submit(urls.second_factor_off(), present_password_off=password, code_off=code)
    assert browser.status == 422
    assert site.visitor().sign_in("iris@example.edu").path == urls.second_step()


def test_turning_it_off_and_setting_it_up_on_a_new_phone(site: Site, clock: SetClock) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    old = set_up(site, browser)
    browser.get(urls.second_factor())
    browser.submit(urls.second_factor_off(), present_password_off=PASSWORD, code_off=old.recovery_codes[0])
    assert site.visitor().sign_in("iris@example.edu").path == urls.home()
    new = set_up(site, browser)
    clock.moment += timedelta(minutes=1)
    phone = site.visitor().sign_in("iris@example.edu")
    for worthless in (old.code(), old.recovery_codes[1]):
        phone.submit(urls.second_step(), code=worthless)
        assert phone.status == 422
    phone.submit(urls.second_step(), code=new.code())
    assert phone.path == urls.home()


def test_new_recovery_codes_make_the_old_ones_worthless(site: Site, clock: SetClock) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    app = set_up(site, browser)
    clock.moment += timedelta(minutes=1)
    browser.get(urls.second_factor())
    page = browser.submit(urls.new_recovery_codes(), present_password=PASSWORD, code=app.code())
    assert browser.status == 200
    assert app.recovery_codes[0] not in page.text
    phone = site.visitor().sign_in("iris@example.edu")
    phone.submit(urls.second_step(), code=app.recovery_codes[0])
    assert phone.status == 422


def test_who_lost_everything_is_helped_by_an_administrator_and_told_so(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    set_up(site, browser)
    admin_id = site.make_person("Adam Admin", Role.ADMIN)
    user_id = site.wiring.database.read_now(lambda c: c.execute(select(SecondFactor.user_id)).scalar_one())
    write_waiting(site)
    waiting = site.visitor().sign_in("iris@example.edu")
    now = site.wiring.clock.now()
    site.wiring.database.write_now(remove_second_factor, user_id=user_id, by=admin_id, now=now)
    (letter,) = write_waiting(site)
    assert "administrator removed" in letter.letter.paragraphs[0]
    waiting.get(urls.second_step())
    assert waiting.path == urls.sign_in(), "a sign-in that was half open starts again"
    assert site.visitor().sign_in("iris@example.edu").path == urls.home()
    with pytest.raises(RuleBroken):
        site.wiring.database.write_now(remove_second_factor, user_id=user_id, by=admin_id, now=now)


class TestARoleThatMustHaveOne:
    """With FEEDFORWARD_SECOND_FACTOR_ROLES=instructor."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"second_factor_roles": "admin, instructor"})

    def test_reaches_nothing_until_it_is_set_up(self, site: Site) -> None:
        browser = site.person("Iris Instructor", Role.INSTRUCTOR)
        assert browser.path == urls.second_factor()
        assert "everything else waits" in browser.page.text
        for path in (urls.home(), urls.courses(), urls.new_course(), urls.account(), urls.change_password()):
            browser.get(path)
            assert browser.path == urls.second_factor(), path
        browser.post(urls.new_course(), {"title": "A course", "code": "C 1"})
        assert browser.status == 403
        browser.post(urls.rename_account(), {"name": "Somebody"})
        browser.get(urls.review_queue(), HX_Request="true")
        assert browser.last is not None
        assert browser.last.headers["hx-redirect"] == urls.second_factor()
        set_up(site, browser)
        assert "Iris Instructor" in browser.get(urls.account()).text
        assert browser.path == urls.account()

    def test_may_still_sign_out_and_read_what_is_public(self, site: Site) -> None:
        browser = site.person("Iris Instructor", Role.INSTRUCTOR)
        browser.get(urls.privacy())
        assert browser.path == urls.privacy()
        browser.post(urls.sign_out())
        assert browser.path == urls.sign_in()

    def test_waits_again_after_turning_it_off(self, site: Site) -> None:
        browser = site.person("Iris Instructor", Role.INSTRUCTOR)
        app = set_up(site, browser)
        browser.get(urls.second_factor())
        browser.submit(
            urls.second_factor_off(), present_password_off=PASSWORD, code_off=app.recovery_codes[0]
        )  # fmt: skip
        browser.get(urls.courses())
        assert browser.path == urls.second_factor()

    def test_leaves_other_roles_alone(self, site: Site) -> None:
        assert site.person("Ada Student").path == urls.home()
