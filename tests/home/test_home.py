"""Where everybody starts: by what they are here, with what needs them first."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.extraction.sandbox import SandboxKind
from feedforward.home import routes as home_routes
from feedforward.web.access import Role
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site
from tests.factories.studying import hand_in_text, preview_text
from tests.factories.teaching import make_assignment, make_course, make_teaching


def test_somebody_signed_out_is_asked_to_sign_in(site: Site) -> None:
    visitor = site.visitor()
    visitor.get(urls.home())
    assert visitor.path == urls.sign_in()


def test_a_student_without_a_course_is_told_whom_to_ask_and_an_instructor_what_to_make(site: Site) -> None:
    assert "ask your instructor whether you are enrolled" in site.person("Ada Student").get(urls.home()).text
    page = site.person("Iris Instructor", Role.INSTRUCTOR).get(urls.home())
    assert page.links["Create a course"] == urls.new_course()


def test_a_student_sees_what_is_due_what_waits_and_what_came_back(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    page = ada.get(urls.home())
    assert "Should cities ban cars?" in page.links
    assert "No draft yet" in page.text
    assert "in 2 weeks" in page.text
    preview_text(ada, teaching.assignment_id)
    draft_id = hand_in_text(ada, teaching.assignment_id)
    text = ada.get(urls.home()).text
    assert "Not handed in yet" in text
    assert "Waiting to be read" in text
    assert "What came back" not in text
    merge(site, draft_id)
    assert "What came back" not in ada.get(urls.home()).text
    release(site, draft_id, by=2)
    page = ada.get(urls.home())
    assert page.links["Draft 1: Should cities ban cars?"] == urls.feedback(draft_id)
    assert "New" in page.text
    assert "Amended" not in page.text
    ada.get(urls.feedback(draft_id))
    assert "New" not in ada.get(urls.home()).text
    release(site, draft_id, by=2)
    assert "Amended" in ada.get(urls.home()).text


def test_a_student_is_told_before_a_text_is_erased_and_not_of_one_that_is_kept(site: Site, clock: SetClock) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(ada, teaching.assignment_id)
    merge(site, draft_id)
    release(site, draft_id, by=2, days=30)
    assert "will be erased soon" not in ada.get(urls.home()).text
    clock.moment += timedelta(days=17)
    ada.get(urls.home())
    ada.sign_in("ada@example.edu")
    text = ada.get(urls.home()).text
    assert "will be erased soon" in text
    assert "16 December 2026" in text
    site.wiring.database.write_now(lambda connection: connection.execute(update(Draft).values(content_preserved=True)))
    assert "will be erased soon" not in ada.get(urls.home()).text


def test_what_is_not_published_or_of_another_course_is_not_shown(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    make_assignment(teaching.instructor, site, teaching.course_id, title="Not published yet")
    other = make_course(teaching.instructor, code="ENG 999")
    make_assignment(teaching.instructor, site, other, title="Of another course")
    text = ada.get(urls.home()).text
    assert "Not published yet" not in text
    assert "Of another course" not in text


def test_an_instructor_sees_how_many_drafts_need_them_and_nobody_elses(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(ada, teaching.assignment_id)
    assert "Nothing waits for you" in teaching.instructor.get(urls.home()).text
    merge(site, draft_id)
    assert "1 to review" in teaching.instructor.get(urls.home()).text
    other = site.person("Otto Other", Role.INSTRUCTOR)
    assert "to review" not in other.get(urls.home()).text


def test_an_administrator_sees_counts_and_acts_and_no_word_of_a_draft(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    hand_in_text(ada, teaching.assignment_id)
    admin = site.person("Ira Admin", Role.ADMIN)
    text = admin.get(urls.home()).text
    assert "handed in a draft" in text
    assert "None seen lately: drafts wait unread" in text
    assert "built-in" in text
    assert "Some traders fear" not in text


def test_a_students_home_takes_at_most_four_statements_after_the_session(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    for _ in range(3):
        release_id = hand_in_text(ada, teaching.assignment_id)
        merge(site, release_id)
        release(site, release_id, by=2)
    ada.get(urls.home())
    statements: list[str] = []
    event.listen(site.wiring.database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    ada.get(urls.home())
    assert len([each for each in statements if each.lower().startswith("select")]) <= 1 + 4, statements


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SandboxKind.BUBBLEWRAP, "Read in a child process inside bubblewrap: no network, no file system"),
        (SandboxKind.LIMITS_ALONE, "limits alone: bubblewrap cannot run here"),
    ],
)
def test_an_admin_sees_behind_which_walls_files_are_read(
    site: Site, monkeypatch: pytest.MonkeyPatch, kind: SandboxKind, said: str
) -> None:
    monkeypatch.setattr(home_routes, "sandbox_kind", lambda: kind)
    admin = site.person("Alma Admin", Role.ADMIN)
    text = admin.get(urls.home()).text
    assert said in text
    assert ("Install bubblewrap" in text) is (kind is SandboxKind.LIMITS_ALONE)
