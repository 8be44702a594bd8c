"""Break glass: administrators read student work with a recorded reason, for a while, and the owner is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select

from feedforward import urls
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.courses.glass_rules import GlassScope, Opening, Place, covers, problem_with_reason
from feedforward.courses.glass_tables import GlassOpening
from feedforward.courses.tables import CourseStaff
from feedforward.mail.tables import MailMessage
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, StartedFeedback, confirm, preview_file, preview_text, wiring_with
from tests.factories.teaching import Teaching, make_teaching

REASON = "The student asked us why their feedback does not open, ticket 4711."
WORDS = "Cities should close their old centres"


@pytest.fixture
def site(wiring: Wiring) -> Iterator[Site]:
    """The application with a recorder in the engine's place."""
    with Site.open(wiring_with(wiring, StartedFeedback())) as opened:
        yield opened


def acts(site: Site, *actions: str) -> list[tuple[str, str, str]]:
    """(act, kind, number) of these acts, in their order."""
    of = select(AuditEvent.action, AuditEvent.subject_kind, AuditEvent.subject_id).where(AuditEvent.action.in_(actions))
    rows = site.wiring.database.read_now(lambda c: c.execute(of.order_by(AuditEvent.id)).all())
    return [(row.action, row.subject_kind, row.subject_id) for row in rows]


def hand_in(site: Site, student: Visitor, teaching: Teaching, owner_id: int) -> int:
    draft_id = preview_file(student, teaching.assignment_id, "essay.txt", ESSAY.encode())
    confirm(student, draft_id)
    merge(site, draft_id)
    release(site, draft_id, by=owner_id)
    return draft_id


def test_an_administrator_reads_a_draft_for_a_reason_that_its_owner_sees(site: Site, clock: SetClock) -> None:
    owner_id = site.make_person("Iris Instructor", Role.INSTRUCTOR)
    owner = site.visitor().sign_in("iris@example.edu")
    ada, admin = site.person("Ada Author"), site.person("Adam Admin", Role.ADMIN)
    teaching = make_teaching(site, instructor=owner, students=["ada@example.edu"])
    draft_id = hand_in(site, ada, teaching, owner_id)
    waiting = preview_text(ada, teaching.assignment_id)
    work, course = urls.work_of_draft(draft_id), urls.work_of_course(teaching.course_id)
    # Wherever they ask, they are led to say why; nothing of the text is shown.
    for page in (
        urls.draft(draft_id), urls.feedback(draft_id), urls.draft_file(draft_id), urls.review(draft_id), work,
        urls.file_of_work(draft_id),
    ):  # fmt: skip
        admin.get(page)
        assert (admin.status, admin.path) == (200, urls.say_why(work)), page
        assert WORDS not in admin.page.text
    admin.get(urls.course(teaching.course_id))
    assert admin.path == urls.say_why(course)
    admin.get(urls.work_of_draft(waiting))
    assert admin.status == 404, "what was not handed in is the student's alone"
    # A reason has to be one, and what was typed is kept.
    admin.get(work)
    admin.submit(urls.say_why(work), reason="just because")
    assert admin.status == 422
    assert "at least 20 characters" in admin.page.text
    assert admin.page.form(urls.say_why(work)).fields["reason"].strip() == "just because"
    assert acts(site, "break_glass.open") == []
    admin.submit(urls.say_why(work), reason=REASON)
    assert (admin.status, admin.path) == (200, work)
    assert WORDS in admin.page.text
    assert "It closes in 60 minutes" in admin.page.text
    assert "Ada Author, draft 1" in admin.page.text
    assert admin.page.text.count("Next step") > 0
    admin.get(urls.file_of_work(draft_id))
    assert admin.last is not None
    assert admin.last.content == ESSAY.encode()
    assert acts(site, "break_glass.open", "break_glass.read") == [
        ("break_glass.open", "glass", "1"), *[("break_glass.read", "draft", str(draft_id))] * 2,
    ]  # fmt: skip
    # Nothing can be changed with it, and it reaches no further than it says.
    for button in (urls.review_release(draft_id), urls.review_withhold(draft_id), urls.preserve(draft_id)):
        admin.post(button, {"edit": "0"})
        assert admin.status in (403, 404), button
    admin.get(course)
    assert admin.path == urls.say_why(course)
    # The owner is told by mail, at home and on the course's page, until they say that they saw it.
    letters = select(MailMessage.user_id, MailMessage.ids).where(MailMessage.template == "glass_opened")
    assert site.wiring.database.read_now(lambda c: [tuple(row) for row in c.execute(letters)]) == [
        (owner_id, {"opening_id": 1})
    ]
    owner.get(urls.home())
    assert "An administrator opened student work of ENG 101" in owner.page.text
    owner.get(urls.course(teaching.course_id))
    for told in ("Adam Admin", REASON, f"Draft {draft_id}", "2 pages", "Open now"):
        assert told in owner.page.text, told
    owner.submit(urls.glass_seen(teaching.course_id))
    assert owner.path == urls.course(teaching.course_id)
    assert REASON in owner.page.text, "the list stays"
    owner.get(urls.home())
    assert "opened student work" not in owner.page.text
    # It ends by itself.
    clock.moment += timedelta(minutes=61)
    admin.get(work)
    assert admin.path == urls.say_why(work)
    admin.post(urls.close_glass(1))
    assert admin.status == 422
    assert "closed already" in admin.page.text


def test_a_student_or_a_course_is_opened_and_closed_early(site: Site) -> None:
    owner_id = site.make_person("Iris Instructor", Role.INSTRUCTOR)
    owner = site.visitor().sign_in("iris@example.edu")
    ada_id = site.make_person("Ada Author")
    ada, ben = site.visitor().sign_in("ada@example.edu"), site.person("Ben Beginner")
    admin, other = site.person("Adam Admin", Role.ADMIN), site.person("Eve Else", Role.ADMIN)
    teaching = make_teaching(site, instructor=owner, students=["ada@example.edu", "ben@example.edu"])
    hers, his = (hand_in(site, each, teaching, owner_id) for each in (ada, ben))
    of_ada, of_all = urls.work_of_student(teaching.course_id, ada_id), urls.work_of_course(teaching.course_id)
    admin.get(of_ada)
    admin.submit(urls.say_why(of_ada), reason=REASON)
    assert admin.path == of_ada
    assert admin.page.links[f"Draft {hers}"] == urls.work_of_draft(hers)
    assert f"Draft {his}" not in admin.page.links
    assert WORDS in admin.get(urls.work_of_draft(hers)).text
    admin.get(urls.work_of_draft(his))
    assert admin.path == urls.say_why(urls.work_of_draft(his))
    other.get(urls.work_of_draft(hers))
    assert other.path == urls.say_why(urls.work_of_draft(hers)), "an opening is one person's"
    other.post(urls.close_glass(1))
    assert other.status == 404
    admin.get(urls.student_work(), what="draft")
    admin.submit(urls.close_glass(1))
    assert (admin.status, admin.path) == (200, urls.student_work())
    admin.get(of_ada)
    assert admin.path == urls.say_why(of_ada)
    admin.get(urls.say_why(of_all))
    admin.submit(urls.say_why(of_all), reason=REASON)
    assert {f"Draft {hers}", f"Draft {his}"} <= set(admin.page.links)
    assert WORDS in admin.get(urls.work_of_draft(his)).text
    # Nobody but the owner says that it was seen, and students and staff never come near these pages.
    owner.get(urls.student_work())
    assert owner.status == 403
    assert acts(site, "break_glass.close") == [("break_glass.close", "glass", "1")]
    admin.get(f"{urls.student_work()}?what=course&number={teaching.course_id}")
    assert admin.path == of_all
    admin.get(f"{urls.student_work()}?what=course&number=x")
    assert admin.status == 422


def test_an_administrator_who_teaches_uses_their_own_rights_for_their_own_courses(site: Site) -> None:
    admin_id = site.make_person("Adam Admin", Role.ADMIN)
    admin, ada = site.visitor().sign_in("adam@example.edu"), site.person("Ada Author")
    owner = site.person("Iris Instructor", Role.INSTRUCTOR)
    teaching = make_teaching(site, instructor=owner, students=["ada@example.edu"])
    draft_id = hand_in(site, ada, teaching, admin_id)
    values = {"course_id": teaching.course_id, "user_id": admin_id, "role": "co_instructor"}
    added = insert(CourseStaff).values(added_at=site.wiring.clock.now(), **values)
    site.wiring.database.write_now(lambda connection: connection.execute(added))
    admin.get(urls.review(draft_id))
    assert (admin.status, admin.path) == (200, urls.review(draft_id))
    assert WORDS in admin.page.text

    def openings(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(GlassOpening)).scalar_one()

    assert site.wiring.database.read_now(openings) == 0


PLACES = st.builds(Place, st.integers(1, 2), st.none() | st.integers(1, 2), st.none() | st.integers(1, 2))


@given(PLACES, PLACES, st.sampled_from(GlassScope))
def test_an_opening_never_reaches_beyond_what_it_names(opened: Place, asked: Place, scope: GlassScope) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    opening = Opening(
        1, 1, "", opened.course_id, "", scope, opened.student_id, opened.draft_id, "", now, now, None, 0, False
    )  # fmt: skip
    if covers(opening, asked):
        assert asked.course_id == opened.course_id
        if scope is GlassScope.STUDENT:
            assert asked.student_id == opened.student_id is not None
        if scope is GlassScope.DRAFT:
            assert asked.draft_id == opened.draft_id is not None
    assert not covers(replace(opening, course_id=9), asked)


@given(st.text(alphabet="ab \n", max_size=60))
def test_a_few_keys_pressed_over_and_over_are_no_reason(typed: str) -> None:
    assert problem_with_reason(typed)
