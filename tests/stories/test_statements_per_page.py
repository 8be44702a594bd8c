"""How many statements each hot page costs, said in numbers: one that grows with the rows it shows is found here."""

import pytest

from feedforward import urls
from tests.factories.busy import ADMINISTRATOR, INSTRUCTOR, STUDENT, make_busy
from tests.factories.driver import asked_of_the_driver
from tests.factories.site import Site


def test_pages_ask_the_database_as_often_as_is_written_here(site: Site) -> None:
    if not site.wiring.database.is_sqlite:
        pytest.skip("the statements are the same on both databases; one of them counts")
    busy = make_busy(site)
    # The first statement of a signed-in page finds the session.
    pages = {
        "student home": (STUDENT, urls.home(), 3),
        "instructor home": (INSTRUCTOR, urls.home(), 3),
        "administrator home": (ADMINISTRATOR, urls.home(), 5),
        "task page": (STUDENT, urls.task(busy.task), 7),
        "draft page": (STUDENT, urls.draft(busy.released), 4),
        "stages": (STUDENT, urls.draft_stages(busy.released), 4),
        "feedback page": (STUDENT, urls.feedback(busy.released), 5),
        "feedback on a second draft": (STUDENT, urls.feedback(busy.second), 6),
        "review queue": (INSTRUCTOR, urls.review_queue(), 4),
        "review page": (INSTRUCTOR, urls.review(busy.waiting), 11),
        "courses": (INSTRUCTOR, urls.courses(), 2),
        "course": (INSTRUCTOR, urls.course(INSTRUCTOR), 3),
        "a step of a course": (INSTRUCTOR, urls.course_step(INSTRUCTOR, "inactive"), 7),
        "duplicating a course": (INSTRUCTOR, urls.duplicate_course(INSTRUCTOR), 4),
        "deleted assignments": (INSTRUCTOR, urls.deleted_assignments(INSTRUCTOR), 4),
        "class": (INSTRUCTOR, urls.course_class(INSTRUCTOR), 8),
        "class of one assignment": (INSTRUCTOR, urls.course_class(INSTRUCTOR, assignment=busy.task), 9),
        "my courses": (STUDENT, urls.my_courses(), 2),
        "one of my courses": (STUDENT, urls.my_course(INSTRUCTOR), 5),
        "assignment": (INSTRUCTOR, urls.assignment(busy.task), 9),
        "handing in for students": (INSTRUCTOR, urls.hand_in_for(busy.task), 10),
        "settings of an assignment": (INSTRUCTOR, urls.assignment_settings(busy.task), 3),
        "extensions": (INSTRUCTOR, urls.extensions(busy.task), 5),
        "task sheet": (INSTRUCTOR, urls.task_sheet(busy.task), 4),
        "versions": (INSTRUCTOR, urls.assignment_versions(busy.task), 4),
        "an assignment as students see it": (INSTRUCTOR, urls.student_view(busy.task), 6),
        "new assignment": (INSTRUCTOR, urls.new_assignment(INSTRUCTOR), 3),
        "details of an assignment": (INSTRUCTOR, urls.edit_assignment(busy.task), 3),
        "defaults of a course": (INSTRUCTOR, urls.course_defaults(INSTRUCTOR), 5),
        "defaults of the installation": (ADMINISTRATOR, urls.installation_defaults(), 2),
        "details of a course": (INSTRUCTOR, urls.edit_course(INSTRUCTOR), 3),
        "new course": (INSTRUCTOR, urls.new_course(), 2),
        "calendar": (STUDENT, urls.calendar(), 2),
        "rubric as a file": (INSTRUCTOR, urls.rubric_exports(busy.task), 5),
        "rubric that comes along": (INSTRUCTOR, urls.ready_made_rubric("essay"), 1),
        "new template": (INSTRUCTOR, urls.new_template(), 1),
        "rubric builder": (INSTRUCTOR, urls.edit_rubric(busy.task), 6),
        "rubric library": (INSTRUCTOR, urls.rubrics(), 2),
        "library for an assignment": (INSTRUCTOR, urls.rubric_library(busy.task), 4),
    }
    counted = {}
    for name, (who, address, _) in pages.items():
        visitor = busy.visitor(who)
        visitor.get(urls.privacy())  # the session is marked as seen once a minute, which is not the page's doing
        with busy.asked() as asked:
            visitor.get(address)
        assert visitor.status == 200, (name, visitor.status)
        counted[name] = len([each for each in asked if each.statement.startswith(("SELECT", "WITH"))])
    assert counted == {name: statements for name, (_, _, statements) in pages.items()}


def test_the_sign_in_page_asks_nothing(site: Site) -> None:
    visitor = site.visitor()
    with asked_of_the_driver(site.wiring.database) as asked:
        visitor.get(urls.sign_in())
    assert visitor.status == 200
    assert asked == []
