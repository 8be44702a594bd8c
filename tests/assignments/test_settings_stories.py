"""Settings of an assignment through the pages: what they follow, what they refuse, the versions drafts keep."""

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.assessment.opening import open_draft
from feedforward.assessment.prompt import build_prompt
from feedforward.assessment.tables import Reading
from feedforward.assignments.settings_tables import AssignmentVersion
from feedforward.drafts.tables import Draft
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.tables import Feedback
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.assignments.test_stories import task_of
from tests.factories.choosing import ADA, acts, choose, local, one, read_by_the_built_in_reader
from tests.factories.feedback_rows import release
from tests.factories.site import Site
from tests.factories.studying import ESSAY, StartedFeedback, hand_in_text, preview_text, wiring_with
from tests.factories.teaching import make_course, make_teaching


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return wiring_with(wiring, StartedFeedback())


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
    for statement in (
        select(Draft.settings_version).order_by(Draft.id), select(Reading.settings_version).order_by(Reading.draft_id),
        select(Feedback.settings_version).order_by(Feedback.draft_id),
    ):  # fmt: skip
        with site.wiring.database.engine.connect() as connection:
            assert list(connection.execute(statement).scalars()) == [1, 2]
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
