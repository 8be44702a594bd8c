"""Last term's course, brought along, taken into a new term, adapted and opened; and what becomes of it afterwards."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from feedforward import urls
from feedforward.demonstration.course import INSTRUCTOR, LEO, NOOR
from tests.browser.conftest import Desks
from tests.extraction.conftest import _pdf as pdf

ROSTER = f"""Name,E-mail,Student number,Section
Leo Brandt,{LEO.email},4711,Monday
Noor Haddad,{NOOR.email},4712,Tuesday
"""
CANVAS = """Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,\
Rating Points,Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points
Source essay,Question and thesis,What the essay asks and answers,false,Strong,"A question of its own, answered in one \
sentence that the essay keeps to",6,Secure,"A question and an answer, which some paragraphs leave",4,Beginning,"No \
question, or no answer",2
,Use of sources,What the sources are used for,false,Strong,"Each source is named, quoted and weighed against another",\
6,Secure,"Sources are named and quoted, and taken at their word",4,Beginning,Good sources,2
"""
TASK = ("Compare two letters written in 1848.", "Say what each writer wanted, and how you know.")
ESSAY = """Two letters from March

The first letter was written in Berlin on 19 March 1848, the day after the fighting. Its writer, a printer, wants his \
brother to stay at home. He says so twice, and both times he gives a reason: the streets are not safe, and the work \
has stopped. The second letter was written in Vienna a week later by a student who wants his mother to be proud.

Both writers say that everything has changed. However, they do not mean the same thing. The printer means the price of \
bread and the empty shop. The student means the newspapers, which may now print what they like. Therefore the same \
words stand for a loss in one letter and for a hope in the other.

What can be known from two letters is little. They were written quickly, and each to a person whom the writer wanted \
to move. For this reason I read them as what they ask for, not as reports of what happened.
"""
ZONE = ZoneInfo("Europe/Berlin")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def local(away: timedelta) -> str:
    """So far from now, as a field for a moment takes it."""
    return (datetime.now(ZONE) + away).strftime("%Y-%m-%dT%H:%M")


def number_of(page: Page) -> int:
    return int(page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1])


def bring_roster(page: Page, address: str, course_id: int, file: Path) -> None:
    page.goto(address + urls.add_people(course_id))
    page.get_by_label("Or a roster file").set_input_files(file)
    press(page, "Look at it first")
    press(page, "Add 2 students")
    expect(page.get_by_text("Leo Brandt").first).to_be_visible()


def bring_last_term(page: Page, address: str, folder: Path) -> int:
    """The course as it was: its roster, its assignment with its rubric, and the sheet that told the task."""
    page.goto(address + urls.new_course())
    page.get_by_label("Code").fill("HIST 210")
    page.get_by_label("Term").fill("Spring 2026")
    page.get_by_label("Title").fill("Reading sources")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    press(page, "Make the course")
    course_id = number_of(page)
    (folder / "roster.csv").write_text(ROSTER)
    bring_roster(page, address, course_id, folder / "roster.csv")
    page.goto(address + urls.new_assignment(course_id))
    page.get_by_label("Title").fill("Two letters")
    page.locator("[name=instructions]").fill("Read both letters of the task sheet, and compare them.")
    page.get_by_label("Due", exact=True).fill(local(timedelta(days=-200)))
    press(page, "Save and go on")
    page.wait_for_url(re.compile(r"/assignments/\d+$"))
    assignment_id = number_of(page)
    page.goto(address + urls.edit_rubric(assignment_id))
    (folder / "rubric.csv").write_text(CANVAS)
    page.get_by_label("Rubric file").set_input_files(folder / "rubric.csv")
    press(page, "Read it and put it into the form")
    expect(page.locator("[name='criterion.1.name']")).to_have_value("Use of sources")
    press(page, "Save the rubric")
    page.wait_for_url(re.compile(r"/assignments/\d+$"))
    lines = " ".join(f"({line}) Tj 0 -20 Td" for line in TASK)
    (folder / "task.pdf").write_bytes(pdf([f"BT /F1 12 Tf 60 700 Td {lines} ET"]))
    page.goto(address + urls.task_sheet(assignment_id))
    page.get_by_label("Task sheet").set_input_files(folder / "task.pdf")
    press(page, "Attach it")
    expect(page.get_by_text(TASK[1]).first).to_be_visible()
    return course_id


def test_last_terms_course_is_brought_duplicated_adapted_published_archived_and_restored(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks.desk(INSTRUCTOR.email)
    page, address = desk.page, desk.address
    old_id = bring_last_term(page, address, tmp_path)

    page.goto(address + urls.duplicate_course(old_id))
    page.get_by_label("Term").fill("Autumn 2026")
    press(page, "Make the copy")
    page.wait_for_url(re.compile(r"/courses/\d+$"))
    course_id = number_of(page)
    assert course_id != old_id
    bring_roster(page, address, course_id, tmp_path / "roster.csv")
    page.goto(address + urls.course(course_id))
    follow(page, "Two letters")
    assignment_id = number_of(page)

    # Adapted: what it is called, what becomes of late drafts, and a rubric whose words say what they mean.
    follow(page, "Edit details")
    page.get_by_label("Title").fill("Two letters of 1848")
    page.get_by_label("Most drafts per student").fill("4")
    press(page, "Save")
    follow(page, "Change the settings")
    page.locator("[name=late]").select_option("accept")
    press(page, "Save the settings")
    page.goto(address + urls.edit_rubric(assignment_id))
    checkup = page.locator("#checkup")
    expect(checkup).to_contain_text("“Beginning” judges (“good”)")
    vague = page.locator("[name^='criterion.1.level.'][name$='.description']")
    wanted = next(each for each in vague.all() if each.input_value() == "Good sources")
    wanted.fill("Sources are listed at the end, and the essay does not speak of them")
    press(page, "Check the rubric again")
    expect(checkup).not_to_contain_text("judges")
    press(page, "Save the rubric")
    page.wait_for_url(re.compile(r"/assignments/\d+$"))

    press(page, "Publish")
    expect(page.get_by_text("Students see this assignment").first).to_be_visible()
    # The due date is put behind us, and Leo's own is too: what he hands in now is late in spite of his extension.
    page.goto(address + urls.edit_assignment(assignment_id))
    page.get_by_label("Due", exact=True).fill(local(timedelta(hours=-5)))
    press(page, "Save")
    page.goto(address + urls.extensions(assignment_id))
    page.locator("[name=student]").select_option(label=f"Leo Brandt ({LEO.email})")
    page.get_by_label("Due for this student").fill(local(timedelta(hours=-1)))
    page.get_by_label("Reason").fill("Agreed in class.")
    press(page, "Give the extension")
    expect(page.get_by_text("Agreed in class.").first).to_be_visible()

    student = desks.desk(LEO.email)
    task = student.open(urls.task(assignment_id))
    expect(task.get_by_text("The due date has passed.")).to_be_visible()
    with task.expect_download() as sheet:
        task.locator(f"a[href='{urls.own_task_sheet(assignment_id)}']").click()
    assert Path(sheet.value.path()).read_bytes() == (tmp_path / "task.pdf").read_bytes()
    task.get_by_label("Or paste or write your text here").fill(ESSAY)
    press(task, "Look at it first")
    task.get_by_role("button", name=re.compile("hand in", re.I)).first.click()
    expect(task).to_have_url(re.compile(r"/drafts/\d+$"))
    expect(task.get_by_text("Late", exact=True).first).to_be_visible()
    # Until the worker has read it.
    expect(task.locator("[hx-trigger]")).to_have_count(0, timeout=40_000)
    page.goto(f"{address}{urls.review_queue()}?assignment={assignment_id}")
    row = page.get_by_role("link", name=re.compile("Leo Brandt, draft 1"))
    expect(row).to_be_visible()
    expect(page.get_by_text("Late", exact=True).first).to_be_visible()

    page.goto(address + urls.course(course_id))
    press(page, "Pause the course")
    follow(page, "Archive the course …")
    press(page, "Archive the course")
    expect(page.get_by_text("Archived", exact=True).first).to_be_visible()
    student.open(urls.my_course(course_id))
    expect(student.page.get_by_text("This course is archived").first).to_be_visible()
    page.goto(address + urls.course(course_id))
    follow(page, "Take it out of the archive …")
    press(page, "Take it out of the archive")
    press(page, "Open the course again")
    expect(page.get_by_text("Two letters of 1848").first).to_be_visible()
    expect(page.get_by_text("Archived", exact=True)).to_have_count(0)
    student.open(urls.my_course(course_id))
    expect(student.page.get_by_text("This course is archived")).to_have_count(0)
    expect(student.page.get_by_text("Two letters of 1848").first).to_be_visible()
