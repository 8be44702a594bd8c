"""Deciding about one draft: releasing, recalling, withholding, having it read again."""

from sqlalchemy import select

from feedforward import urls
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback, FeedbackVersion
from tests.factories.site import Site
from tests.review.shelf import CANARY, make_shelf


def test_releasing_saves_first_seals_a_version_and_starts_the_clock(site: Site) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student")
    browser = shelf.instructor()
    browser.get(urls.review(draft_id))
    form = browser.page.form(urls.review_save(draft_id)).fields
    page = browser.post(urls.review_release(draft_id), {**form, "note": "Well done."})
    assert "Released." in page.text
    assert "To change it, recall it first." in page.text
    assert shelf.rows(Feedback.status, Feedback.version, Feedback.note, draft_id=draft_id) == [
        ("released", 1, "Well done.")
    ]
    assert shelf.rows(Draft.status, id=draft_id) == [("released",)]
    document, version = site.wiring.database.read_now(
        lambda c: c.execute(select(FeedbackVersion.document, FeedbackVersion.version)).one()
    )
    content_id = shelf.rows(Draft.content_id, id=draft_id)[0][0]
    opened = site.wiring.content.unseal(content_id, document, "version")
    assert (version, opened["note"]) == (1, "Well done.")
    assert "You claim that rivers run uphill." not in [each["text"] for each in opened["comments"]]
    stale = browser.post(urls.review_release(draft_id), {**form, "summary": "Something I typed too late."})
    assert browser.status == 409
    assert "Something I typed too late." in stale.text


def test_nothing_is_released_where_there_is_nothing_to_read(site: Site) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student", empty=True, status="needs_manual_feedback", trouble="timeout")
    browser = shelf.instructor()
    page = browser.get(urls.review(draft_id))
    assert "This draft needs your own feedback." in page.text
    assert "The model did not answer in time." in page.text
    form = page.form(urls.review_save(draft_id)).fields
    page = browser.post(urls.review_release(draft_id), form)
    assert browser.status == 422
    assert "There is nothing to release yet" in page.text
    browser.submit(urls.review_save(draft_id), then="stay", **{f"criterion.{shelf.criteria[0]}.level": "2"})
    browser.post(urls.review_release(draft_id), browser.page.form(urls.review_save(draft_id)).fields)
    assert shelf.rows(Draft.status, id=draft_id) == [("released",)]


def test_a_recalled_feedback_is_amended_and_released_again_as_a_new_version(site: Site) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student")
    browser = shelf.instructor()
    form = browser.get(urls.review(draft_id)).form(urls.review_save(draft_id)).fields
    browser.post(urls.review_release(draft_id), form)
    page = browser.submit(urls.review_recall(draft_id))
    assert "the student cannot see it and reads that you are amending it" in page.text
    assert shelf.rows(Draft.status, Draft.erase_after, id=draft_id) == [("awaiting_review", None)]
    student = site.visitor().sign_in("ada@example.edu")
    assert "took this feedback back to amend it" in student.get(urls.feedback(draft_id)).text
    assert "took the feedback back to amend it" in student.get(urls.draft(draft_id)).text
    browser.get(urls.review(draft_id))
    browser.submit(urls.review_save(draft_id), then="stay", note="An error of mine is corrected.")
    assert shelf.rows(Feedback.status, draft_id=draft_id) == [("recalled",)]
    page = browser.post(urls.review_release(draft_id), browser.page.form(urls.review_save(draft_id)).fields)
    assert "Released again, as a new version." in page.text
    versions = site.wiring.database.read_now(
        lambda c: c.execute(select(FeedbackVersion.version, FeedbackVersion.recalled_at)).all()
    )
    assert [(version, recalled is not None) for version, recalled in versions] == [(1, True), (2, False)]


def test_withholding_needs_a_reason_in_ones_own_words_and_can_be_undone(site: Site) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student")
    browser = shelf.instructor()
    browser.get(urls.review(draft_id))
    page = browser.submit(urls.review_withhold(draft_id), withheld_reason="", words="Please see me on Tuesday.")
    assert browser.status == 422
    assert page.form(urls.review_withhold(draft_id)).fields["words"] == "Please see me on Tuesday."
    page = browser.submit(urls.review_withhold(draft_id), withheld_reason=f"It says: {CANARY}")
    assert "in your own words" in page.text
    page = browser.submit(urls.review_withhold(draft_id), withheld_reason="Two drafts are alike.")
    assert "Reason: Two drafts are alike." in page.text
    assert shelf.rows(Feedback.status, Feedback.note, draft_id=draft_id) == [("withheld", "Please see me on Tuesday.")]
    assert shelf.rows(Draft.status, id=draft_id) == [("withheld",)]
    told = site.visitor().sign_in("ada@example.edu").get(urls.feedback(draft_id)).text
    assert "Please see me on Tuesday." in told
    assert "Two drafts are alike" not in told
    browser.submit(urls.review_withhold(draft_id))
    assert shelf.rows(Draft.status, id=draft_id) == [("awaiting_review",)]


def test_reading_again_is_offered_until_a_person_has_worked_on_it(site: Site) -> None:
    started: list[int] = []
    object.__setattr__(
        site.wiring.services, "start_feedback", lambda _connection, draft_id, _again="": started.append(draft_id)
    )
    shelf = make_shelf(site)
    first, second = shelf.hand_in("Ada Student"), shelf.hand_in("Ben Student")
    browser = shelf.instructor()
    browser.get(urls.review(first))
    page = browser.submit(urls.review_read_again(first))
    assert started == [first]
    assert "The readers are at work on this draft again." in page.text
    assert shelf.rows(Draft.status, id=first) == [("submitted",)]
    browser.post(urls.review_save(first), {"edit": "2", "base": "", "summary": "x"})
    assert browser.status == 409
    browser.get(urls.review(second))
    page = browser.submit(urls.review_save(second), then="stay", note="Mine.")
    assert urls.review_read_again(second) not in [form.action for form in page.forms]
    browser.post(urls.review_read_again(second), {"edit": "2"})
    assert started == [first]
