"""A student's courses: what is due and came back in one, as its state allows."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

from feedforward import urls
from feedforward.courses.tables import Course, Enrolment
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_teaching


@pytest.fixture
def with_feedback(wiring: Wiring) -> Iterator[Site]:
    if not wiring.database.is_sqlite:
        pytest.skip("the statements are those of the student's home, which is tried on both databases")
    with Site.open(wiring_with(wiring, StartedFeedback())) as opened:
        yield opened


def run(site: Site, statement: Any) -> None:
    site.wiring.database.write_now(lambda connection: connection.execute(statement))


def test_a_student_finds_in_each_course_what_is_due_and_what_came_back_there(with_feedback: Site) -> None:
    site = with_feedback
    ada, bela = site.person("Ada Author"), site.person("Bela Boyd")
    first = make_teaching(site, students=["ada@example.edu"], max_drafts="2")
    second = make_teaching(
        site, instructor=first.instructor, students=["ada@example.edu", "bela@example.edu"], title="A second one"
    )
    draft = hand_in_text(ada, first.assignment_id)
    merge(site, draft)
    release(site, draft, by=1)
    page = ada.get(urls.my_courses())
    assert page.links["My courses"] == urls.my_courses()
    assert page.text.count("Autumn 2026, Iris Instructor") == 2
    page = ada.get(urls.my_course(first.course_id))
    assert page.links["Draft 1: Should cities ban cars?"] == urls.feedback(draft)
    assert page.links["Should cities ban cars?"] == urls.task(first.assignment_id)
    assert "1 of 2 drafts handed in" in page.text
    assert "A second one" not in page.text
    bela.get(urls.my_course(first.course_id))
    assert bela.status == 404
    for status, told in (
        ("inactive", "has paused this course"), ("archived", "This course is archived"), ("draft", ""), ("deleted", ""),
    ):  # fmt: skip
        change = update(Course).where(Course.id == first.course_id).values(status=status)
        run(site, change)
        page = ada.get(urls.my_course(first.course_id))
        assert ada.status == (200 if told else 404), status
        assert not told or told in page.text
        assert (urls.my_course(first.course_id) in ada.get(urls.my_courses()).links.values()) == bool(told)
    removed = update(Enrolment).values(status="removed")
    run(site, removed)
    ada.get(urls.my_course(second.course_id))
    assert ada.status == 404
    assert "You are in no course yet" in ada.get(urls.my_courses()).text
