"""A comment says where it points, on the student's page and in review, and the draft beside it has the same numbers."""

from feedforward import urls
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site
from tests.factories.studying import hand_in_text
from tests.factories.teaching import make_teaching


def test_a_comment_says_where_it_points_to_student_and_instructor(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(ada, teaching.assignment_id)
    merge(site, draft_id)
    review = teaching.instructor.get(urls.review(draft_id))
    release(site, draft_id, by=2)
    mine = ada.get(urls.feedback(draft_id))
    for page in (review, mine):
        assert "Paragraph 1" in page.text
        assert 'data-number="1"' in page.html
