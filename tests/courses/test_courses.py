"""Making and changing a course, and the steps of its life, through the pages."""

import pytest
from sqlalchemy import insert, select

from feedforward import urls
from feedforward.courses.rules import CourseStatus, StaffRole, moves_from
from feedforward.courses.tables import Course, CourseStaff
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.teaching import make_course


def status_of(site: Site, course_id: int) -> str:
    return site.wiring.database.read_now(
        lambda connection: connection.execute(select(Course.status).where(Course.id == course_id)).scalar_one()
    )


def make_tutor(site: Site, course_id: int, name: str = "Tom Tutor") -> Visitor:
    user_id = site.make_person(name)
    now = site.wiring.clock.now()
    site.wiring.database.write_now(
        lambda connection: connection.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=user_id, role="tutor", added_at=now)
        )
    )
    return site.visitor().sign_in(f"{name.split()[0].lower()}@example.edu")


def move(who: Visitor, course_id: int, come_from: str, go_to: str, confirmation: str = "") -> None:
    fields = {"come_from": come_from, "go_to": go_to, "confirmation": confirmation}
    who.post(urls.course_status(course_id), fields)


def test_an_empty_list_of_courses_offers_the_first_one(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    page = instructor.get(urls.courses())
    assert "No courses yet" in page.text
    assert page.links["New course"] == urls.new_course()


def test_a_wrong_course_form_keeps_what_was_typed_and_says_what_to_change(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    instructor.get(urls.new_course())
    page = instructor.submit(urls.new_course(), code="", title="Writing <b>", term="Autumn", time_zone="Mars/Olympus")
    assert instructor.status == 422
    assert page.form(urls.new_course()).fields["title"] == "Writing <b>"
    assert page.form(urls.new_course()).fields["time_zone"] == "Mars/Olympus"
    assert "Enter a code, such as ENG 101." in page.text
    assert "“Mars/Olympus” is not a time zone we know" in page.text


def test_a_new_course_is_listed_for_its_owner_and_hidden_from_students(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    assert status_of(site, course_id) == "draft"
    assert "Being prepared" in instructor.get(urls.courses()).text
    page = instructor.get(urls.edit_course(course_id))
    page = instructor.submit(urls.edit_course(course_id), title="Writing for scientists")
    assert "Writing for scientists" in page.text


def test_another_instructors_course_does_not_exist_and_a_student_may_not_ask(site: Site) -> None:
    course_id = make_course(site.person("Iris Instructor", Role.INSTRUCTOR))
    other = site.person("Otto Other", Role.INSTRUCTOR)
    student = site.person("Ada Student")
    form = {"code": "X", "title": "Taken over", "term": "", "description": "", "time_zone": "UTC"}
    for who, status in ((other, 404), (student, 403)):
        for address in (urls.course(course_id), urls.edit_course(course_id), urls.course_people(course_id)):
            who.get(address)
            assert who.status == status, address
        who.post(urls.edit_course(course_id), form)
        assert who.status == status
        move(who, course_id, "draft", "active")
        assert who.status == status
        who.post(urls.check_people(course_id), {"emails": "ada@example.edu"})
        assert who.status == status
    assert status_of(site, course_id) == "draft"


def test_a_tutor_looks_and_changes_nothing(site: Site) -> None:
    course_id = make_course(site.person("Iris Instructor", Role.INSTRUCTOR))
    tutor = make_tutor(site, course_id)
    page = tutor.get(urls.course(course_id))
    assert tutor.status == 200
    assert "New assignment" not in page.links
    assert urls.course_status(course_id) not in [form.action for form in page.forms]
    assert "Add students" not in tutor.get(urls.course_people(course_id)).links
    for address in (urls.edit_course(course_id), urls.new_course(), urls.new_assignment(course_id)):
        tutor.get(address)
        assert tutor.status == 403, address
    move(tutor, course_id, "draft", "active")
    assert tutor.status == 403
    tutor.post(urls.check_people(course_id), {"emails": "tom@example.edu"})
    assert tutor.status == 403


def test_a_course_moves_only_along_its_life_and_only_from_what_the_person_saw(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    move(instructor, course_id, "draft", "archived")
    assert instructor.status == 422
    for come_from, go_to in (("draft", "active"), ("active", "inactive"), ("inactive", "archived")):
        move(instructor, course_id, come_from, go_to)
        assert status_of(site, course_id) == go_to
    move(instructor, course_id, "inactive", "active")
    assert instructor.status == 422
    assert status_of(site, course_id) == "archived"
    instructor.get(urls.edit_course(course_id))
    assert instructor.status == 403
    assert "Take it out of the archive" in instructor.page.text


def test_deleting_wants_the_code_typed_and_hides_the_course(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    instructor.get(urls.course(course_id))
    move(instructor, course_id, "draft", "deleted", "yes")
    assert instructor.status == 422
    assert "type its code, ENG 101" in instructor.page.text
    assert status_of(site, course_id) == "draft"
    move(instructor, course_id, "draft", "deleted", " eng 101 ")
    assert status_of(site, course_id) == "deleted"
    instructor.get(urls.course(course_id))
    assert instructor.status == 404
    assert "No courses yet" in instructor.get(urls.courses()).text


@pytest.mark.parametrize("status", list(CourseStatus))
def test_only_the_owner_is_offered_deletion_and_tutors_are_offered_nothing(status: CourseStatus) -> None:
    assert moves_from(status, StaffRole.TUTOR) == ()
    assert all(step.go_to is not CourseStatus.DELETED for step in moves_from(status, StaffRole.CO_INSTRUCTOR))


def test_two_people_who_edit_a_course_never_overwrite_each_other_silently(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    first, second = instructor, site.visitor().sign_in("iris@example.edu")
    for each in (first, second):
        each.get(urls.edit_course(course_id))
    first.submit(urls.edit_course(course_id), title="Writing about towns")
    second.submit(urls.edit_course(course_id), title="Writing about rivers")
    assert second.status == 422
    assert "Somebody else has changed this course" in second.page.text
    assert "differs in: title" in second.page.text
    assert second.page.form(urls.edit_course(course_id)).fields["title"] == "Writing about rivers"
    assert "Writing about towns" in first.get(urls.course(course_id)).text
    second.submit(urls.edit_course(course_id))
    assert "Writing about rivers" in first.get(urls.course(course_id)).text


def test_a_title_nobody_can_see_is_no_title(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    instructor.get(urls.edit_course(course_id))
    instructor.submit(urls.edit_course(course_id), title="\u200b\u2060")
    assert instructor.status == 422
    assert "Enter a title." in instructor.page.text
