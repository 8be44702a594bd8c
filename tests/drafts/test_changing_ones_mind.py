"""What can still be changed: taking back what was handed in, replacing and throwing away what was not."""

from feedforward import urls
from feedforward.clock import SetClock
from tests.factories.site import Site
from tests.factories.studying import ESSAY, StartedFeedback, confirm, draft_states, hand_in_text, preview_text
from tests.factories.teaching import make_teaching


def test_taking_back_frees_the_attempt_until_reading_begins_and_starts_anew_under_another_name(
    site: Site, clock: SetClock, started: StartedFeedback
) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(student, teaching.assignment_id)
    student.submit(urls.take_back_draft(draft_id))
    assert student.path == urls.preview_draft(draft_id)
    assert draft_states(site) == [("previewed", None)]
    confirm(student, draft_id)
    assert [each for each, _ in started.asked] == [draft_id, draft_id]
    assert len({again for _, again in started.asked}) == 2
    site.wiring.database.write_now(
        lambda connection: connection.exec_driver_sql("update drafts set status = 'reading'")
    )
    page = student.post(urls.take_back_draft(draft_id))
    assert student.status == 422
    assert "Reading has begun" in page.text


def test_only_the_newest_draft_can_be_taken_back(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    first = hand_in_text(student, teaching.assignment_id)
    hand_in_text(student, teaching.assignment_id)
    student.post(urls.take_back_draft(first))
    assert student.status == 422
    assert draft_states(site) == [("submitted", 1), ("submitted", 2)]


def test_a_replaced_and_a_discarded_text_are_gone_for_good(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    first = preview_text(student, teaching.assignment_id)
    student.submit(urls.replace_draft(first), text=ESSAY + " A better ending.")
    second = int(student.path.split("/")[2])
    assert second != first
    assert len(list((site.wiring.settings.data_folder / "keys").rglob("*/*"))) == 1
    student.submit(urls.discard_draft(second))
    assert student.path == urls.task(teaching.assignment_id)
    assert list((site.wiring.settings.data_folder / "keys").rglob("*/*")) == []
    assert [status for status, _ in draft_states(site)] == ["discarded", "discarded"]
    student.get(urls.preview_draft(first))
    assert student.path == urls.task(teaching.assignment_id)


def test_a_replacement_that_cannot_be_read_leaves_the_preview_as_it_was(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = preview_text(student, teaching.assignment_id)
    student.submit(urls.replace_draft(draft_id), files={"file": ("x.exe", b"MZ\x90\x00\x03")})
    assert student.status == 422
    assert "Some traders fear" in student.page.text
    assert draft_states(site) == [("previewed", None)]
