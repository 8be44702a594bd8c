"""A draft that was handed in: whose it is, how far it has come, and what is left when it was erased."""

from sqlalchemy import update

from feedforward import urls
from feedforward.drafts.queries import draft_for_work
from feedforward.drafts.tables import Draft
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.factories.studying import hand_in_text, preview_text
from tests.factories.teaching import make_teaching


def set_status(site: Site, draft_id: int, **values: object) -> None:
    site.wiring.database.write_now(
        lambda connection: connection.execute(update(Draft).where(Draft.id == draft_id).values(**values))
    )


def test_the_draft_of_another_student_is_nowhere_to_be_found(site: Site) -> None:
    ada = site.person("Ada Student")
    otto = site.person("Otto Other")
    site.person("Ira Admin", Role.ADMIN)
    teaching = make_teaching(site, students=["ada@example.edu", "otto@example.edu"])
    waiting = preview_text(ada, teaching.assignment_id)
    draft_id = hand_in_text(ada, teaching.assignment_id)
    for visitor in (otto, teaching.instructor):
        for path in (
            urls.draft(draft_id), urls.draft_stages(draft_id), urls.draft_file(draft_id), urls.feedback(draft_id),
        ):  # fmt: skip
            visitor.get(path)
            assert visitor.status == 404, path
    for path in (urls.preview_draft(waiting), urls.draft(waiting)):
        otto.get(path)
        assert otto.status == 404, path
    for path in (urls.confirm_draft(waiting), urls.discard_draft(waiting), urls.take_back_draft(draft_id)):
        otto.post(path)
        assert otto.status == 404, path
    otto.post(urls.replace_draft(waiting), {"once": "x", "text": "Words."})
    assert otto.status == 404


def test_the_stages_are_asked_again_while_the_system_has_the_draft_and_answer_304_until_they_change(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(student, teaching.assignment_id)
    assert urls.draft_stages(draft_id) in student.page.html
    student.get(urls.draft_stages(draft_id))
    assert student.last is not None
    version = student.last.headers["etag"]
    student.get(urls.draft_stages(draft_id), if_none_match=version)
    assert student.status == 304
    assert "content-security-policy" not in student.last.headers
    set_status(site, draft_id, status="awaiting_review")
    page = student.get(urls.draft_stages(draft_id), if_none_match=version)
    assert student.status == 200
    assert "hx-get" not in page.html
    assert "With your instructor" in page.text


def test_a_draft_that_failed_says_why_and_whose_turn_it_is(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(student, teaching.assignment_id)
    set_status(site, draft_id, status="needs_manual_feedback", trouble="timeout\nmalformed")
    text = student.get(urls.draft(draft_id)).text
    assert "A reader did not answer in time." in text
    assert "Your instructor writes the feedback by hand." in text
    assert "your text is safe" in text


def test_a_student_who_left_the_course_still_reads_their_draft(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(student, teaching.assignment_id)
    teaching.instructor.post(urls.remove_student(teaching.course_id, 1))
    student.get(urls.draft(draft_id))
    assert student.status == 200
    student.get(urls.task(teaching.assignment_id))
    assert student.status == 404


def test_an_erased_draft_says_so_and_its_file_is_gone(site: Site) -> None:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(student, teaching.assignment_id)
    draft = site.wiring.database.read_now(draft_for_work, draft_id)
    site.wiring.content.erase(draft.content_id)
    text = student.get(urls.draft(draft_id)).text
    assert "The text and its file were erased" in text
    assert "Some traders fear" not in text
    student.get(urls.draft_file(draft_id))
    assert student.status == 404
