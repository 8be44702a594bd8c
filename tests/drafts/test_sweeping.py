"""Texts nobody handed in do not lie about."""

from datetime import timedelta

from feedforward.clock import SetClock
from feedforward.drafts.actions import sweep_discarded
from feedforward.drafts.queries import content_without_draft, draft_for_work
from tests.factories.site import Site
from tests.factories.studying import hand_in_text, preview_text
from tests.factories.teaching import make_teaching


def test_a_preview_older_than_a_day_is_thrown_away_and_one_handed_in_is_not(site: Site, clock: SetClock) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    old = preview_text(student, teaching.assignment_id)
    kept = hand_in_text(student, teaching.assignment_id)
    clock.moment += timedelta(days=1, seconds=1)
    database, now = site.wiring.database, clock.now()
    swept = database.write_now(sweep_discarded, before=now - timedelta(days=1), now=now)
    gone = database.read_now(draft_for_work, old)
    assert swept == [gone.content_id]
    assert (gone.status, gone.content, gone.erase_after) == ("discarded", None, now)
    assert database.read_now(draft_for_work, kept).status == "submitted"
    assert database.write_now(sweep_discarded, before=now - timedelta(days=1), now=now) == []


def test_content_without_a_row_is_told_from_content_with_one(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = preview_text(student, teaching.assignment_id)
    known = site.wiring.database.read_now(draft_for_work, draft_id).content_id
    left_over = site.wiring.content.new()
    assert site.wiring.database.read_now(content_without_draft, [known, left_over]) == [left_over]
    assert site.wiring.database.read_now(content_without_draft, []) == []
