"""A new institution, from an empty folder to a class of two hundred, and the audit log that tells of it."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from feedforward import urls
from feedforward.audit.sealing import seal_events
from feedforward.settings import Settings
from feedforward.wiring import Wiring
from tests.browser.conftest import Desk
from tests.browser.faults import assert_faultless
from tests.browser.institution import (
    ADMIN,
    PASSWORD,
    Institution,
    address_of,
    canvas_export,
    empty_institution,
    name_of,
    served,
)
from tests.factories.institutions import register

TEACHER, COLLEAGUE = "tess@partner.example", "carl@college.example"
OUTSIDE = re.compile(r"https://cdn\..*")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Institution]:
    # Two hundred letters are written and posted meanwhile.
    expect.set_options(timeout=20_000)
    with empty_institution(tmp_path) as opened:
        yield opened
    expect.set_options(timeout=5_000)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def sign_in(desk: Desk, email: str) -> Page:
    page = desk.open(urls.sign_in())
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url(f"{desk.address}/")
    return page


def ask_for_account(desk: Desk, place: Institution, name: str, email: str) -> Page:
    """Register as an instructor, and open the link of the letter that comes."""
    page = desk.open(urls.sign_in())
    follow(page, "I teach and have no account")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail at your institution").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I have read and accept the terms of service.").check()
    press(page, "Ask for an account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
    desk.open(place.link(email))
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm and go on")
    return page


def sees_the_course(desk: Desk) -> None:
    desk.page.wait_for_url(f"{desk.address}/")
    desk.open(urls.my_courses())
    expect(desk.page.get_by_text("ENG 101").first).to_be_visible()


def join_with_password(desk: Desk, path: str, *, looks: bool = False) -> None:
    page = desk.open(path)
    if looks:
        assert_faultless(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I have read and accept").check()
    press(page, "Join the course")
    sees_the_course(desk)


def join_by_institution(desk: Desk, path: str, subject: str) -> None:
    # The provider's own page asks for a style sheet from elsewhere.
    desk.context.route(OUTSIDE, lambda route: route.fulfill(body="", content_type="text/css"))
    page = desk.open(path)
    follow(page, "Sign in with North University")
    page.get_by_placeholder("sub").fill(subject)
    press(page, "Authorize")
    page.wait_for_url(re.compile(re.escape(desk.address)))
    assert_faultless(page)
    page.get_by_label("I have read and accept").check()
    press(page, "Join the course")
    sees_the_course(desk)


def test_an_institution_begins_in_an_empty_folder_and_its_class_of_two_hundred_joins(
    place: Institution, browser: Browser
) -> None:
    assert "revision" in place.command("migrate").stdout
    made = place.command("create-admin", ADMIN, "--name", "Amara Admin", typed=f"{PASSWORD}\n")
    assert made.stdout == f"{ADMIN} is an administrator now.\n", made.stderr
    desks: list[Desk] = []

    def sits_down() -> Desk:
        desks.append(Desk(browser.new_context(), place.address))
        desks[-1].context.set_default_timeout(20_000)
        return desks[-1]

    with served(place):
        admin = sits_down()
        office = sign_in(admin, ADMIN)
        allow_a_domain(admin)
        colleague = ask_for_account(sits_down(), place, "Carl College", COLLEAGUE)
        expect(colleague.get_by_role("heading", level=1)).to_contain_text("Carl")

        teacher = sits_down()
        page = ask_for_account(teacher, place, "Tess Teacher", TEACHER)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your address is confirmed")
        admin.open(urls.home())
        follow(office, "Decide")
        assert_faultless(office)
        follow(office, "Tess Teacher")
        assert_faultless(office)
        press(office, "Approve")
        assert place.letter(TEACHER, "account is ready")

        page = sign_in(teacher, TEACHER)
        course_id = make_course(teacher)
        invite_the_class(teacher, course_id, canvas_export(place.folder))
        press_for_link = page.get_by_role("row", name=address_of(1)).get_by_role("button", name="Make a link")
        press_for_link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A link to hand over")
        handed_over = page.locator("code").inner_text().removeprefix(place.address)

        join_with_password(sits_down(), place.link(address_of(0)), looks=True)
        by_link = sits_down()
        join_with_password(by_link, handed_over)
        register(place.issuer, "north-3", email=address_of(2), email_verified=True, name=name_of(2))
        join_by_institution(sits_down(), place.link(address_of(2)), "north-3")

        teacher.open(urls.course_people(course_id))
        expect(page.get_by_text("3 students.")).to_be_visible()
        page.get_by_role("row", name=name_of(1)).get_by_role("button", name="Remove").click()
        expect(page.get_by_text("2 students.")).to_be_visible()
        expect(page.get_by_role("link", name="Removed students (1)")).to_be_visible()
        by_link.open(urls.my_courses())
        expect(by_link.page.get_by_role("heading", level=1)).to_be_visible()
        expect(by_link.page.get_by_text("ENG 101")).to_have_count(0)

        read_the_audit_log(admin)
    for desk in desks:
        assert desk.complaints == []
        assert [url for url in desk.foreign if not url.startswith((place.issuer, "https://cdn."))] == []
        desk.context.close()
    verify_the_chain(place)


def allow_a_domain(admin: Desk) -> None:
    page = admin.open(urls.registrations())
    follow(page, "Domains")
    page.get_by_label("Domain", exact=True).fill("college.example")
    page.get_by_label("becomes an instructor at once").check()
    press(page, "Add the domain")
    expect(page.get_by_text("Approved at once")).to_be_visible()
    assert_faultless(page)


def make_course(teacher: Desk) -> int:
    page = teacher.open(urls.new_course())
    for label, words in (("Code", "ENG 101"), ("Title", "Academic writing"), ("Term (optional)", "Autumn 2026")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Time zone").select_option("Europe/Amsterdam")
    press(page, "Make the course")
    page.wait_for_url(re.compile(r"/courses/\d+$"))
    course_id = int(page.url.rsplit("/", 1)[1])
    press(page, "Open the course")
    return course_id


def invite_the_class(teacher: Desk, course_id: int, roster: Path) -> None:
    page = teacher.open(urls.add_people(course_id))
    page.get_by_label("Or a roster file").set_input_files(roster)
    press(page, "Look at it first")
    expect(page.get_by_role("heading", level=1)).to_have_text("What will happen")
    expect(page.get_by_text("200 lines: 200 to invite.")).to_be_visible()
    expect(page.get_by_role("row", name=address_of(199))).to_contain_text(name_of(199))
    press(page, "Invite 200 students")
    teacher.open(urls.course_invitations(course_id))
    expect(page.get_by_role("link", name=re.compile("Waiting"))).to_contain_text("200")


def read_the_audit_log(admin: Desk) -> None:
    """The newest first: the story backwards, in the words of the page."""
    page = admin.open(urls.audit_log(words="", kind=""))
    said = "\n".join(page.locator("tbody tr").all_inner_texts())
    assert "removed a student from a course" in said
    for words, least in (
        ("added a domain to the list", 1), ("let in somebody who registered", 1), ("created a course", 1),
        ("invited somebody to a course", 50), ("made a link for an invitation", 1),
        ("joined a course by invitation", 3), ("connected an account with an institution", 1),
        ("removed a student from a course", 1),
    ):  # fmt: skip
        admin.open(urls.audit_log(words=words))
        assert page.locator("tbody tr", has_text=words).count() >= least, words
    page = admin.open(urls.audit_log(words="let in somebody"))
    expect(page.locator("tbody tr").first).to_contain_text("Amara Admin")


def verify_the_chain(place: Institution) -> None:
    wiring = Wiring(Settings(_env_file=place.folder / ".env", data_folder=place.folder / "data"))
    try:
        # The worker does this each minute; the story is over sooner.
        wiring.database.write_now(seal_events, wiring.clock.now())
    finally:
        wiring.close()
    held = place.command("audit", "verify")
    assert held.returncode == 0, held.stdout
    assert re.search(r"^[\d,]+ events under \d+ seals hold\.", held.stdout)
    assert "wait for a seal" not in held.stdout
    with sqlite3.connect(place.folder / "data" / "feedforward.db") as connection:
        connection.execute("update audit_events set actor_id = null where action = 'enrolment.remove'")
    broken = place.command("audit", "verify")
    assert broken.returncode == 1
    assert "The chain is broken" in broken.stdout
