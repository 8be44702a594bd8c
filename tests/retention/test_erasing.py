"""Erasing for good: nothing of the words is left anywhere, what stays says so, and no interruption leaves a half."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Comment, Feedback, FeedbackVersion
from feedforward.retention.actions import erase_due, finish_erasure, sweep_orphans
from feedforward.retention.queries import notices_for_staff, notices_for_student
from feedforward.retention.tables import Erasure
from tests.factories.site import Site
from tests.review.shelf import CANARY, Shelf, make_shelf

WORDS = "copper kettle sang"


def erase(site: Site) -> int:
    settings = site.wiring.settings
    return erase_due(
        site.wiring.database, site.wiring.content, unreleased_days=settings.unreleased_days,
        notice_days=settings.notice_days, now=site.wiring.clock.now(),
    )  # fmt: skip


def released(site: Site) -> tuple[Shelf, int]:
    """A draft whose feedback was edited with its own words in it, and released."""
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student")
    browser = shelf.instructor()
    page = browser.get(urls.review(draft_id))
    first = site.wiring.database.read_now(
        lambda c: c.execute(select(Comment.id).order_by(Comment.position)).scalars().first()
    )
    changed = {"note": f"You wrote “{CANARY}”.", f"comment.{first}.text": f"About “{CANARY}”: why?"}
    browser.post(urls.review_release(draft_id), {**page.form(urls.review_save(draft_id)).fields, **changed})
    return shelf, draft_id


def everything_stored(site: Site) -> bytes:
    """Every byte this installation keeps: the data folder, and on PostgreSQL every text and byte of every schema."""
    database = site.wiring.database
    folders = [site.wiring.settings.data_folder]
    if database.is_sqlite:
        folders.append(Path(database.address.removeprefix("sqlite:///")).parent)
    found = [
        Path(where, name).read_bytes()
        for folder in folders
        for where, _, names in os.walk(folder)
        for name in names
    ]  # fmt: skip
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            looked = inspect(connection)
            for schema in looked.get_schema_names():
                if schema.startswith("pg_") or schema == "information_schema":
                    continue
                for table in looked.get_table_names(schema=schema):
                    for row in connection.execute(text(f'select * from "{schema}"."{table}"')):
                        found += [
                            bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row
                        ]
    return b"\n".join(found)


def test_no_word_of_an_erased_draft_is_left_anywhere_and_its_key_is_gone(site: Site, clock: SetClock) -> None:
    shelf, draft_id = released(site)
    content_id = shelf.rows(Draft.content_id, id=draft_id)[0][0]
    sealed = shelf.rows(Draft.content, id=draft_id)[0][0]
    assert WORDS.encode() not in everything_stored(site)
    assert WORDS in shelf.instructor().get(urls.review(draft_id)).text
    clock.moment += timedelta(days=30)
    assert erase(site) == 1
    assert erase(site) == 0
    stored = everything_stored(site)
    assert WORDS.encode() not in stored
    assert sealed not in stored or site.wiring.database.is_sqlite
    assert site.wiring.content.is_erased(content_id)
    assert not list(site.wiring.settings.data_folder.glob(f"*/*/{content_id}*"))
    assert shelf.rows(Draft.content, Draft.has_file, Draft.status, id=draft_id) == [(None, False, "released")]
    assert shelf.rows(Erasure.reason, draft_id=draft_id) == [("released",)]
    assert shelf.rows(Feedback.summary_passages, draft_id=draft_id) == [(None,)]
    left = site.wiring.database.read_now(
        lambda c: (
            c.execute(select(Comment.passages)).scalars().all()
            + c.execute(select(FeedbackVersion.document)).scalars().all()
        )
    )
    assert set(left) == {None}


def test_what_stays_says_that_its_passages_were_erased_and_cannot_be_preserved_any_more(
    site: Site, clock: SetClock
) -> None:
    _, draft_id = released(site)
    clock.moment += timedelta(days=31)
    erase(site)
    browser = site.visitor().sign_in("iris@example.edu")
    page = browser.get(urls.review(draft_id))
    assert "[passage erased]" in page.text
    assert "The text of this draft was erased" in page.text
    assert "Its answer was erased with the draft." in page.text
    browser.post(urls.preserve(draft_id), {"preserved_reason": "An appeal."})
    assert browser.status == 422
    browser.get(urls.review_file(draft_id))
    assert browser.status == 404
    browser.get(urls.review(draft_id))
    browser.submit(urls.review_recall(draft_id))
    page = browser.submit(urls.review_save(draft_id), then="stay", summary="Amended after the time.")
    assert browser.status == 200
    assert "[passage erased]" in page.form(urls.review_save(draft_id)).fields["note"]


def test_an_erasure_that_was_interrupted_is_finished_by_the_next_one(
    site: Site, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, draft_id = released(site)
    clock.moment += timedelta(days=31)

    def power_cut(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("feedforward.retention.actions.finish_erasure", power_cut)
    with pytest.raises(KeyboardInterrupt):
        erase(site)
    assert shelf.rows(Draft.erased_at, id=draft_id) == [(None,)]
    assert "The text of this draft was erased" in shelf.instructor().get(urls.review(draft_id)).text
    monkeypatch.setattr("feedforward.retention.actions.finish_erasure", finish_erasure)
    assert erase(site) == 1
    assert shelf.rows(Draft.erased_at, id=draft_id) == [(clock.moment,)]


def test_a_preserved_draft_stays_until_it_is_undone_with_a_day_to_think(site: Site, clock: SetClock) -> None:
    shelf, draft_id = released(site)
    browser = shelf.instructor()
    browser.get(urls.review(draft_id))
    page = browser.submit(urls.preserve(draft_id), preserved_reason=" ")
    assert browser.status == 422
    page = browser.submit(urls.preserve(draft_id), preserved_reason="An appeal is under way.")
    assert "Reason: An appeal is under way." in page.text
    clock.moment += timedelta(days=60)
    assert erase(site) == 0
    assert "An appeal is under way. (Iris Instructor)" in browser.sign_in("iris@example.edu").get(urls.retention()).text
    browser.submit(urls.preserve(draft_id))
    assert erase(site) == 0
    clock.moment += timedelta(days=1)
    assert erase(site) == 1


def test_drafts_that_are_never_released_go_after_a_notice_to_both(site: Site, clock: SetClock) -> None:
    shelf = make_shelf(site)
    draft_id = shelf.hand_in("Ada Student")
    student_id = shelf.rows(Draft.student_id, id=draft_id)[0][0]
    due = clock.moment + timedelta(days=7)
    settings = site.wiring.settings

    def told() -> tuple[int, int]:
        days = {"now": clock.moment, "unreleased_days": settings.unreleased_days, "notice_days": settings.notice_days}
        return site.wiring.database.read_now(
            lambda c: (
                len(notices_for_staff(c, shelf.instructor_id, **days)),
                len(notices_for_student(c, student_id, **days)),
            )
        )

    clock.moment = due + timedelta(days=settings.unreleased_days - settings.notice_days) - timedelta(minutes=1)
    assert told() == (0, 0)
    clock.moment += timedelta(minutes=1)
    assert told() == (1, 1)
    assert (
        "will be erased soon although the feedback was never released" in shelf.instructor().get(urls.retention()).text
    )
    clock.moment = due + timedelta(days=settings.unreleased_days) - timedelta(minutes=1)
    assert erase(site) == 0
    clock.moment += timedelta(minutes=1)
    assert erase(site) == 1
    assert shelf.rows(Erasure.reason, draft_id=draft_id) == [("never_released",)]
    assert told() == (0, 0)


def test_content_without_a_draft_is_swept_after_a_day_and_nothing_else(site: Site, clock: SetClock) -> None:
    from datetime import UTC, datetime

    shelf, draft_id = released(site)
    store = site.wiring.content
    orphan = store.new()
    store.put_file(orphan, b"half an upload")
    clock.moment = datetime.now(UTC)
    assert sweep_orphans(site.wiring.database, store, clock.moment) == 0
    clock.moment += timedelta(days=1, minutes=1)
    assert sweep_orphans(site.wiring.database, store, clock.moment) == 1
    assert store.is_erased(orphan)
    assert not store.is_erased(shelf.rows(Draft.content_id, id=draft_id)[0][0])


def test_the_retention_page_tells_only_of_ones_own_courses(site: Site) -> None:
    from feedforward.web.access import Role

    released(site)
    other = site.person("Otto Other", Role.INSTRUCTOR)
    assert "City trees" not in other.get(urls.retention()).text
    student = site.visitor().sign_in("ada@example.edu")
    student.get(urls.retention())
    assert student.status == 403
