"""The notices people really get: released feedback, drafts that wait, readers that failed; at once, daily or never."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.operations.jobs import scheduled_jobs
from feedforward.operations.schedules import run_due
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.mail.post_office import SITE, PostOffice, carrier_to, delivery_to, html_of, post_office, text_of
from tests.review.shelf import CANARY, Shelf, make_shelf

MAIL_JOBS = ("tell of drafts that wait", "tell of what failed", "daily digests", "mail cleanup")


def release(shelf: Shelf, draft_id: int, note: str = "") -> None:
    browser = shelf.instructor()
    browser.get(urls.review(draft_id))
    browser.post(urls.review_release(draft_id), {**browser.page.form(urls.review_save(draft_id)).fields, "note": note})
    assert browser.status == 200


def hand_in(shelf: Shelf, student: str, clock: SetClock, **changed: Any) -> int:
    """A draft that came to wait now, two minutes before anybody looks."""
    draft_id = shelf.hand_in(student, age=timedelta(0), **changed)
    clock.moment += timedelta(minutes=2)
    return draft_id


def work(site: Site) -> None:
    """Run the mail's schedules that are due now, as a worker does."""
    wiring = site.wiring
    jobs = scheduled_jobs(wiring.database, wiring.content, wiring.settings, wiring.clock)
    due = tuple(job for job in jobs if job.name in MAIL_JOBS)
    assert len(due) == len(MAIL_JOBS)
    asyncio.run(run_due(wiring.database, wiring.clock, due))
    outcomes = wiring.database.read_now(
        lambda connection: connection.execute(text("select outcome from scheduled_runs")).scalars().all()
    )
    assert not [each for each in outcomes if each.startswith("failed")]


def deliver(site: Site, office: PostOffice) -> None:
    carrier = carrier_to(office.port)
    delivery_to(site.wiring, carrier).deliver_due()


def choose(site: Site, email: str, **chosen: Any) -> None:
    person = site.visitor().sign_in(email)
    person.get(urls.mail_settings())
    person.submit(urls.mail_settings(), **chosen)
    assert person.status == 200


def pass_time(clock: SetClock, **span: float) -> None:
    clock.moment += timedelta(**span)


def test_a_student_is_told_of_released_feedback_and_of_nothing_in_it(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    draft_id = hand_in(shelf, "Ada Student", clock)
    release(shelf, draft_id, note="A canary note of the instructor.")
    with post_office() as office:
        deliver(site, office)
    (letter,) = office.to("ada@example.edu")
    for words in (text_of(letter), html_of(letter)):
        assert f"{SITE}{urls.feedback(draft_id)}" in words
        assert CANARY not in words
        assert "canary" not in words
        assert "reasons" not in words
    assert letter["Subject"].startswith("Feedback on draft 1: ")
    assert letter["List-Unsubscribe"]


def test_feedback_that_was_recalled_before_the_mail_went_is_not_told_of(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    draft_id = hand_in(shelf, "Ada Student", clock)
    release(shelf, draft_id)
    browser = shelf.instructor()
    browser.get(urls.review(draft_id))
    browser.submit(urls.review_recall(draft_id))
    with post_office() as office:
        deliver(site, office)
    assert office.letters == []


def test_a_bounced_notice_is_shown_to_the_instructor_who_released(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    release(shelf, hand_in(shelf, "Ada Student", clock))
    with post_office() as office:
        office.answers["ada@example.edu"].append("550 no such user")
        deliver(site, office)
    assert "1 message of yours could not be delivered" in shelf.instructor().get(urls.home()).text


def test_an_instructor_gets_one_notice_an_hour_for_an_assignment_and_not_one_for_each_draft(
    site: Site, clock: SetClock
) -> None:
    shelf = make_shelf(site)
    instructor = shelf.instructor()
    choose(site, instructor.email, drafts_waiting="at_once", something_failed="at_once")
    hand_in(shelf, "Ada Student", clock)
    hand_in(shelf, "Ben Student", clock)
    with post_office() as office:
        work(site)
        deliver(site, office)
        (letter,) = office.letters
        assert letter["Subject"].startswith("2 drafts wait for review: ")
        assert f"{SITE}{urls.review_queue(shelf.assignment_id)}" in text_of(letter)
        assert CANARY not in letter.as_string()
        pass_time(clock, minutes=30)
        work(site)
        pass_time(clock, minutes=31)
        work(site)
        deliver(site, office)
        assert len(office.letters) == 1, "nothing new came to wait"
        hand_in(shelf, "Cleo Student", clock)
        pass_time(clock, hours=1)
        work(site)
        deliver(site, office)
        assert office.newest()["Subject"].startswith("3 drafts wait for review: ")


def test_after_a_worker_was_away_for_hours_what_came_meanwhile_is_told(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    choose(site, shelf.instructor().email, drafts_waiting="at_once", something_failed="at_once")
    work(site)
    pass_time(clock, minutes=20)
    hand_in(shelf, "Ada Student", clock)
    pass_time(clock, hours=7)
    with post_office() as office:
        work(site)
        deliver(site, office)
    assert len(office.letters) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"empty": True, "status": "needs_manual_feedback", "trouble": "timeout"}, "too few readings"),
        ({"reasons": ("reader_failed",)}, "a reader failed"),
    ],
)
def test_an_instructor_is_told_of_what_failed(site: Site, clock: SetClock, changed: dict[str, Any], words: str) -> None:
    shelf = make_shelf(site)
    work(site)
    hand_in(shelf, "Ada Student", clock, **changed)
    pass_time(clock, minutes=10)
    with post_office() as office:
        work(site)
        deliver(site, office)
    (letter,) = office.letters
    assert letter["Subject"].startswith("1 draft with readers that failed: ")
    assert words in " ".join(text_of(letter).split())


def test_the_daily_digest_holds_the_day_in_one_letter(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    work(site)
    first, second = hand_in(shelf, "Ada Student", clock), hand_in(shelf, "Ben Student", clock)
    choose(site, "ada@example.edu", feedback_released="daily")
    choose(site, "ben@example.edu", feedback_released="never")
    for draft_id in (first, second):
        release(shelf, draft_id)
    hand_in(shelf, "Cleo Student", clock)
    with post_office() as office:
        for _ in range(4):
            pass_time(clock, hours=1)
            work(site)
            deliver(site, office)
        assert office.letters == []
        pass_time(clock, hours=20)
        work(site)
        deliver(site, office)
        (ada,) = office.to("ada@example.edu")
        assert ada["Subject"] == "Your day in FeedForward: 1 thing"
        assert f"{SITE}{urls.feedback(first)}" in text_of(ada)
        assert office.to("ben@example.edu") == []
        (iris,) = office.to(shelf.instructor().email)
        assert "1 draft waits for review" in text_of(iris)
        pass_time(clock, hours=24)
        work(site)
        deliver(site, office)
        assert len(office.letters) == 2, "nothing new: no digest"
        path = str(ada["List-Unsubscribe"]).strip("<>").removeprefix(SITE)
    assert site.visitor().client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    student = site.visitor().sign_in("ada@example.edu")
    chosen = student.get(urls.mail_settings()).form(urls.mail_settings()).fields
    assert chosen == {"feedback_released": "never", "reminders": "at_once", "enrolments": "at_once"}


def test_a_digest_leaves_out_what_was_dealt_with_and_is_not_sent_empty(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    work(site)
    draft_id = hand_in(shelf, "Ada Student", clock)
    pass_time(clock, hours=1)
    work(site)
    release(shelf, draft_id)
    with post_office() as office:
        pass_time(clock, hours=24)
        work(site)
        deliver(site, office)
        assert office.to(shelf.instructor().email) == []


def test_somebody_who_no_longer_teaches_the_course_gets_no_notice(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    site.make_person("Otto Other", Role.INSTRUCTOR)
    choose(site, shelf.instructor().email, drafts_waiting="at_once", something_failed="at_once")
    hand_in(shelf, "Ada Student", clock)
    work(site)
    site.wiring.database.write_now(lambda connection: connection.execute(text("delete from course_staff")))
    with post_office() as office:
        deliver(site, office)
    assert office.letters == []
