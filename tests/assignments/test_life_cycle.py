"""Steps in the life of a course through the pages: counted before, enforced everywhere after, undone exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from feedforward import urls
from feedforward.assignments.tables import Assignment
from feedforward.clock import SetClock
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.feedback.queries import comments_of
from feedforward.feedback.tables import Feedback
from feedforward.retention.actions import erase_due
from feedforward.review.letters import DRAFTS_WAITING, staff_to_tell
from feedforward.review.releasing import release_due
from feedforward.ui.fields import date_time_value
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import StartedFeedback, hand_in_text, preview_text, wiring_with
from tests.factories.teaching import ZONE, add_rubric, make_assignment, make_teaching, publish


@dataclass
class Scene:
    """Two assignments of one course: Ada has a released first and a waiting second draft, and something previewed."""

    site: Site
    instructor: Visitor
    student: Visitor
    course_id: int
    one: int
    other: int
    drafts: dict[str, int] = field(default_factory=dict)

    def value(self, statement: Any) -> Any:
        return self.site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())

    def run(self, statement: Any) -> None:
        self.site.wiring.database.write_now(lambda connection: connection.execute(statement))

    def course(self) -> str:
        status: str = self.value(select(Course.status).where(Course.id == self.course_id))
        return status

    def assignment(self, assignment_id: int) -> str:
        status: str = self.value(select(Assignment.status).where(Assignment.id == assignment_id))
        return status

    def step(self, *there: str) -> None:
        """Through the page that shows what goes along."""
        for go_to in there:
            here = self.course()
            kept = {"archived", "deleted"} & {here, go_to}
            self.instructor.get(urls.course_step(self.course_id, go_to) if kept else urls.course(self.course_id))
            assert self.instructor.status == 200, self.instructor.page.text
            word = "ENG 101" if go_to == "deleted" else ""
            self.instructor.submit(urls.course_status(self.course_id), confirmation=word)
            assert self.instructor.status == 200, self.instructor.page.text
            assert self.course() == go_to


@pytest.fixture
def scene(wiring: Wiring) -> Iterator[Scene]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        student = site.person("Ada Author")
        teaching = make_teaching(site, students=["ada@example.edu"])
        made = Scene(site, teaching.instructor, student, teaching.course_id, teaching.assignment_id, 0)
        made.other = make_assignment(made.instructor, site, made.course_id, title="The second one")
        add_rubric(made.instructor, made.other)
        publish(made.instructor, made.other)
        owner_id = made.value(select(Course.owner_id).where(Course.id == made.course_id))
        made.drafts["released"] = hand_in_text(student, made.one)
        merge(site, made.drafts["released"])
        release(site, made.drafts["released"], by=owner_id)
        made.drafts["waiting"] = hand_in_text(student, made.one)
        merge(site, made.drafts["waiting"])
        made.drafts["previewed"] = preview_text(student, made.other)
        yield made


def test_archiving_says_what_goes_along_closes_everything_and_is_undone_exactly(scene: Scene, clock: SetClock) -> None:
    instructor, student, waiting = scene.instructor, scene.student, scene.drafts["waiting"]
    # One is archived on its own before: no step of its course brings it back.
    instructor.get(urls.assignment(scene.other))
    instructor.submit(urls.assignment_status(scene.other))
    page = instructor.get(urls.assignment_step(scene.other, "archived"))
    assert "1 text that a student has not handed in can no longer be handed in." in page.text
    instructor.submit(urls.assignment_status(scene.other))
    assert scene.assignment(scene.other) == "archived"
    scene.step("inactive")
    hidden = make_assignment(instructor, scene.site, scene.course_id, title="Never published")
    page = instructor.get(urls.course_step(scene.course_id, "archived"))
    for told in (
        "1 assignment becomes read-only.", "1 assignment is archived already and stays so",
        "1 assignment was never published and stays hidden.", "1 student keeps reading",
        "1 draft waiting for review stays in the queue", "1 draft waits for review.", "1 feedback stays readable.",
        "Should cities ban cars?: open, then archived",
    ):  # fmt: skip
        assert told in page.text, told
    instructor.get(urls.review(waiting))
    when = date_time_value(clock.now() + timedelta(days=1), ZONE)
    instructor.submit(urls.review_save(waiting), summary="Well argued.")
    form = instructor.get(urls.review(waiting)).form(urls.review_save(waiting))
    instructor.post(urls.review_schedule(waiting), {**form.fields, **form.lists, "release_at": when})
    assert instructor.status == 200, instructor.page.text
    assert "1 of them was to go out by itself" in instructor.get(urls.course_step(scene.course_id, "archived")).text
    scene.step("archived")
    assert [scene.assignment(each) for each in (scene.one, scene.other, hidden)] == ["archived", "archived", "draft"]

    # Students read, and change nothing.
    feedback = student.get(urls.feedback(scene.drafts["released"]))
    assert student.status == 200
    assert not [form for form in feedback.forms if "/comments/" in form.action]
    feedback_id = scene.value(select(Feedback.id).where(Feedback.draft_id == scene.drafts["released"]))
    comments = scene.site.wiring.database.read_now(comments_of, feedback_id)
    student.post(urls.comment_uptake(comments[0].id), {"state": "done"})
    assert student.status == 422
    assert "This course is archived" in student.page.text
    assert "archived" in student.get(urls.my_course(scene.course_id)).text
    student.get(urls.task(scene.one))
    assert urls.hand_in(scene.one) not in [form.action for form in student.page.forms]
    student.post(urls.confirm_draft(scene.drafts["previewed"]), {})
    assert student.status == 422
    # Staff read, and change nothing; what waits stays in the queue.
    assert "Ada Author, draft 2" in instructor.get(urls.review_queue()).text
    page = instructor.get(urls.review(waiting))
    assert "Read only." in page.text
    edit = {"edit": str(scene.value(select(Feedback.edit).where(Feedback.draft_id == waiting)))}
    for address in (
        urls.review_save(waiting), urls.review_release(waiting), urls.review_withhold(waiting),
        urls.review_recall(scene.drafts["released"]), urls.review_read_again(waiting),
        urls.release_saved(scene.one),
    ):  # fmt: skip
        instructor.post(address, {**edit, "withheld_reason": "no", "when": "now", "summary": "Changed"})
        assert instructor.status in (409, 422), (address, instructor.status)
    statuses = select(Feedback.status).where(Feedback.draft_id == waiting)
    assert scene.value(statuses) == "scheduled"
    # No set time, no notice; the clock of the text runs on.
    wiring = scene.site.wiring
    clock.moment += timedelta(days=2)
    assert release_due(wiring.database, wiring.content, retention_days=30, now=clock.now()) == 0
    assert scene.value(statuses) == "scheduled"
    since = clock.now() - timedelta(days=30)
    assert wiring.database.read_now(staff_to_tell, DRAFTS_WAITING, since, clock.now()) == []

    instructor, student = (scene.site.visitor().sign_in(f"{who}@example.edu") for who in ("iris", "ada"))
    instructor.get(urls.course_step(scene.course_id, "inactive"))
    told = instructor.page.text
    assert "1 assignment becomes what it was before." in told
    assert "1 assignment was archived on its own and stays archived." in told
    instructor.submit(urls.course_status(scene.course_id))
    assert [scene.assignment(each) for each in (scene.one, scene.other, hidden)] == ["active", "archived", "draft"]
    assert release_due(wiring.database, wiring.content, retention_days=30, now=clock.now()) == 1
    assert scene.value(statuses) == "released"
    student.post(urls.comment_uptake(comments[0].id), {"state": "done"})
    assert student.status == 200


def test_deleting_hides_the_course_from_everybody_and_its_owner_restores_it(scene: Scene, clock: SetClock) -> None:
    instructor, student, released = scene.instructor, scene.student, scene.drafts["released"]
    scene.step("inactive", "archived")
    page = instructor.get(urls.course_step(scene.course_id, "deleted"))
    assert "2 assignments disappear with the course." in page.text
    assert "1 draft waiting for review leaves the queue." in page.text
    instructor.submit(urls.course_status(scene.course_id), confirmation="something else")
    assert instructor.status == 422
    assert "To delete the course, type its code, ENG 101." in instructor.page.text
    scene.step("deleted")
    assert {scene.assignment(scene.one), scene.assignment(scene.other)} == {"deleted"}
    for who, addresses in (
        (instructor, (urls.course(scene.course_id), urls.assignment(scene.one), urls.review(released),
                      urls.course_class(scene.course_id), urls.class_feedback(scene.course_id),
                      urls.course_step(scene.course_id, "archived"))),
        (student, (urls.task(scene.one), urls.draft(released), urls.feedback(released), urls.draft_file(released),
                   urls.my_course(scene.course_id), urls.preview_draft(scene.drafts["previewed"]))),
    ):  # fmt: skip
        for address in addresses:
            who.get(address)
            assert who.status == 404, address
    other = scene.site.person("Otto Other", Role.INSTRUCTOR)
    other.get(urls.restore_course(scene.course_id))
    assert other.status == 404
    other.post(urls.restore_course(scene.course_id))
    assert other.status == 404
    assert "ENG 101" not in other.get(urls.courses(status="deleted")).text
    # A promise to erase holds whatever became of the course.
    wiring = scene.site.wiring
    erase_after = scene.value(select(Draft.erase_after).where(Draft.id == released))
    clock.moment = erase_after + timedelta(hours=1)
    erase_due(wiring.database, wiring.content, unreleased_days=365, notice_days=7, now=clock.now())
    assert scene.value(select(Draft.erased_at).where(Draft.id == released)) is not None

    instructor = scene.instructor = scene.site.visitor().sign_in("iris@example.edu")
    page = instructor.get(urls.courses(status="deleted"))
    assert page.links["Restore …"] == urls.restore_course(scene.course_id)
    page = instructor.get(urls.restore_course(scene.course_id))
    assert "2 assignments, each as it was." in page.text
    instructor.submit(urls.restore_course(scene.course_id))
    assert instructor.path == urls.course(scene.course_id)
    assert scene.course() == "archived"
    assert {scene.assignment(scene.one), scene.assignment(scene.other)} == {"archived"}
    scene.step("inactive", "active")
    assert {scene.assignment(scene.one), scene.assignment(scene.other)} == {"active"}
    student = scene.site.visitor().sign_in("ada@example.edu")
    assert "erased" in student.get(urls.feedback(released)).text


def test_a_deleted_assignment_is_restored_from_its_course_by_who_may_change_it(scene: Scene) -> None:
    instructor = scene.instructor
    for go_to in ("inactive", "archived", "deleted"):
        instructor.post(
            urls.assignment_status(scene.one),
            {"come_from": scene.assignment(scene.one), "go_to": go_to, "confirmation": "Should cities ban cars?"},
        )
    assert scene.assignment(scene.one) == "deleted"
    scene.student.get(urls.draft(scene.drafts["released"]))
    assert scene.student.status == 404
    scene.student.post(urls.restore_assignment(scene.one))
    assert scene.student.status == 403
    page = instructor.get(urls.deleted_assignments(scene.course_id))
    assert "Restored, it is archived as before, with all its drafts." in page.text
    instructor.submit(urls.restore_assignment(scene.one))
    assert instructor.path == urls.assignment(scene.one)
    assert scene.assignment(scene.one) == "archived"
    instructor.post(urls.restore_assignment(scene.one))
    assert instructor.status == 404
    assert "Nothing was deleted here" in instructor.get(urls.deleted_assignments(scene.course_id)).text
    # Deleted by an earlier version, which wrote no step down: what students saw comes back readable.
    scene.run(update(Assignment).where(Assignment.id == scene.one).values(status="deleted"))
    scene.run(update(Course).where(Course.id == scene.course_id).values(status="deleted"))
    instructor.get(urls.restore_course(scene.course_id))
    instructor.submit(urls.restore_course(scene.course_id))
    assert scene.course() == "archived"
