"""Building a rubric in a real browser: the live check while typing, a row dragged to another place, and undo."""

import re

from playwright.sync_api import expect

from feedforward.demonstration.course import INSTRUCTOR
from tests.browser.conftest import Desks


def test_a_rubric_is_checked_while_one_types_and_its_criteria_are_dragged(desks: Desks) -> None:
    desk = desks.desk(INSTRUCTOR.email)
    page = desk.open("/assignments/1/rubric")
    page.fill("[name='criterion.0.weight']", "70")
    page.fill("[name='criterion.1.name']", "")
    check = page.locator("#rubric-check")
    expect(check).to_contain_text("Weights add up to 140")
    expect(check).to_contain_text("Criterion 2: Give the criterion a name.")
    rows = page.locator("[data-drag-rows] > tr")
    first = rows.nth(0).inner_text()
    rows.nth(0).locator(".drag-handle").drag_to(rows.nth(2))
    expect(page.locator("[name='criterion.2.weight']")).to_have_value("70")
    expect(page.locator("[name='criterion.0.name']")).to_have_value("")
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.locator("[name='criterion.0.weight']")).to_have_value("70")
    assert rows.nth(0).inner_text().split()[1:2] == first.split()[1:2]
    assert not desk.complaints
