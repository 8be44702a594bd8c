"""Publishing by a schedule, feedback without a review, and anonymous review, through the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.assignments.publication_actions import publish_due
from feedforward.assignments.queries import task_for_student
from feedforward.assignments.settings_tables import AssignmentSettings
from feedforward.clock import SetClock
from feedforward.feedback.tables import Feedback
from feedforward.review.releasing import release_due
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.assignments.test_stories import task_of
from tests.factories.choosing import ADA, acts, choose, local, one, read_by_the_built_in_reader
from tests.factories.feedback_rows import release
from tests.factories.site import Site
from tests.factories.studying import ESSAY, StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import add_rubric, enrol_students, make_assignment, make_course, make_teaching


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return wiring_with(wiring, StartedFeedback())


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
    assert "Review of this assignment is anonymous" in instructor.page.text
    assert "promised in" in instructor.get(urls.review_queue()).text
    site.wiring.clock.moment += timedelta(days=15)  # type: ignore[attr-defined]
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    assert "overdue" in instructor.get(urls.review_queue()).text
    release(site, draft_id, by=1)
    assert "Lovelace" in instructor.get(urls.review(draft_id)).text
    assert "Lovelace" in instructor.get(urls.review_queue(None, "released")).text
