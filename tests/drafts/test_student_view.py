"""Staff look at an assignment as students see it, and can hand in nothing."""

from feedforward import urls
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.factories.studying import draft_states
from tests.factories.teaching import make_assignment, make_course, make_teaching


def test_an_instructor_sees_the_students_page_without_any_form_of_it(site: Site) -> None:
    student = site.person("Ada Author")
    teaching = make_teaching(site, students=["ada@example.edu"])
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    page = instructor.get(urls.assignment(assignment_id))
    page = instructor.get(page.links["Students’ view"])
    assert instructor.status == 200
    theirs = student.get(urls.task(assignment_id))
    for words in ("What to do", "Argue for one side", "Your drafts", "No draft yet", "What happens with your text"):
        assert words in page.text, words
        assert words in theirs.text, words
    assert "Nothing can be handed in here." in page.text
    assert urls.hand_in(assignment_id) in [form.action for form in theirs.forms]
    assert urls.hand_in(assignment_id) not in [form.action for form in page.forms]
    instructor.post(urls.hand_in(assignment_id), {"once": "x", "text": "my own words"})
    assert instructor.status == 403
    assert draft_states(site) == []


def test_before_it_is_published_the_page_says_that_students_do_not_see_it(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    page = instructor.get(urls.student_view(assignment_id))
    assert instructor.status == 200
    assert "Students do not see it before it is published." in page.text
    other = site.person("Otto Other", Role.INSTRUCTOR)
    other.get(urls.student_view(assignment_id))
    assert other.status == 404
