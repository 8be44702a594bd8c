"""A tutor with a part of the roster: another section's drafts do not exist for them, in any list and at any address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.courses.tables import CourseStaff, Enrolment, TutorSection, TutorStudent
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.home.staff_queries import to_review
from feedforward.mail.tables import MailMessage
from feedforward.retention.queries import kept_in_my_courses
from feedforward.review.letters import DRAFTS_WAITING, staff_to_tell, tell_staff
from feedforward.review.releasing import saved_drafts
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge
from tests.factories.letters import write_waiting
from tests.factories.site import Site, Visitor
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_teaching


@dataclass
class Two:
    """A course with a student in each of two sections, a draft of each waiting, and a tutor of section A."""

    site: Site
    owner: Visitor
    tutor: Visitor
    tutor_id: int
    course_id: int
    assignment_id: int
    mine: int
    other: int
    other_student: int

    def run(self, statement: Any) -> Any:
        return self.site.wiring.database.write_now(lambda connection: connection.execute(statement).rowcount)

    def read(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.site.wiring.database.read_now(query, *args, **kwargs)


@pytest.fixture
def two(wiring: Wiring) -> Iterator[Two]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        ada, bela = site.person("Ada Author"), site.person("Bela Boyd")
        teaching = make_teaching(site, students=["ada@example.edu", "bela@example.edu"])
        tutor = site.person("Tim Tutor")
        ids: dict[str, int] = {}

        def place(connection: Connection) -> None:
            now = site.wiring.clock.now()
            rows = connection.execute(select(Enrolment.student_id).order_by(Enrolment.student_id)).scalars().all()
            ids["ada"], ids["bela"] = rows
            for student, section in zip(rows, ("A", "B"), strict=True):
                connection.execute(update(Enrolment).where(Enrolment.student_id == student).values(section=section))
            ids["tim"] = connection.execute(select(User.id).where(User.email == "tim@example.edu")).scalar_one()
            connection.execute(
                insert(CourseStaff).values(
                    course_id=teaching.course_id, user_id=ids["tim"], role="tutor", added_at=now, sees_all=False
                )
            )
            connection.execute(
                insert(TutorSection).values(course_id=teaching.course_id, user_id=ids["tim"], section="A")
            )

        site.wiring.database.write_now(place)
        mine, other = (hand_in_text(each, teaching.assignment_id) for each in (ada, bela))
        for draft_id in (mine, other):
            merge(site, draft_id)
        yield Two(
            site, teaching.instructor, tutor, ids["tim"], teaching.course_id, teaching.assignment_id, mine, other,
            ids["bela"],
        )  # fmt: skip


def test_another_sections_draft_cannot_be_opened_changed_or_released(two: Two) -> None:
    two.tutor.get(urls.review(two.mine))
    assert two.tutor.status == 200
    for address in (urls.review(two.other), urls.review_file(two.other), urls.review_changes(two.other)):
        two.tutor.get(address)
        assert two.tutor.status == 404, address
    for address in (
        urls.review_save(two.other), urls.review_release(two.other), urls.review_withhold(two.other),
        urls.review_comment(two.other), urls.review_read_again(two.other), urls.preserve(two.other),
        urls.review_schedule(two.other), urls.review_recall(two.other),
    ):  # fmt: skip
        two.tutor.post(address, {"edit": "0", "reason": "mine now", "confirmation": "release"})
        assert two.tutor.status == 404, address
    assert two.read(lambda c: c.execute(select(Draft.status).where(Draft.id == two.other)).scalar_one()) == (
        "awaiting_review"
    )


def test_the_queue_its_counts_and_its_neighbours_know_a_tutors_students_only(two: Two) -> None:
    page = two.tutor.get(urls.review_queue())
    assert "Ada Author" in page.text
    assert "Bela" not in page.text
    narrowed = two.tutor.get(urls.review_queue(two.assignment_id))
    assert "Bela" not in narrowed.text
    assert urls.review(two.other) not in two.tutor.get(urls.review(two.mine)).html
    everything = two.owner.get(urls.review_queue())
    assert "Ada Author" in everything.text
    assert "Bela Boyd" in everything.text


def test_home_retention_and_letters_count_a_tutors_students_only(two: Two) -> None:
    now = two.site.wiring.clock.now()
    owner_id = two.read(
        lambda c: c.execute(select(CourseStaff.user_id).where(CourseStaff.role == "owner")).scalar_one()
    )
    for person, waiting in ((two.tutor_id, 1), (owner_id, 2)):
        assert [each.waiting for each in two.read(to_review, person)] == [waiting]
        assert [each.kept for each in two.read(kept_in_my_courses, person)] == [waiting]
    two.run(update(MailMessage).values(status="sent"))
    two.run(update(Draft).values(changed_at=now))
    told = [(two.tutor_id, two.assignment_id), (owner_id, two.assignment_id)]
    two.site.wiring.database.write_now(tell_staff, DRAFTS_WAITING, told, now)
    two.run(update(MailMessage).where(MailMessage.status == "held").values(status="waiting"))
    subjects = {each.to: each.letter.subject for each in write_waiting(two.site)}
    assert subjects["tim@example.edu"].startswith("1 draft waits")
    assert subjects["iris@example.edu"].startswith("2 drafts wait")


def test_a_tutor_without_anybody_is_told_of_nothing(two: Two) -> None:
    two.run(update(TutorSection).values(section="C"))
    now = two.site.wiring.clock.now()
    two.run(update(Draft).values(changed_at=now))
    told = two.read(staff_to_tell, DRAFTS_WAITING, now.replace(year=2020), now)
    assert two.tutor_id not in [person for person, _ in told]
    assert len(told) == 1
    two.tutor.get(urls.review(two.mine))
    assert two.tutor.status == 404


def test_releasing_what_is_saved_releases_a_tutors_part_only(two: Two) -> None:
    two.run(update(Feedback).values(status="saved"))
    assert list(two.read(saved_drafts, two.tutor_id, two.assignment_id)) == [two.mine]


def test_a_student_chosen_by_name_belongs_to_the_part_too_and_a_move_to_the_section_counts_at_once(two: Two) -> None:
    two.run(
        insert(TutorStudent).values(
            course_id=two.course_id, user_id=two.tutor_id, student_id=two.other_student
        )
    )  # fmt: skip
    two.tutor.get(urls.review(two.other))
    assert two.tutor.status == 200
    two.run(TutorStudent.__table__.delete())
    two.tutor.get(urls.review(two.other))
    assert two.tutor.status == 404
    two.run(update(Enrolment).where(Enrolment.student_id == two.other_student).values(section="A"))
    assert "Bela Boyd" in two.tutor.get(urls.review_queue()).text
