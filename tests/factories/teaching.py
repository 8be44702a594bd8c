"""Teaching through the pages: a course, its students, and a published assignment with a rubric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from feedforward import urls
from feedforward.ui.fields import date_time_value
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor

ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Teaching:
    """A course with a published assignment: who teaches it, and the ids."""

    instructor: Visitor
    course_id: int
    assignment_id: int


def last_id(path: str) -> int:
    """The number at the end of an address."""
    return int(path.rstrip("/").rsplit("/", 1)[1])


def make_course(
    instructor: Visitor, *, code: str = "ENG 101", title: str = "Academic Writing", zone: str = ZONE
) -> int:
    """A course, made on its page; still hidden from students."""
    instructor.get(urls.new_course())
    instructor.submit(urls.new_course(), code=code, title=title, term="Autumn 2026", time_zone=zone)
    assert instructor.status == 200, instructor.page.text
    return last_id(instructor.path)


def enrol_students(instructor: Visitor, course_id: int, emails: Sequence[str]) -> None:
    """Enrol people who have accounts: look at what will happen, then have it done."""
    instructor.get(urls.add_people(course_id))
    instructor.submit(urls.check_people(course_id), emails="\n".join(emails))
    instructor.submit(urls.add_people(course_id))
    assert instructor.status == 200, instructor.page.text


def make_assignment(
    instructor: Visitor,
    site: Site,
    course_id: int,
    *,
    title: str = "Should cities ban cars?",
    due_in: timedelta = timedelta(days=14),
    fields: Mapping[str, str] | None = None,
) -> int:
    """An assignment without a rubric, not published; `fields` go into its form as they are."""
    due = date_time_value(site.wiring.clock.now() + due_in, ZONE)
    filled = {"title": title, "instructions": "Argue for **one** side in 600 to 900 words.", "due": due}
    form = instructor.get(urls.new_assignment(course_id)).form(urls.new_assignment(course_id))
    instructor.post(form.action, {**form.fields, **filled, **(fields or {})})
    assert instructor.status == 200, instructor.page.text
    return last_id(instructor.path)


def add_rubric(instructor: Visitor, assignment_id: int) -> None:
    """Give it the ready-made rubric for essays."""
    instructor.get(urls.edit_rubric(assignment_id))
    instructor.submit(urls.edit_rubric(assignment_id), do="template:essay")
    instructor.submit(urls.edit_rubric(assignment_id), do="save")
    assert instructor.path == urls.assignment(assignment_id), instructor.page.text


def publish(instructor: Visitor, assignment_id: int) -> None:
    """Publish it, and open its course where that is still to be done."""
    instructor.get(urls.assignment(assignment_id))
    instructor.submit(urls.publish(assignment_id))
    assert instructor.status == 200, instructor.page.text


def make_teaching(
    site: Site,
    *,
    students: Sequence[str] = (),
    instructor: Visitor | None = None,
    title: str = "Should cities ban cars?",
    due_in: timedelta = timedelta(days=14),
    **fields: str,
) -> Teaching:
    """All of it: an instructor (Iris, unless one is given), an open course with these students, a published assignment.

    `students` are e-mail addresses of accounts; `fields` go into the form of the assignment as they are.
    """
    who = instructor or site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(who)
    if students:
        enrol_students(who, course_id, students)
    assignment_id = make_assignment(who, site, course_id, title=title, due_in=due_in, fields=fields)
    add_rubric(who, assignment_id)
    publish(who, assignment_id)
    return Teaching(who, course_id, assignment_id)
