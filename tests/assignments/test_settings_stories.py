"""Settings of an assignment through the pages: defaults, extensions, task sheet, schedule, versions, review."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.opening import open_draft
from feedforward.assessment.prompt import build_prompt
from feedforward.assessment.tables import Reading
from feedforward.assignments.publication_actions import publish_due
from feedforward.assignments.queries import task_for_student
from feedforward.assignments.settings_tables import AssignmentSettings, AssignmentVersion, TaskSheet
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.tables import Feedback
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.retention.actions import sweep_orphans
from feedforward.review.releasing import release_due
from feedforward.ui.fields import date_time_value
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver, lanes
from tests.assignments.test_stories import task_of
from tests.factories.feedback_rows import release
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, StartedFeedback, hand_in_text, preview_text, wiring_with
from tests.factories.teaching import ZONE, add_rubric, enrol_students, make_assignment, make_course, make_teaching

ADA = ["ada@example.edu"]


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return wiring_with(wiring, StartedFeedback())


def one(site: Site, statement: object) -> object:
    return site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())  # type: ignore[call-overload]


def acts(site: Site, beginning: str) -> list[str]:
    statement = select(AuditEvent.action).where(AuditEvent.action.startswith(beginning)).order_by(AuditEvent.id)
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).scalars()))


def local(moment: datetime) -> str:
    return date_time_value(moment, ZONE)


def choose(instructor: Visitor, assignment_id: int, **chosen: str | list[str]) -> None:
    """Change the settings of an assignment on their page."""
    address = urls.assignment_settings(assignment_id)
    instructor.get(address)
    instructor.submit(address, **chosen)
    assert instructor.status == 200, instructor.page.text
    assert instructor.path == urls.assignment(assignment_id), instructor.page.text


def read_by_the_built_in_reader(site: Site, draft_id: int) -> None:
    """What the worker does with a draft that was handed in."""
    wiring, engine = site.wiring, HandedOver()
    desk = ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=ModelGateway(), providers=(),
        lanes=lanes(built_in=4), engine=engine, worker=WorkerIdentity(1, "b" * 32), tries=1,
    )  # fmt: skip

    async def work() -> None:
        assert await desk.begin(draft_id)
        for reading_id, dispatch in list(engine.readings):
            assert await desk.read(reading_id, dispatch) == "done"
        assert await desk.finish(draft_id)

    asyncio.run(work())


def test_settings_follow_the_course_and_the_installation_and_say_so(site: Site) -> None:
    admin = site.person("Ada Admin", Role.ADMIN)
    admin.get(urls.installation_defaults())
    admin.submit(urls.installation_defaults(), tone="warm and brief", minutes_between="60")
    assert "The defaults are saved." in admin.page.text
    teaching = make_teaching(site)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    instructor.get(urls.course_defaults(teaching.course_id))
    assert "As on this installation: 1 hour" in instructor.page.text.replace("as on", "As on")
    instructor.submit(urls.course_defaults(teaching.course_id), late="accept", students_see="words")
    assert "The defaults of the course are saved." in instructor.page.text
    choose(instructor, assignment_id, detail="brief", file_types=["PDF"])
    text = instructor.page.text
    assert "Brief: the one or two things that matter most (chosen here)" in text
    assert "Accept them and mark them late (from the course)" in text
    assert "warm and brief (from this installation)" in text
    assert "English (as FeedForward does it)" in text
    settings = task_of(site, assignment_id).settings
    assert (settings.tone, settings.late, settings.detail, settings.minutes_between) == (
        "warm and brief", "accept", "brief", 60,
    )  # fmt: skip
    # Wrong values are told beside their fields, with everything typed kept, and nothing is saved.
    address = urls.assignment_settings(assignment_id)
    instructor.get(address)
    page = instructor.submit(
        address, minutes_between="soon", focus="The line of argument", late_until="2020-01-01T10:00"
    )
    assert instructor.status == 422
    assert page.form(address).fields["focus"] == "The line of argument"
    assert "Enter a whole number of minutes" in page.text
    assert "Choose a moment after the due date" in page.text
    # Two people at once: nothing is overwritten silently.
    stale = instructor.get(address).form(address)
    choose(instructor, assignment_id, tone="dry")
    instructor.post(address, {**stale.fields, **stale.lists, "tone": "warm"})
    assert instructor.status == 409
    assert task_of(site, assignment_id).settings.tone == "dry"
    for who, where in ((instructor, urls.course_defaults(teaching.course_id)), (admin, urls.installation_defaults())):
        who.get(where)
        who.submit(where, version="0")
        assert who.status == 422
        assert "Somebody else has changed these defaults" in who.page.text
    assert acts(site, "assignment.set_settings") == ["assignment.set_settings"] * 2


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


def test_files_and_words_outside_what_is_asked_are_refused_at_the_server(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=ADA, word_min="500")
    assignment_id = teaching.assignment_id
    choose(teaching.instructor, assignment_id, word_limits="refuse", file_types=["PDF", "MD"])
    page = ada.get(urls.task(assignment_id))
    assert "PDF or MD, up to" in page.text
    assert "other texts are not taken in" in page.text
    for name, data in (("essay.docx", b"x"), ("essay.pdf", b"{\\rtf1 A rich text that says it is something else.}")):
        ada.get(urls.task(assignment_id))
        ada.submit(urls.hand_in(assignment_id), files={"file": (name, data)})
        assert ada.status == 422
        assert "This assignment takes PDF or MD." in ada.page.text, name
    draft_id = preview_text(ada, assignment_id)
    assert "at least 500 are asked for. Texts outside these limits are not taken in" in ada.page.text
    assert urls.confirm_draft(draft_id) not in [form.action for form in ada.page.forms]
    ada.post(urls.confirm_draft(draft_id))
    assert ada.status == 422
    assert one(site, select(Draft.status).where(Draft.id == draft_id)) == "previewed"


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


def test_a_schedule_publishes_once_at_its_local_moment_and_can_be_taken_back(site: Site, clock: SetClock) -> None:
    ada = site.make_person("Ada Student")
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    enrol_students(instructor, course_id, ADA)
    assignment_id = make_assignment(instructor, site, course_id)
    add_rubric(instructor, assignment_id)
    now, offered = clock.moment, site.wiring.services.readers
    address = urls.schedule_publication(assignment_id)
    for typed, told in (
        ("soon", "Enter the day and the hour"), (local(now - timedelta(hours=1)), "still to come"),
        (local(now + timedelta(days=30)), "due before that"),
    ):  # fmt: skip
        instructor.get(urls.assignment(assignment_id))
        page = instructor.submit(address, publish_at=typed)
        assert instructor.status == 422
        assert told in page.text
        assert page.form(address).fields["publish_at"] == ("" if typed == "soon" else typed) or typed == "soon"
    instructor.submit(address, publish_at=local(now + timedelta(days=1)))
    assert "It will be published" in instructor.page.text
    instructor.submit(urls.unschedule_publication(assignment_id))
    assert publish_due(site.wiring.database, offered=offered, now=now + timedelta(days=2)) == 0
    instructor.get(urls.assignment(assignment_id))
    instructor.submit(address, publish_at=local(now + timedelta(days=1)))
    assert publish_due(site.wiring.database, offered=offered, now=now + timedelta(hours=23)) == 0
    # A reader that is gone by then: it stays hidden, and its staff read why.
    assert publish_due(site.wiring.database, offered=("other/model",), now=now + timedelta(days=1)) == 0
    assert task_of(site, assignment_id).status == "draft"
    page = instructor.get(urls.assignment(assignment_id))
    assert "and was not. The assignment was not published. built-in: no longer set up here." in page.text
    instructor.submit(address, publish_at=local(now + timedelta(days=2)))
    due = now + timedelta(days=2)
    assert [publish_due(site.wiring.database, offered=offered, now=due) for _ in range(2)] == [1, 0]
    assert site.wiring.database.read_now(task_for_student, ada, assignment_id).takes_drafts
    assert one(site, select(AssignmentSettings.publish_at)) is None
    assert acts(site, "assignment.publish") == ["assignment.publish_failed", "assignment.publish_scheduled"]


def test_a_draft_keeps_the_version_it_was_read_with(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=ADA)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    first = hand_in_text(ada, assignment_id)
    read_by_the_built_in_reader(site, first)
    choose(instructor, assignment_id, tone="dry", language="German", focus="Sources first", students_see="words")
    choose(instructor, assignment_id, return_at=local(task_of(site, assignment_id).due_at))
    second = hand_in_text(ada, assignment_id, f"{ESSAY} One more sentence stands here now.")
    read_by_the_built_in_reader(site, second)
    for table in (Draft, Reading, Feedback):
        column = Draft.id if table is Draft else table.draft_id
        found = site.wiring.database.read_now(
            lambda connection, table=table, column=column: connection.execute(
                select(table.settings_version).order_by(column)
            ).scalars().all()
        )  # fmt: skip
        assert list(found) == [1, 2], table
    opened = [site.wiring.database.read_now(open_draft, site.wiring.content, each).brief for each in (first, second)]
    assert [each.language for each in opened] == ["English", "German"]
    systems = [build_prompt(each, document_from_text(ESSAY), "", "c0dec0dec0de").system for each in opened]
    assert "Write in German" in systems[1]
    assert "Tone: dry." in systems[1]
    assert "Focus, from the instructor: Sources first" in systems[1]
    assert "Tone: kind, plain and specific." in systems[0]
    page = instructor.get(urls.assignment_versions(assignment_id))
    assert "Iris Instructor changed the tone, the focus, the language of the feedback, what students see." in page.text
    assert "Drafts: draft 1 of 1 student, " in page.text
    assert "Drafts: draft 2 of 1 student, " in page.text
    assert "Version 1 of the assignment" in ada.get(urls.draft(first)).text
    for draft_id, shown in ((first, True), (second, False)):
        release(site, draft_id, by=1)
        text = ada.get(urls.feedback(draft_id)).text
        assert ("Where this draft stands" in text) is shown, draft_id
    assert one(site, select(AssignmentVersion.number).order_by(AssignmentVersion.number.desc()).limit(1)) == 2


def test_feedback_goes_out_unreviewed_only_where_permitted_and_the_student_is_told(site: Site, clock: SetClock) -> None:
    admin, ada = site.person("Anna Admin", Role.ADMIN), site.person("Ada Student")
    teaching = make_teaching(site, students=ADA)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    choose(instructor, assignment_id, review="not_required")
    assert "does not permit release without a review" in instructor.get(urls.assignment_settings(assignment_id)).text

    def released() -> int:
        return release_due(site.wiring.database, site.wiring.content, retention_days=30, now=clock.now())

    first = hand_in_text(ada, assignment_id)
    read_by_the_built_in_reader(site, first)
    assert released() == 0
    assert one(site, select(Feedback.status)) == "awaiting_review"
    admin.get(urls.installation_defaults())
    admin.submit(urls.installation_defaults(), unreviewed_allowed="yes")
    assert "without a person having reviewed it" in ada.get(urls.task(assignment_id)).text
    second = hand_in_text(ada, assignment_id, f"{ESSAY} One more sentence stands here now.")
    read_by_the_built_in_reader(site, second)
    # Taken back before it went out: it waits for a person again.
    admin.get(urls.installation_defaults())
    admin.submit(urls.installation_defaults(), unreviewed_allowed="")
    assert released() == 0
    assert one(site, select(Feedback.status).where(Feedback.draft_id == second)) == "awaiting_review"
    admin.get(urls.installation_defaults())
    admin.submit(urls.installation_defaults(), unreviewed_allowed="yes")
    third = hand_in_text(ada, assignment_id, f"{ESSAY} And another sentence stands here now.")
    read_by_the_built_in_reader(site, third)
    assert [released(), released()] == [1, 0]
    text = ada.get(urls.feedback(third)).text
    assert "Nobody has reviewed this feedback" in text
    assert "without a review by a person" in text
    assert "reviewed and released by" not in text
    assert acts(site, "review.") == ["review.kept_for_a_person", "review.release_unreviewed"]


def test_names_are_hidden_in_review_until_the_feedback_is_released(site: Site) -> None:
    ada = site.person("Ada Lovelace")
    teaching = make_teaching(site, students=ADA)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    choose(instructor, assignment_id, anonymous="yes", return_at=local(task_of(site, assignment_id).due_at))
    assert "Feedback by" in ada.get(urls.task(assignment_id)).text
    draft_id = hand_in_text(ada, assignment_id)
    read_by_the_built_in_reader(site, draft_id)
    for address in (urls.review_queue(), urls.review_queue(assignment_id), urls.review(draft_id)):
        page = instructor.get(address)
        assert "Lovelace" not in page.text, address
        assert "Student " in page.text
    assert "Review of this assignment is anonymous" in page.text
    assert "promised in" in instructor.get(urls.review_queue()).text
    site.wiring.clock.moment += timedelta(days=15)  # type: ignore[attr-defined]
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    assert "overdue" in instructor.get(urls.review_queue()).text
    release(site, draft_id, by=1)
    assert "Lovelace" in instructor.get(urls.review(draft_id)).text
    assert "Lovelace" in instructor.get(urls.review_queue(None, "released")).text


def test_instructions_are_previewed_with_and_without_scripts(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    address = urls.new_assignment(course_id)
    instructor.get(address)
    page = instructor.submit(address, title="T", instructions="Write **boldly** <script>", do="preview")
    assert instructor.status == 200
    assert "<strong>boldly</strong>" in instructor.last.text  # type: ignore[union-attr]
    assert "<script> " not in instructor.last.text  # type: ignore[union-attr]
    assert page.form(address).fields["title"] == "T"
    instructor.post(urls.preview_instructions(), {"instructions": "- one\n- two"})
    assert instructor.last is not None
    assert "<li>one</li>" in instructor.last.text
