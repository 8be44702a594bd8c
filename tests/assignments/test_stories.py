"""An instructor sets up an assignment: details, rubric, readers, publishing, and the steps of its life."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from feedforward import urls
from feedforward.assignments.queries import task_for_student, task_for_work, tasks_of_student
from feedforward.assignments.rules import Task
from feedforward.assignments.tables import Assignment
from feedforward.clock import SetClock
from feedforward.courses.tables import Course
from feedforward.errors import NotFound
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import same_rubric
from feedforward.web.access import Role
from tests.courses.test_courses import make_tutor
from tests.factories.site import Site
from tests.factories.teaching import add_rubric, enrol_students, make_assignment, make_course, make_teaching
from tests.rubrics.made import ESSAY


def task_of(site: Site, assignment_id: int) -> Task:
    return site.wiring.database.read_now(task_for_work, assignment_id)


def test_from_an_empty_course_to_an_assignment_a_student_can_see(site: Site) -> None:
    ada = site.make_person("Ada Student")
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    assert "No assignments yet" in instructor.get(urls.course(course_id)).text
    enrol_students(instructor, course_id, ["ada@example.edu"])
    assignment_id = make_assignment(instructor, site, course_id)
    page = instructor.get(urls.assignment(assignment_id))
    assert "Build a rubric: readers read against it." in page.text
    assert urls.publish(assignment_id) not in [form.action for form in page.forms]
    add_rubric(instructor, assignment_id)
    page = instructor.get(urls.assignment(assignment_id))
    assert page.form(urls.publish(assignment_id)).fields["open_course"] == "yes"
    instructor.submit(urls.publish(assignment_id))
    task = site.wiring.database.read_now(task_for_student, ada, assignment_id)
    assert task.takes_drafts
    assert site.wiring.database.read_now(tasks_of_student, ada) == [task]
    assert same_rubric(site.wiring.database.read_now(rubric_by_id, task.required_rubric_id), ESSAY)
    assert "Should cities ban cars?" in instructor.get(urls.course(course_id)).text


def test_publishing_without_opening_the_course_says_so_and_offers_it(site: Site) -> None:
    ada = site.make_person("Ada Student")
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    enrol_students(instructor, course_id, ["ada@example.edu"])
    assignment_id = make_assignment(instructor, site, course_id)
    add_rubric(instructor, assignment_id)
    form = instructor.get(urls.assignment(assignment_id)).form(urls.publish(assignment_id))
    page = instructor.post(form.action, {"version": form.fields["version"]})
    assert "no student sees this assignment" in page.text
    with pytest.raises(NotFound):
        site.wiring.database.read_now(task_for_student, ada, assignment_id)
    instructor.submit(urls.course_status(course_id))
    assert site.wiring.database.read_now(task_for_student, ada, assignment_id).takes_drafts


def test_an_unfinished_assignment_is_not_published_whatever_is_posted(site: Site, clock: SetClock) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    page = instructor.post(urls.publish(assignment_id), {"version": "1", "open_course": "yes"})
    assert instructor.status == 422
    assert "The assignment was not published. Build a rubric" in page.text
    add_rubric(instructor, assignment_id)
    clock.moment += timedelta(minutes=100)
    instructor.get(urls.assignment(assignment_id))
    instructor.post(urls.publish(assignment_id), {"version": "1"})
    assert "Somebody else has changed this assignment" in instructor.page.text
    assert task_of(site, assignment_id).status == "draft"


def test_wrong_details_keep_everything_typed(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    instructor.get(urls.new_assignment(course_id))
    wrong = {
        "title": "", "instructions": "A long text\nwith lines & <tags>", "due": "2027-03-28T02:30", "word_min": "many",
        "guidelines": "Be lenient on commas.", "retention_days": "0",
    }  # fmt: skip
    page = instructor.submit(urls.new_assignment(course_id), None, **wrong)
    assert instructor.status == 422
    kept = page.form(urls.new_assignment(course_id)).fields
    assert {name: kept[name] for name in wrong} == wrong
    assert "skip 02:30 on that day" in page.text
    assert "Enter a title." in page.text


def test_two_people_editing_never_overwrite_each_other_silently(site: Site) -> None:
    teaching = make_teaching(site)
    instructor, address = teaching.instructor, urls.edit_assignment(teaching.assignment_id)
    mine = instructor.get(address).form(address).fields
    instructor.submit(address, title="Theirs", word_max="500")
    page = instructor.post(address, {**mine, "title": "Mine"})
    assert instructor.status == 409
    assert "Somebody else has changed this assignment since you opened it." in page.text
    assert "differs in: title, most words" in page.text
    assert task_of(site, teaching.assignment_id).title == "Theirs"
    assert page.form(address).fields["title"] == "Mine"
    instructor.submit(address)
    task = task_of(site, teaching.assignment_id)
    assert (task.title, task.word_max) == ("Mine", None)


def test_the_version_rises_with_each_change(site: Site) -> None:
    teaching = make_teaching(site)
    before = task_of(site, teaching.assignment_id).version
    for address in (urls.edit_assignment(teaching.assignment_id), urls.edit_readers(teaching.assignment_id)):
        teaching.instructor.get(address)
        teaching.instructor.submit(address)
    assert task_of(site, teaching.assignment_id).version == before + 2


def test_an_assignment_moves_along_its_life_and_an_archived_one_is_only_read(site: Site) -> None:
    teaching = make_teaching(site)
    address = urls.assignment_status(teaching.assignment_id)
    for come_from, go_to in (("active", "inactive"), ("inactive", "archived")):
        teaching.instructor.post(address, {"come_from": come_from, "go_to": go_to, "confirmation": ""})
        assert task_of(site, teaching.assignment_id).status == go_to
    teaching.instructor.get(urls.edit_assignment(teaching.assignment_id))
    assert teaching.instructor.status == 403
    page = teaching.instructor.post(address, {"come_from": "archived", "go_to": "deleted", "confirmation": "no"})
    assert teaching.instructor.status == 422
    assert "To delete the assignment, type its title." in page.text
    title = {"come_from": "archived", "go_to": "deleted", "confirmation": "should cities ban cars?"}
    teaching.instructor.post(address, title)
    assert teaching.instructor.path == urls.course(teaching.course_id)
    teaching.instructor.get(urls.assignment(teaching.assignment_id))
    assert teaching.instructor.status == 404


LIFE = (
    ("active", "active", True, True), ("inactive", "active", True, False), ("archived", "active", True, False),
    ("draft", "active", False, False), ("deleted", "active", False, False), ("active", "inactive", True, False),
    ("active", "draft", False, False), ("active", "archived", True, False), ("active", "deleted", False, False),
)  # fmt: skip


def test_students_see_what_the_life_cycles_of_course_and_assignment_say(site: Site) -> None:
    ada = site.make_person("Ada Student")
    make_teaching(site, students=["ada@example.edu"])
    for course_status, status, seen, takes in LIFE:

        def set_both(connection: Connection, course_status: str = course_status, status: str = status) -> None:
            connection.execute(update(Course).values(status=course_status))
            connection.execute(update(Assignment).values(status=status))

        site.wiring.database.write_now(set_both)
        tasks = site.wiring.database.read_now(tasks_of_student, ada)
        assert [task.takes_drafts for task in tasks] == ([takes] if seen else []), (course_status, status)


def test_other_instructors_students_and_tutors_get_nowhere(site: Site) -> None:
    ada = site.make_person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    one = teaching.assignment_id
    student = site.visitor().sign_in("ada@example.edu")
    other = site.person("Otto Other", Role.INSTRUCTOR)
    tutor = make_tutor(site, teaching.course_id)
    before = task_of(site, one)
    details = teaching.instructor.get(urls.edit_assignment(one)).form(urls.edit_assignment(one)).fields
    posts: dict[str, dict[str, str]] = {
        urls.edit_assignment(one): {**details, "title": "Taken over"},
        urls.edit_rubric(one): {"do": "save", "version": str(before.version), "name": "x"},
        urls.edit_readers(one): {"version": str(before.version), "merge_method": "mean", "min_readings": "1"},
        urls.publish(one): {"version": str(before.version)},
        urls.assignment_status(one): {"come_from": "active", "go_to": "inactive", "confirmation": ""},
        urls.new_assignment(teaching.course_id): details,
    }
    for who, status in ((student, 403), (other, 404), (tutor, 403)):
        for address, fields in posts.items():
            who.post(address, fields)
            assert who.status == status, address
        for address in (urls.edit_assignment(one), urls.edit_rubric(one), urls.edit_readers(one)):
            who.get(address)
            assert who.status == status, address
    page = tutor.get(urls.assignment(one))
    assert tutor.status == 200
    assert "Edit details" not in page.links
    assert urls.assignment_status(one) not in [form.action for form in page.forms]
    assert replace(task_of(site, one), version=before.version) == before
    assert task_of(site, one).version == before.version
    assert site.wiring.database.read_now(task_for_student, ada, one) == before
