"""The review queue: whose drafts it shows, in which order, and what can be done to many at once."""

from datetime import timedelta

from sqlalchemy import event, select

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback, FeedbackVersion
from feedforward.review.releasing import release_due
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.review.shelf import make_shelf


def test_a_student_cannot_open_the_queue_and_an_instructor_of_another_course_sees_nothing_of_it(site: Site) -> None:
    shelf = make_shelf(site)
    shelf.hand_in("Ada Student")
    student = site.visitor().sign_in("ada@example.edu")
    student.get(urls.review_queue())
    assert student.status == 403
    other = site.person("Otto Other", Role.INSTRUCTOR)
    page = other.get(urls.review_queue())
    assert "Ada Student" not in page.text
    assert "Nothing to review yet" in page.text
    other.get(urls.review_queue(shelf.assignment_id))
    assert other.status == 404
    other.post(urls.release_saved(shelf.assignment_id), {"when": "now"})
    assert other.status == 404


def test_the_most_urgent_come_first_and_then_the_oldest_with_the_reasons_in_words(site: Site) -> None:
    shelf = make_shelf(site)
    shelf.hand_in("Calm Young", age=timedelta(hours=1))
    shelf.hand_in("Bea Old", age=timedelta(days=3))
    shelf.hand_in("Ada Urgent", attention=1.7, reasons=("disagreement", "unsupported_quotes"))
    text = shelf.instructor().get(urls.review_queue()).text
    assert text.index("Ada Urgent") < text.index("Bea Old") < text.index("Calm Young")
    assert "readers disagree, quotes not found" in text
    assert "3 drafts wait for you" in text


def test_the_queue_is_paged_and_takes_few_statements(site: Site) -> None:
    shelf = make_shelf(site)
    for number in range(33):
        shelf.hand_in(f"S{number} Student", empty=True)
    browser = shelf.instructor()
    statements: list[str] = []
    engine = site.wiring.database.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    page = browser.get(urls.review_queue())
    event.remove(engine, "before_cursor_execute", note)
    assert len(statements) <= 1 + 4
    assert "Page 1 of 2" in page.text
    assert "30 drafts" not in page.text
    second = browser.get(urls.review_queue(page=2))
    assert "Page 2 of 2" in second.text


def test_releasing_all_that_is_saved_leaves_the_others_in_the_queue(site: Site) -> None:
    shelf = make_shelf(site)
    saved = shelf.hand_in("Ada Student", feedback_status="saved")
    waiting = shelf.hand_in("Ben Student")
    browser = shelf.instructor()
    browser.get(urls.review_queue(shelf.assignment_id))
    page = browser.submit(urls.release_saved(shelf.assignment_id))
    assert "1 feedback released" in page.text
    assert shelf.rows(Draft.status, id=saved) == [("released",)]
    assert shelf.rows(Draft.status, id=waiting) == [("awaiting_review",)]


def test_a_set_time_is_local_must_lie_ahead_and_releases_by_itself_only_once(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student", feedback_status="saved")
    browser = shelf.instructor()
    browser.get(urls.review_queue(shelf.assignment_id))
    page = browser.submit(urls.release_saved(shelf.assignment_id), when="at", release_at="2026-11-16T12:30")
    assert browser.status == 422
    assert "Choose a time in the future" in page.text
    assert page.form(urls.release_saved(shelf.assignment_id)).fields["release_at"] == "2026-11-16T12:30"
    page = browser.submit(urls.release_saved(shelf.assignment_id), when="at", release_at="2026-11-16T14:00")
    assert "14:00 CET" in page.text
    assert shelf.rows(Feedback.status, Feedback.release_at, draft_id=draft_id) == [
        ("scheduled", clock.moment + timedelta(hours=1))
    ]
    wiring = site.wiring

    def due() -> int:
        return release_due(wiring.database, wiring.content, retention_days=30, now=clock.moment)

    assert due() == 0
    clock.moment += timedelta(hours=1)
    assert due() == 1
    assert due() == 0
    assert shelf.rows(Draft.status, Draft.erase_after, id=draft_id) == [("released", clock.moment + timedelta(days=30))]
    assert len(site.wiring.database.read_now(lambda c: c.execute(select(FeedbackVersion.version)).all())) == 1
    assert shelf.rows(Feedback.released_by, draft_id=draft_id) == [(shelf.instructor_id,)]


def test_an_empty_queue_says_what_will_come_and_where_to_go(site: Site) -> None:
    shelf = make_shelf(site)
    page = shelf.instructor().get(urls.review_queue())
    assert "All done here" in page.text
    assert urls.courses() in page.links.values()
