"""The roster of a course: its pages, one student's section and number, removing and enrolling again."""

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.courses.actions import remove_student
from feedforward.courses.people_pages import Filter, roster_body, student_body
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.courses.roster_actions import change_student, enrol_again
from feedforward.courses.roster_queries import ACTIVE, REMOVED, RosterPage, Student, roster_page, student_of_course
from feedforward.courses.roster_rows import cleaned, problems_with_place
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

COURSES = Link("Courses", urls.courses())
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class StudentForm:
    section: str
    number: str


@routes.get("/courses/{course_id}/people")
async def show_people(who: Staff, web: Web, course_id: int) -> Response:
    asked = Filter(
        "removed" if web.query("show") == "removed" else "", web.query("section")[:80], web.query("q").strip()[:100],
        page_asked(web),
    )  # fmt: skip
    course, roster = await web.database.read(_roster, who.user_id, course_id, asked)
    return web.page(
        title=f"People of {course.code}", body=roster_body(course=course, roster=roster, asked=asked), wide=True,
        breadcrumbs=crumbs(course),
    )  # fmt: skip


@routes.get("/courses/{course_id}/people/{student_id}/change")
async def show_student(who: Staff, web: Web, course_id: int, student_id: int) -> Response:
    course, student = await web.database.read(_student_to_change, who.user_id, course_id, student_id)
    return _student_page(web, course, student, StudentForm(student.section, student.number), {})


@routes.post("/courses/{course_id}/people/{student_id}/change")
async def save_student(who: Staff, web: Web, course_id: int, student_id: int, form: StudentForm) -> Response:
    course, student = await web.database.read(_student_to_change, who.user_id, course_id, student_id)
    section, number = cleaned(form.section), cleaned(form.number)
    problems = problems_with_place(section=section, number=number)
    if problems:
        return _student_page(web, course, student, form, problems)
    await web.database.write(
        change_student, staff_id=who.user_id, course_id=course_id, student_id=student_id, section=section,
        number=number, now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.course_people(course_id), said="Section and number are saved.")


@routes.post("/courses/{course_id}/people/{student_id}/remove")
async def remove(who: Staff, web: Web, course_id: int, student_id: int) -> Response:
    await web.database.write(
        remove_student, staff_id=who.user_id, course_id=course_id, student_id=student_id, now=web.clock.now()
    )
    said = "The student is removed; their drafts are kept. To undo, enrol them again under “Removed students”."
    return web.see(urls.course_people(course_id), said=said)


@routes.post("/courses/{course_id}/people/{student_id}/enrol")
async def bring_back(who: Staff, web: Web, course_id: int, student_id: int) -> Response:
    await web.database.write(
        enrol_again, staff_id=who.user_id, course_id=course_id, student_id=student_id, now=web.clock.now()
    )
    return web.see(urls.course_people(course_id), said="The student is enrolled again, with all their drafts.")


def page_asked(web: Web) -> int:
    """The page a list is asked for; 1 for anything that is no page."""
    raw = web.query("page")
    return max(1, min(int(raw), MOST_PAGES)) if raw.isascii() and raw.isdigit() and len(raw) <= 6 else 1


def crumbs(course: CourseView) -> tuple[Link, ...]:
    return (COURSES, Link(course.code, urls.course(course.id)))


def _roster(connection: Connection, user_id: int, course_id: int, asked: Filter) -> tuple[CourseView, RosterPage]:
    course = course_for_staff(connection, user_id, course_id)
    return course, roster_page(
        connection, user_id, course_id, status=REMOVED if asked.show else ACTIVE, section=asked.section,
        search=asked.search, page=asked.page,
    )  # fmt: skip


def _student_to_change(
    connection: Connection, user_id: int, course_id: int, student_id: int
) -> tuple[CourseView, Student]:
    require_may_change(connection, user_id, course_id)
    course = course_for_staff(connection, user_id, course_id)
    return course, student_of_course(connection, user_id, course_id, student_id)


def _student_page(
    web: Web, course: CourseView, student: Student, form: StudentForm, errors: dict[str, str]
) -> Response:
    body = student_body(course=course, student=student, section=form.section, number=form.number, errors=errors)
    return web.page(
        title="Section and number", body=body, status=422 if errors else 200,
        breadcrumbs=(*crumbs(course), Link("People", urls.course_people(course.id))),
    )  # fmt: skip
