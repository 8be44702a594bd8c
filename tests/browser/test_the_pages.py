"""Pages as people meet them: wide and narrow, light and dark, without accessibility faults."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from feedforward import urls
from feedforward.demonstration.course import ADMIN, INSTRUCTOR, NOOR, STUDENT
from tests.browser.conftest import Desks
from tests.browser.faults import assert_faultless

MAIN_PAGES = {
    "sign-in": ("", "/sign-in"),
    "student home": (STUDENT.email, "/"),
    "assignment": (STUDENT.email, "/tasks/1"),
    "draft": (NOOR.email, "/drafts/2"),
    "review queue": (INSTRUCTOR.email, "/review"),
    "review": (INSTRUCTOR.email, "/review/2"),
    "rubric": (INSTRUCTOR.email, "/assignments/1/rubric"),
    "rubric library": (INSTRUCTOR.email, "/rubrics"),
}


@pytest.mark.parametrize("name", list(MAIN_PAGES))
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_main_page_has_no_accessibility_fault_and_nothing_sticks_out(
    desks: Desks, name: str, width: int, dark: bool
) -> None:
    email, path = MAIN_PAGES[name]
    page = desks.desk(email, width=width, dark=dark).open(path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# What somebody signs in as, and where they look. Pages that need a letter or a file are looked at in their story.
PEOPLE_PAGES = {
    "": (urls.register(), urls.forgotten_password(), urls.terms(), urls.privacy()),
    STUDENT.email: (
        urls.account(), urls.change_password(), urls.change_email(), urls.second_factor(), urls.mail_settings(),
    ),
    INSTRUCTOR.email: (
        urls.course_people(1), urls.add_people(1), urls.course_invitations(1), urls.course_staff(1),
        urls.change_student(1, 1),
    ),
    ADMIN.email: (
        urls.home(), urls.people(), urls.person(1), urls.registrations(), urls.domains(), urls.outbox(),
        urls.edit_terms(), urls.audit_log(), urls.audit_log(kind="session"), urls.student_work(),
        urls.work_of_course(1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("email", list(PEOPLE_PAGES))
def test_pages_of_accounts_people_and_the_audit_log_have_no_fault(desks: Desks, email: str) -> None:
    desk = desks.desk(email)
    for path in PEOPLE_PAGES[email]:
        assert_faultless(desk.open(path))


def test_the_page_with_the_code_for_an_authenticator_app_has_no_fault(desks: Desks) -> None:
    page = desks.desk(NOOR.email).open(urls.second_factor())
    page.get_by_label("Your password").fill("demonstration")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("button", name="Turn it on").wait_for()
    assert_faultless(page)


def test_the_dry_run_an_invitation_and_its_link_have_no_fault(desks: Desks) -> None:
    page = desks.desk(INSTRUCTOR.email).open(urls.add_people(1))
    page.get_by_label("E-mail addresses").fill(f"Wim Waiting <wim@demo.example>, {NOOR.email}, nobody")
    page.get_by_role("button", name="Look at it first").click()
    assert_faultless(page)
    page.get_by_role("button", name="Invite 1 student").click()
    page.goto(page.url.rsplit("/courses", 1)[0] + urls.course_invitations(1))
    assert_faultless(page)
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("heading", name="A link to hand over").wait_for()
    assert_faultless(page)
