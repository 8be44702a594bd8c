"""The six main pages as people meet them: wide and narrow, light and dark, without accessibility faults."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from feedforward.demonstration.course import INSTRUCTOR, NOOR, STUDENT
from tests.browser.conftest import Desks

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
