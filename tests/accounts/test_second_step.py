"""Signing in with a second step: a half-open sign-in can do nothing, and codes are guessed in vain."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.accounts.tables import HalfSession, Session, User
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.second_factor import App, set_up
from tests.factories.site import PASSWORD, Site, Visitor

SESSION, HALF = "feedforward-session", "feedforward-second-step"


@pytest.fixture
def app(site: Site, clock: SetClock) -> App:
    """Iris has set up a second step, and is signed out again."""
    made = set_up(site, site.person("Iris Instructor", Role.INSTRUCTOR))
    clock.moment += timedelta(hours=3)
    return made


def half_way(site: Site) -> Visitor:
    """A browser whose person typed the password."""
    browser = site.visitor().sign_in("iris@example.edu")
    assert browser.path == urls.second_step(), browser.page.text
    return browser


def count(site: Site, table: type) -> int:
    statement = select(func.count()).select_from(table)
    return site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())


def test_a_half_open_sign_in_opens_no_page(site: Site, app: App) -> None:
    browser = half_way(site)
    assert SESSION not in browser.client.cookies
    for path in (urls.home(), urls.courses(), urls.account(), urls.second_factor(), urls.review_queue()):
        browser.get(path)
        assert browser.path == urls.sign_in(), path
    # Its token is worth nothing as a session's either.
    browser.client.cookies.set(SESSION, browser.client.cookies[HALF], domain="127.0.0.1")
    browser.get(urls.courses())
    assert browser.path == urls.sign_in()
    browser.post(urls.second_factor_off(), {"present_password_off": PASSWORD, "code_off": app.code()})
    assert "signed out" in browser.page.text


def test_the_right_code_opens_it_in_a_session_of_its_own(site: Site, app: App) -> None:
    browser = half_way(site)
    half = browser.client.cookies[HALF]
    browser.submit(urls.second_step(), code=app.code())
    assert browser.path == urls.home()
    assert browser.client.cookies[SESSION] != half
    assert HALF not in browser.client.cookies
    assert count(site, HalfSession) == 0


@pytest.mark.parametrize("code", ["", "000000", "aaaaa-aaaaa", "x" * 5000, "1e5", "' or 1=1 --"])
def test_a_wrong_code_opens_nothing(site: Site, app: App, code: str) -> None:
    browser = half_way(site)
    browser.submit(urls.second_step(), code=code)
    assert browser.status == 422
    assert SESSION not in browser.client.cookies
    assert "wrong, or was used already" in browser.page.text


def test_a_code_is_worth_something_once(site: Site, app: App, clock: SetClock) -> None:
    code = app.code()
    half_way(site).submit(urls.second_step(), code=code)
    thief = half_way(site)
    thief.submit(urls.second_step(), code=code)
    assert thief.status == 422
    thief.submit(urls.second_step(), code=app.code(-1))
    assert thief.status == 422, "an older code is none after a newer one was used"
    clock.moment += timedelta(seconds=30)
    thief.submit(urls.second_step(), code=app.code())
    assert thief.path == urls.home()


def test_another_persons_code_opens_nothing(site: Site, app: App) -> None:
    other = set_up(site, site.person("Otto Other", Role.INSTRUCTOR))
    browser = half_way(site)
    browser.submit(urls.second_step(), code=other.code())
    assert browser.status == 422
    browser.submit(urls.second_step(), code=other.recovery_codes[0])
    assert browser.status == 422


def test_guessing_codes_ends_in_a_pause_and_a_letter_even_from_new_sign_ins(
    site: Site, app: App, clock: SetClock
) -> None:
    write_waiting(site)
    statuses, browser = [], site.visitor()
    for number in range(6):
        browser = half_way(site)
        browser.submit(urls.second_step(), code=f"{number:06}")
        statuses.append(browser.status)
    assert statuses == [422] * 5 + [429]
    assert browser.last is not None
    assert 0 < int(browser.last.headers["retry-after"]) <= 15 * 60
    assert "Wait 15 minutes" in browser.page.text
    browser.submit(urls.second_step(), code=app.code())
    assert browser.status == 429, "the right code too must wait"
    (letter,) = write_waiting(site)
    assert (letter.to, letter.template) == ("iris@example.edu", "codes_paused")
    clock.moment += timedelta(minutes=15, seconds=1)
    browser = half_way(site)
    browser.submit(urls.second_step(), code=app.code())
    assert browser.path == urls.home()


def test_a_half_open_sign_in_is_over_after_five_minutes(site: Site, app: App, clock: SetClock) -> None:
    browser = half_way(site)
    clock.moment += timedelta(minutes=5, seconds=1)
    browser.submit(urls.second_step(), code=app.code())
    assert browser.status == 422
    assert "took too long" in browser.page.text
    assert browser.page.form(urls.sign_in()).method == "post"


def test_a_half_open_sign_in_belongs_to_its_browser(site: Site, app: App) -> None:
    browser = half_way(site)
    thief = site.visitor()
    thief.post(urls.second_step(), {"code": app.code(), "next": "/"})
    assert "took too long" in thief.page.text
    thief.client.cookies.set(HALF, browser.client.cookies[HALF], domain="127.0.0.1")
    thief.post(urls.second_step(), {"code": app.code(), "next": "/"}, User_Agent="another browser")
    assert SESSION not in thief.client.cookies
    assert count(site, HalfSession) == 1


def test_a_cookie_that_was_planted_before_signing_in_is_replaced(site: Site, app: App) -> None:
    victim = site.visitor()
    victim.client.cookies.set(HALF, "a-token-the-attacker-knows", domain="127.0.0.1")
    victim.client.cookies.set(SESSION, "another-one", domain="127.0.0.1")
    victim.client.cookies.clear()
    victim.sign_in("iris@example.edu")
    half = victim.client.cookies[HALF]
    victim.submit(urls.second_step(), code=app.code())
    assert half not in (victim.client.cookies[SESSION], "a-token-the-attacker-knows")
    thief = site.visitor()
    thief.client.cookies.set(HALF, half, domain="127.0.0.1")
    thief.post(urls.second_step(), {"code": app.recovery_codes[0], "next": "/"})
    assert SESSION not in thief.client.cookies


def test_a_sign_in_finished_in_one_window_is_over_in_the_other(site: Site, app: App, clock: SetClock) -> None:
    browser = half_way(site)
    half = browser.client.cookies[HALF]
    browser.submit(urls.second_step(), code=app.code())
    browser.client.cookies.set(HALF, half, domain="127.0.0.1")
    clock.moment += timedelta(seconds=30)
    browser.post(urls.second_step(), {"code": app.code(), "next": "/"})
    assert browser.status == 422


def test_an_account_switched_off_half_way_stays_out(site: Site, app: App) -> None:
    browser = half_way(site)
    site.wiring.database.write_now(lambda c: c.execute(update(User).values(status="inactive")))
    browser.submit(urls.second_step(), code=app.code())
    assert SESSION not in browser.client.cookies


def test_a_recovery_code_lets_in_once_and_its_owner_is_told(site: Site, app: App) -> None:
    write_waiting(site)
    browser = half_way(site)
    browser.submit(urls.second_step(), code=app.recovery_codes[3].upper().replace("-", " "))
    assert browser.path == urls.home()
    again = half_way(site)
    again.submit(urls.second_step(), code=app.recovery_codes[3])
    assert again.status == 422
    (letter,) = write_waiting(site)
    assert "recovery codes" in letter.letter.paragraphs[0]
    assert "9 recovery codes are left" in browser.get(urls.account()).text


def test_where_one_was_going_and_what_one_typed_come_along(site: Site, app: App) -> None:
    browser = site.visitor()
    browser.get(urls.courses())
    browser.submit(urls.sign_in(), email="iris@example.edu", password=PASSWORD)
    browser.submit(urls.second_step(), code="000000")
    browser.submit(urls.second_step(), code=app.code())
    assert browser.path == urls.courses()
    browser.client.cookies.clear()
    browser.post(urls.new_course(), {"title": "A new course", "code": "NEW 1"})
    browser.submit(urls.sign_in_again())
    browser.submit(urls.sign_in(), email="iris@example.edu", password=PASSWORD)
    assert browser.page.form(urls.second_step()).fields["held.f.title"] == "A new course"
    browser.submit(urls.second_step(), code=app.recovery_codes[0])
    assert browser.page.form(urls.new_course()).fields["title"] == "A new course"


def test_nobody_is_led_elsewhere_after_the_second_step(site: Site, app: App) -> None:
    browser = half_way(site)
    browser.post(urls.second_step(), {"code": app.code(), "next": "//evil.example/"})
    assert browser.path == urls.home()
    assert browser.last is not None
    assert browser.last.url.host == "127.0.0.1"


def test_what_happened_is_on_record_by_ids_alone(site: Site, app: App) -> None:
    browser = half_way(site)
    code = app.code()
    browser.submit(urls.second_step(), code="000000")
    browser.submit(urls.second_step(), code=code)
    rows = site.wiring.database.read_now(
        lambda c: c.execute(select(AuditEvent.action, AuditEvent.detail, AuditEvent.subject_id)).all()
    )
    actions = [row.action for row in rows]
    for action in ("second_factor.begin", "second_factor.on", "session.half", "second_factor.refuse", "session.start"):
        assert action in actions
    told = " ".join(f"{row.subject_id} {row.detail}" for row in rows)
    for secret in (code, app.secret, *app.recovery_codes, "iris@example.edu"):
        assert secret not in told
    assert count(site, Session) >= 1
