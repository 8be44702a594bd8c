"""Handing in: a text becomes a preview, counts when it is confirmed, and only then."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedforward import urls
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from tests.factories.site import Site
from tests.factories.studying import (
    ESSAY,
    StartedFeedback,
    confirm,
    draft_states,
    hand_in_text,
    preview_file,
    preview_text,
)
from tests.factories.teaching import make_teaching

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "documents"


def test_a_form_with_neither_file_nor_text_says_so_and_keeps_nothing(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    student.get(urls.task(teaching.assignment_id))
    student.submit(urls.hand_in(teaching.assignment_id), text="   \n ")
    assert student.status == 422
    assert "Choose a file or paste your text." in student.page.text
    assert draft_states(site) == []


def test_a_file_that_cannot_be_read_gives_its_reason_keeps_the_page_and_uses_no_attempt(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    student.get(urls.task(teaching.assignment_id))
    page = student.submit(urls.hand_in(teaching.assignment_id), files={"file": ("essay.pdf", b"%PDF-1.7 broken")})
    assert student.status == 422
    assert "damaged" in page.text
    assert "3 of 3 left" in page.text
    assert draft_states(site) == []
    assert list((site.wiring.settings.data_folder / "keys").rglob("*/*")) == []


def test_a_file_and_a_text_together_are_refused_and_the_text_is_kept(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    student.get(urls.task(teaching.assignment_id))
    page = student.submit(
        urls.hand_in(teaching.assignment_id), files={"file": ("a.txt", b"Words in a file.")}, text="My own words."
    )
    assert student.status == 422
    assert page.form(urls.hand_in(teaching.assignment_id)).fields["text"] == "My own words."


def test_somebody_who_is_not_enrolled_finds_no_assignment(site: Site) -> None:
    teaching = make_teaching(site)
    stranger = site.person("Otto Other")
    stranger.get(urls.task(teaching.assignment_id))
    assert stranger.status == 404
    stranger.post(urls.hand_in(teaching.assignment_id), {"once": "a", "text": ESSAY})
    assert stranger.status == 404
    assert draft_states(site) == []


def test_after_the_deadline_nothing_can_be_handed_in_and_at_the_deadline_it_can(
    site: Site, clock: SetClock, started: StartedFeedback
) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    first, second = (preview_text(student, teaching.assignment_id) for _ in range(2))
    clock.moment += timedelta(days=14)
    student.sign_in("ada@example.edu")
    confirm(student, first)
    clock.moment += timedelta(seconds=1)
    page = student.post(urls.confirm_draft(second))
    assert student.status == 422
    assert "The deadline has passed" in page.text
    student.get(urls.task(teaching.assignment_id))
    assert urls.hand_in(teaching.assignment_id) not in [form.action for form in student.page.forms]
    student.post(urls.hand_in(teaching.assignment_id), {"once": "late", "text": ESSAY})
    assert student.status == 422
    assert started.asked == [(first, "")]
    assert draft_states(site) == [("submitted", 1), ("previewed", None)]


def test_no_more_drafts_than_allowed_can_be_handed_in(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"], max_drafts="1")
    waiting = preview_text(student, teaching.assignment_id, ESSAY + " One more sentence stands here.")
    hand_in_text(student, teaching.assignment_id)
    page = student.post(urls.confirm_draft(waiting))
    assert student.status == 422
    assert "You have handed in the one draft this assignment allows." in page.text


def test_a_student_removed_from_the_course_can_no_longer_confirm(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = preview_text(student, teaching.assignment_id)
    student_id = 1
    teaching.instructor.post(urls.remove_student(teaching.course_id, student_id))
    student.post(urls.confirm_draft(draft_id))
    assert student.status == 404
    assert draft_states(site) == [("previewed", None)]


def test_when_the_engine_cannot_be_reached_nothing_was_handed_in(site: Site, started: StartedFeedback) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = preview_text(student, teaching.assignment_id)
    started.fails = True
    student.post(urls.confirm_draft(draft_id))
    assert student.status == 500
    assert draft_states(site) == [("previewed", None)]


def test_the_preview_shows_the_text_and_the_receipt_has_number_words_and_fingerprint(
    site: Site, started: StartedFeedback
) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = preview_text(student, teaching.assignment_id)
    assert "Some traders fear" in student.page.text
    assert "at least 600 are asked for" not in student.page.text
    confirm(student, draft_id)
    page = student.page.text
    assert "Draft 1" in page
    assert "Received" in page
    assert "Fingerprint" in page
    assert started.asked == [(draft_id, "")]


def test_the_same_form_sent_twice_makes_one_draft_and_confirming_twice_submits_once(
    site: Site, started: StartedFeedback
) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    fields = student.get(urls.task(teaching.assignment_id)).form(urls.hand_in(teaching.assignment_id)).fields
    sent = {**fields, "text": ESSAY}
    student.post(urls.hand_in(teaching.assignment_id), sent)
    first = student.path
    student.post(urls.hand_in(teaching.assignment_id), sent)
    assert student.path == first
    draft_id = int(first.split("/")[2])
    for _ in range(2):
        student.post(urls.confirm_draft(draft_id))
        assert student.path == urls.draft(draft_id)
    assert draft_states(site) == [("submitted", 1)]
    assert len(started.asked) == 1
    counted = site.wiring.database.read_now(
        lambda connection: connection.execute(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "draft.submit")
        ).scalar_one()
    )
    assert counted == 1


def test_a_real_document_tells_of_the_words_in_it_that_nobody_sees(site: Site) -> None:
    found = sorted(DOCUMENTS.glob("*hidden*.pdf"))
    if not found:
        pytest.skip("the evaluation documents are not on this machine")
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    preview_file(student, teaching.assignment_id, found[0].name, found[0].read_bytes())
    assert "Words that cannot be seen in your file" in student.page.text


def test_a_text_and_a_file_name_full_of_markup_stay_text(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(2)> are only words in this draft of mine."
    draft_id = preview_file(student, teaching.assignment_id, '<b>"evil"</b>.txt', evil.encode())
    html = student.page.html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>" not in html
    assert "<script>alert(1)</script>" in student.page.text
    confirm(student, draft_id)
    assert "<script>alert" not in student.page.html
    student.get(urls.draft_file(draft_id))
    assert student.last is not None
    assert student.last.content == evil.encode()
    disposition = student.last.headers["content-disposition"]
    assert disposition.startswith("attachment; ")
    assert "<" not in disposition
    assert disposition.count('"') == 2
    assert student.last.headers["content-type"] == "application/octet-stream"
    assert student.last.headers["x-content-type-options"] == "nosniff"
