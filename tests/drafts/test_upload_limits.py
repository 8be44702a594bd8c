"""How often files and texts may be sent to be read: by person and by network, for everybody who sends some."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedforward import urls
from feedforward.accounts.limits import UNDER_WAY, UPLOADS, Limit
from feedforward.assignments import rubric_routes
from feedforward.clock import SetClock
from feedforward.courses import roster_intake_routes
from feedforward.drafts import task_routes
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, draft_states
from tests.factories.teaching import make_teaching


def upload(student: Visitor, assignment_id: int, number: int) -> int:
    student.get(urls.task(assignment_id))
    student.submit(urls.hand_in(assignment_id), text=f"{number}. {ESSAY}")
    return student.status


def few(monkeypatch: pytest.MonkeyPatch, limit: Limit) -> None:
    for module in (task_routes, roster_intake_routes, rubric_routes):
        monkeypatch.setattr(module, "UPLOADS", limit)


def test_uploads_pause_by_person_keep_what_was_typed_and_tell_the_wait(
    site: Site, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, replace(UPLOADS, per_account=2))
    ada, cleo = site.person("Ada Author"), site.person("Cleo Classmate")
    teaching = make_teaching(site, students=["ada@example.edu", "cleo@example.edu"])
    assert upload(ada, teaching.assignment_id, 1) == 200
    ada.get(urls.task(teaching.assignment_id))
    fields = {**ada.page.form(urls.hand_in(teaching.assignment_id)).fields, "text": ESSAY}
    for _ in range(3):
        ada.post(urls.hand_in(teaching.assignment_id), fields)
        assert ada.status == 200, "the same form sent again is no further upload"
    before = len(draft_states(site))
    assert upload(ada, teaching.assignment_id, 3) == 429
    assert ada.last is not None
    assert 0 < int(ada.last.headers["retry-after"]) <= 3600
    assert "Too many uploads. Wait 60 minutes, then try again." in ada.page.text
    assert ada.page.form(urls.hand_in(teaching.assignment_id)).fields["text"].startswith("3. Cities")
    assert len(draft_states(site)) == before, "nothing was kept"
    # Somebody else in the same room is not kept waiting.
    assert upload(cleo, teaching.assignment_id, 1) == 200
    clock.moment += UPLOADS.window
    assert upload(ada, teaching.assignment_id, 4) == 200


def test_one_network_cannot_send_without_end_and_lists_and_rubrics_count_too(
    site: Site, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, iris = site.person("Ada Author"), site.person("Iris Instructor", Role.INSTRUCTOR)
    teaching = make_teaching(site, instructor=iris, students=["ada@example.edu"])
    few(monkeypatch, replace(UPLOADS, per_address=3))
    for number in range(2):
        assert upload(ada, teaching.assignment_id, number) == 200
    clock.moment += UNDER_WAY + timedelta(seconds=1)
    iris.get(urls.add_people(teaching.course_id))
    iris.submit(urls.check_people(teaching.course_id), emails="ben@example.edu")
    assert iris.status == 429, "the list that was checked to enrol Ada counted as the first"
    builder = iris.get(urls.edit_rubric(teaching.assignment_id)).form(urls.edit_rubric(teaching.assignment_id))
    iris.post(builder.action, {**builder.fields, "do": "read", "pasted": "{}"})
    assert iris.status == 429
    assert upload(ada, teaching.assignment_id, 3) == 429
