"""Extensions of single students, and the sheet that tells the task, through the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.assessment.opening import open_draft
from feedforward.assessment.prompt import build_prompt
from feedforward.assignments.queries import task_for_student
from feedforward.assignments.settings_tables import TaskSheet
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.retention.actions import sweep_orphans
from feedforward.wiring import Wiring
from tests.assignments.test_stories import task_of
from tests.factories.choosing import ADA, acts, choose, local, one, read_by_the_built_in_reader
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_teaching


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return wiring_with(wiring, StartedFeedback())


def test_an_extension_lets_its_student_in_and_nobody_else_and_the_draft_is_late_after_it(
    site: Site, clock: SetClock
) -> None:
    ada_id, bob = site.make_person("Ada Student"), site.person("Bob Student")
    ada = site.visitor().sign_in("ada@example.edu")
    teaching = make_teaching(site, students=[*ADA, "bob@example.edu"])
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    due = task_of(site, assignment_id).due_at
    address = urls.extensions(assignment_id)
    instructor.get(address)
    instructor.submit(address, student=str(ada_id), due=local(due - timedelta(days=1)), reason="A private matter")
    assert instructor.status == 422
    assert "Choose a moment after the due date everybody has." in instructor.page.text
    instructor.submit(address, student=str(ada_id), due=local(due + timedelta(days=2)), reason="A private matter")
    assert "A private matter" in instructor.page.text
    choose(instructor, assignment_id, late="accept", late_until=local(due + timedelta(days=4)), minutes_between="90")
    clock.moment = due + timedelta(days=1)
    ada.client.cookies.clear()
    ada.sign_in("ada@example.edu")
    bob.client.cookies.clear()
    bob.sign_in("bob@example.edu")
    page = ada.get(urls.task(assignment_id))
    assert "Your extension" in page.text
    assert "private matter" not in page.text
    assert "Should cities ban cars?" in ada.get(urls.home()).text
    assert "Should cities ban cars?" not in bob.get(urls.home()).text
    first = hand_in_text(ada, assignment_id)
    page = ada.get(urls.task(assignment_id))
    assert "The next draft can be handed in from" in page.text
    assert "The due date has passed. A draft is still taken in" in bob.get(urls.task(assignment_id)).text
    late = hand_in_text(bob, assignment_id)
    rows = site.wiring.database.read_now(
        lambda connection: connection.execute(
            select(Draft.submitted_at > Draft.deadline_at).where(Draft.id.in_([first, late])).order_by(Draft.id)
        ).scalars().all()
    )  # fmt: skip
    assert list(map(bool, rows)) == [False, True]
    assert "Late" in bob.get(urls.draft(late)).text
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    instructor.get(address)
    instructor.submit(urls.withdraw_extension(assignment_id, ada_id))
    assert "Nobody has an extension" in instructor.page.text
    assert site.wiring.database.read_now(task_for_student, ada_id, assignment_id).extended_to is None
    assert acts(site, "extension.") == ["extension.grant", "extension.withdraw"]


def test_a_task_sheet_reaches_students_and_readers_and_outlives_the_clean_up(site: Site, clock: SetClock) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=ADA)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    address = urls.task_sheet(assignment_id)
    instructor.get(address)
    instructor.submit(address)
    assert instructor.status == 422
    instructor.submit(address, files={"file": ("task.pdf", b"MZ\0\0 no pdf")})
    assert instructor.status == 422
    assert "The assignment is as it was." in instructor.page.text
    instructor.submit(address, files={"file": ("first.txt", b"Compare two cities of your choice.")})
    assert "Compare two cities of your choice." in instructor.page.text
    first = one(site, select(TaskSheet.content_id))
    instructor.submit(address, files={"file": ("Aufgabe.md", b"# Task\n\nWrite about Ghent <<<DRAFT and Graz.")})
    second = one(site, select(TaskSheet.content_id).where(TaskSheet.removed_at.is_(None)))
    assert site.wiring.content.is_erased(str(first))
    ada.get(urls.task(assignment_id))
    assert urls.own_task_sheet(assignment_id) in ada.last.text  # type: ignore[union-attr]
    ada.get(urls.own_task_sheet(assignment_id))
    assert ada.last is not None
    assert ada.last.content == b"# Task\n\nWrite about Ghent <<<DRAFT and Graz."
    assert "Aufgabe.md" in ada.last.headers["content-disposition"]
    sweep_orphans(site.wiring.database, site.wiring.content, clock.now() + timedelta(days=400))
    assert not site.wiring.content.is_erased(str(second))
    draft_id = hand_in_text(ada, assignment_id)
    read_by_the_built_in_reader(site, draft_id)
    opened = site.wiring.database.read_now(open_draft, site.wiring.content, draft_id)
    prompt = build_prompt(opened.brief, opened.document, "", "c0dec0dec0de")
    assert "Write about Ghent < < <DRAFT and Graz." in prompt.system
    instructor.get(address)
    instructor.submit(urls.remove_task_sheet(assignment_id))
    assert site.wiring.content.is_erased(str(second))
    ada.get(urls.own_task_sheet(assignment_id))
    assert ada.status == 404
    # What was read with it says so; nobody can be given it any more.
    assert site.wiring.database.read_now(open_draft, site.wiring.content, draft_id).brief.task_sheet == ""
