"""What is posted when the terms or a second factor became due meanwhile: nothing of it is lost, nothing is written."""

import contextlib
from pathlib import Path

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.courses.tables import Course
from feedforward.settings import Settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.second_factor import set_up
from tests.factories.site import Site

COURSE = {"code": "ENG 1", "title": "Typed <b>with care</b>", "term": "T", "time_zone": "Europe/Berlin"}


@pytest.fixture
def database_address(migrated_file: Path, tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    (tmp_path / "feedforward.db").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'feedforward.db'}"


def titles(site: Site) -> list[str]:
    return list(site.wiring.database.read_now(lambda c: c.execute(select(Course.title)).scalars().all()))


def test_what_is_posted_when_something_has_to_be_settled_first_waits_and_arrives_whole(site: Site) -> None:
    admin = site.person("Alma Admin", Role.ADMIN)
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    browser.get(urls.new_course())
    admin.get(urls.edit_terms())
    admin.submit(urls.edit_terms(), terms="# New", privacy="New", do="publish", needs_acceptance="yes")
    browser.post(urls.new_course(), COURSE)
    assert (browser.status, titles(site)) == (403, [])
    waiting = browser.page
    assert waiting.form(urls.new_course()).fields["title"] == COURSE["title"]
    # Sent too early it waits again.
    browser.submit(urls.new_course())
    assert (browser.status, titles(site)) == (403, [])
    browser.get(waiting.links["Read and accept them (new window)"])
    browser.submit(urls.accept_terms(), accepted="yes")
    browser.post(urls.new_course(), dict(waiting.form(urls.new_course()).fields))
    assert (browser.status, titles(site)) == (200, [COURSE["title"]])


def test_a_second_factor_that_becomes_due_drops_nothing_either(settings: Settings, clock: SetClock) -> None:
    wiring = Wiring(settings.model_copy(update={"second_factor_roles": "instructor"}), clock)
    with contextlib.closing(wiring), Site.open(wiring) as site:
        browser = site.person("Iris Instructor", Role.INSTRUCTOR)
        page = browser.post(urls.new_course(), COURSE, HX_Request="true")
        assert browser.status == 403
        assert browser.last is not None
        assert browser.last.headers["hx-retarget"] == "body"
        assert "Set up the second step (new window)" in page.links
        set_up(site, browser)
        browser.post(urls.new_course(), dict(page.form(urls.new_course()).fields))
        assert titles(site) == [COURSE["title"]]
        # A password waits in no page, and a press that carried nothing is led there.
        other = site.visitor()
        site.make_person("Olga Instructor", Role.INSTRUCTOR)
        other.sign_in("olga@example.edu")
        page = other.post(urls.change_password(), {"present_password": "open sesame", "new_password": "open sesame 2"})
        assert "open sesame" not in page.html
        assert "go back in your browser" in page.text
        other.post(urls.confirm_draft(3))
        assert other.path == urls.second_factor()
