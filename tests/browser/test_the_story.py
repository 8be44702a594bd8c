"""The main job in a real browser: a draft is handed in, read, reviewed, released, and acted on."""

import re

from playwright.sync_api import expect

from feedforward.demonstration.course import INSTRUCTOR, LEO
from tests.browser.conftest import Desks

SECOND_DRAFT = """Cars should leave the centre, slowly

Last winter my father waited eleven minutes for a parking place and then gave up, because the car park was full. I \
used to think that this shows how much we need cars. Now I think that it shows the opposite: there is no room for all \
of them, and there never will be. For this reason the city should close the centre to cars, but slowly.

First, the air. The council found that the limit was exceeded on 41 days at Station Square (City Council, 2024). For \
example, my sister has asthma and cannot walk to school on such days. If fewer cars drive there, she can.

However, some people cannot walk far. They would be shut out by a hard rule, therefore there must be permits for \
people with a disability and a small bus for everybody else. Without the bus, the plan is unfair.

In conclusion, the centre should be closed to cars step by step, so that nobody is left behind. My father would still \
find a place at the edge of the city, and he would walk the last ten minutes.
"""


def test_a_draft_becomes_released_feedback_and_the_student_acts_on_it(desks: Desks) -> None:
    student = desks.desk(LEO.email)
    page = student.open("/")
    page.get_by_role("link", name="Should our city close its centre to cars?", exact=True).first.click()
    page.get_by_label("Or paste or write your text here").fill(SECOND_DRAFT)
    expect(page.locator("output")).to_contain_text(re.compile(r"1\d\d words"))
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("he would walk the last ten minutes.")).to_be_visible()
    page.get_by_role("button", name=re.compile("hand in", re.I)).first.click()
    expect(page).to_have_url(re.compile(r"/drafts/\d+$"))
    draft_id = int(page.url.rsplit("/", 1)[1])
    # The stages change by themselves: nobody reloads this page.
    # They ask again every two seconds, and rest when a person has the draft.
    expect(page.locator("[hx-trigger]")).to_have_count(0, timeout=90_000)

    instructor = desks.desk(INSTRUCTOR.email)
    desk = instructor.open("/review")
    desk.get_by_role("link", name=re.compile("Leo Brandt, draft 2")).click()
    desk.get_by_label("Summary").fill("You moved from an opinion to an argument. Work on the evidence next.")
    desk.get_by_role("button", name="Release now").first.click()
    expect(desk.get_by_text(re.compile("released", re.I)).first).to_be_visible()

    page = student.open(f"/drafts/{draft_id}/feedback")
    expect(page.get_by_text("You moved from an opinion to an argument.")).to_be_visible()
    expect(page.get_by_text(re.compile("Ines Instructor")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Done")).first.click()
    expect(page.get_by_text(re.compile("Done")).first).to_be_visible()


def test_a_student_cannot_open_another_students_draft_or_the_review(desks: Desks) -> None:
    student = desks.desk(LEO.email)
    for path in ("/drafts/1", "/drafts/1/feedback", "/review", "/review/1"):
        response = student.page.goto(student.address + path)
        assert response is not None
        assert response.status in {403, 404}
    student.complaints.clear()  # The browser itself remarks on the refused pages.


def test_pages_work_without_a_script(desks: Desks) -> None:
    desk = desks.desk()
    context = desk.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto(f"{desk.address}/sign-in")
    page.get_by_label("E-mail").fill(LEO.email)
    page.get_by_label("Password").fill("demonstration")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leo")
    context.close()
