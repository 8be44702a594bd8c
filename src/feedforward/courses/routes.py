"""Courses: listing, making and changing them."""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.courses.actions import change_course, create_course
from feedforward.courses.course_list_pages import courses_body
from feedforward.courses.course_list_queries import Wanted, course_list
from feedforward.courses.pages import course_form_body, course_overtaken
from feedforward.courses.queries import (
    CourseView,
    course_for_staff,
    newest_courses,
    require_may_change,
)
from feedforward.courses.roster_routes import page_asked
from feedforward.courses.rules import (
    CourseChangedMeanwhile,
    CourseStatus,
    may_create_course,
    parse_course,
)
from feedforward.errors import NotPermitted
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()

COURSES = Link("Courses", urls.courses())
KNOWN = tuple(map(str, CourseStatus))
NOT_YOURS_TO_MAKE = "Only instructors make courses. Ask an administrator if your account should be an instructor’s."


@dataclass(frozen=True, slots=True)
class CourseForm:
    code: str
    title: str
    term: str
    description: str
    time_zone: str
    department: str = ""
    version: str = "0"


@routes.get("/courses")
async def show_courses(who: Staff, web: Web) -> Response:
    wanted = Wanted(
        search=web.query("q").strip()[:100], status=web.query("status") if web.query("status") in KNOWN else "",
        term=web.query("term")[:60], department=web.query("department")[:120], page=page_asked(web),
    )  # fmt: skip
    found = await web.database.read(course_list, who.user_id, wanted)
    may_create = may_create_course(who.person.role)
    return web.page(title="Courses", body=courses_body(found=found, wanted=wanted, may_create=may_create))


@routes.get("/courses/new")
async def show_new_course(who: Staff, web: Web) -> Response:
    _require_may_create(who)
    courses = await web.database.read(newest_courses, who.user_id, 1)
    zone = courses[0].time_zone if courses else ""
    return _new_course_page(web, CourseForm("", "", "", "", zone, courses[0].department if courses else ""), {})


@routes.post("/courses/new")
async def make_course(who: Staff, web: Web, form: CourseForm) -> Response:
    _require_may_create(who)
    spec = parse_course(asdict(form))
    if isinstance(spec, dict):
        return _new_course_page(web, form, spec)
    course_id = await web.database.write(create_course, owner_id=who.user_id, spec=spec, now=web.clock.now())
    return web.see(urls.course(course_id), said="The course is made. Students do not see it yet.")


@routes.get("/courses/{course_id}/edit")
async def show_course_form(who: Staff, web: Web, course_id: int) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    form = _form_of(course)
    return _course_page(web, course, form, {})


@routes.post("/courses/{course_id}/edit")
async def save_course(who: Staff, web: Web, course_id: int, form: CourseForm) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    spec = parse_course(asdict(form))
    if isinstance(spec, dict):
        return _course_page(web, course, form, spec)
    try:
        await web.database.write(
            change_course, staff_id=who.user_id, course_id=course_id, spec=spec, version=version_typed(form.version),
            now=web.clock.now(),
        )  # fmt: skip
    except CourseChangedMeanwhile:
        course = await web.database.read(_course_to_change, who.user_id, course_id)
        return _course_page(web, course, replace(form, version=str(course.version)), {}, overtaken=True)
    return web.see(urls.course(course_id), said="The course is saved.")


def _require_may_create(who: Staff) -> None:
    if not may_create_course(who.person.role):
        raise NotPermitted(NOT_YOURS_TO_MAKE)


def _course_to_change(connection: Connection, user_id: int, course_id: int) -> CourseView:
    require_may_change(connection, user_id, course_id)
    return course_for_staff(connection, user_id, course_id)


def _differences(typed: CourseForm, stored: CourseForm) -> list[str]:
    """The fields, in words, in which what was typed differs from what is stored."""
    mine, theirs = asdict(typed), asdict(stored)
    return [name.replace("_", " ") for name in mine if mine[name].strip() != theirs[name].strip()]


def _new_course_page(web: Web, form: CourseForm, errors: dict[str, str]) -> Response:
    body = course_form_body(
        title="New course", action=urls.new_course(), submit="Make the course",
        back=Link("Back to courses", urls.courses()),
        fields=asdict(form), errors=errors,
    )  # fmt: skip
    return web.page(title="New course", body=body, breadcrumbs=(COURSES,), status=422 if errors else 200)


def _form_of(course: CourseView) -> CourseForm:
    return CourseForm(
        course.code,
        course.title,
        course.term,
        course.description,
        course.time_zone,
        course.department,
        str(course.version),
    )


def _course_page(
    web: Web, course: CourseView, form: CourseForm, errors: dict[str, str], *, overtaken: bool = False
) -> Response:
    body = course_form_body(
        title="Course details", action=urls.edit_course(course.id), submit="Save", errors=errors, fields=asdict(form),
        back=Link("Back to the course", urls.course(course.id)),
        overtaken=course_overtaken(differences=_differences(form, _form_of(course))) if overtaken else None,
    )  # fmt: skip
    return web.page(
        title=f"Details of {course.code}", body=body, status=422 if errors or overtaken else 200,
        breadcrumbs=(COURSES, Link(course.code, urls.course(course.id))),
    )  # fmt: skip
