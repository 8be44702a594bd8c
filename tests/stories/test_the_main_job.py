"""The main job through the pages, with a real worker: draft, reading, review, release, and the draft after it."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.demonstration.course import draft_file
from feedforward.drafts.rules import MOVING, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.schema import migrate_engine
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, hand_in_text, preview_file, preview_text
from tests.factories.teaching import make_teaching
from tests.factories.worker import running_worker

pytestmark = pytest.mark.slow
FIRST = draft_file("sam.txt").decode()
REVISED = FIRST.replace("was against it, she said half", "was against it. She said that half")


@pytest.fixture
def real_time_site(site: Site, clock: SetClock) -> Site:
    """The site at the worker's own time, with the engine's tables in place."""
    clock.moment = datetime.now(UTC)
    migrate_engine(site.wiring.settings.database_address)
    return site


def wait_until_read(site: Site, draft_id: int) -> str:
    """Until the draft waits for a person; its status then."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        status: str = site.wiring.database.read_now(
            lambda connection: connection.execute(select(Draft.status).where(Draft.id == draft_id)).scalar_one()
        )
        if status not in MOVING:
            return status
        time.sleep(0.05)
    raise AssertionError("nobody read the draft within a minute")


def release(instructor: Visitor, draft_id: int, summary: str) -> None:
    instructor.get(urls.review(draft_id))
    form = instructor.page.form(urls.review_save(draft_id))
    fields: dict[str, str | list[str]] = {**form.fields, **form.lists, "summary": summary}
    instructor.post(urls.review_release(draft_id), fields)
    assert instructor.status == 200, instructor.page.text


def test_a_draft_is_read_reviewed_released_and_the_next_one_answers_it(real_time_site: Site, clock: SetClock) -> None:
    site = real_time_site
    student = site.person("Ada Lopez")
    stranger = site.person("Bo Stranger")
    teaching = make_teaching(site, students=["ada@example.edu"])
    with running_worker(site.wiring):
        first = hand_in_text(student, teaching.assignment_id, FIRST)
        assert wait_until_read(site, first) == DraftStatus.AWAITING_REVIEW

        student.get(urls.feedback(first))
        assert "Feedback on draft" not in student.page.text
        stranger.get(urls.draft(first))
        assert stranger.status == 404

        assert "Ada Lopez, draft 1" in teaching.instructor.get(urls.review_queue()).text
        release(teaching.instructor, first, "A clear start. Bring in one source.")
        seen = student.get(urls.feedback(first)).text
        assert "A clear start. Bring in one source." in seen
        assert "Iris Instructor" in seen

        clock.moment = datetime.now(UTC)
        second = hand_in_text(student, teaching.assignment_id, REVISED)
        assert wait_until_read(site, second) == DraftStatus.AWAITING_REVIEW
        assert "Since the last draft" in teaching.instructor.get(urls.review(second)).text
        release(teaching.instructor, second, "You brought in a source.")
        seen = student.get(urls.feedback(second)).text
        assert "You brought in a source." in seen
        assert "What became of the comments on draft 1" in seen


def test_a_file_that_cannot_be_read_costs_no_attempt_and_keeps_the_page(real_time_site: Site) -> None:
    site = real_time_site
    student = site.person("Ada Lopez")
    teaching = make_teaching(site, students=["ada@example.edu"])
    student.get(urls.task(teaching.assignment_id))
    student.submit(urls.hand_in(teaching.assignment_id), files={"file": ("essay.docx", b"PK\x03\x04 broken")})
    assert student.status == 422
    assert "broken" not in student.page.text
    preview_file(student, teaching.assignment_id, "essay.txt", ESSAY.encode())
    assert site.wiring.database.read_now(
        lambda connection: connection.execute(select(Draft.number)).scalars().all()
    ) == [None]


def test_after_the_deadline_nothing_is_taken_and_what_was_typed_stays(real_time_site: Site, clock: SetClock) -> None:
    site = real_time_site
    student = site.person("Ada Lopez")
    teaching = make_teaching(site, students=["ada@example.edu"], due_in=timedelta(hours=1))
    draft_id = preview_text(student, teaching.assignment_id)
    student.get(urls.preview_draft(draft_id))
    clock.moment += timedelta(hours=1, minutes=1)
    student.submit(urls.confirm_draft(draft_id))
    assert student.status == 422
    assert "The streets were built for people on foot" in student.get(urls.preview_draft(draft_id)).text
