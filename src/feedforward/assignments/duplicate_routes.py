"""Duplicating a course into another term."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.duplicate_actions import duplicate_course
from feedforward.assignments.duplicate_pages import duplicate_body
from feedforward.assignments.duplicate_rules import Dates, parse_duplicate
from feedforward.assignments.queries import tasks_of_course
from feedforward.assignments.rules import Task
from feedforward.assignments.sheet_copies import copied_sheets, erase_copies, sheets_to_copy
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.courses.rules import may_create_course
from feedforward.errors import NotPermitted
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class DuplicateForm:
    code: str
    title: str
    term: str
    description: str
    time_zone: str
    department: str
    dates: str
    days: str
    assignments: tuple[str, ...]
    staff: bool
    sections: bool


@routes.get("/courses/{course_id}/duplicate")
async def show_duplicating(who: Staff, web: Web, course_id: int) -> Response:
    course, tasks = await web.database.read(_to_duplicate, who.user_id, course_id)
    _require_instructor(who)
    form = DuplicateForm(
        course.code, course.title, "", course.description, course.time_zone, course.department, Dates.SHIFT, "364",
        tuple(str(task.assignment_id) for task in tasks), staff=True, sections=True,
    )  # fmt: skip
    return _page(web, course, tasks, form, {})


@routes.post("/courses/{course_id}/duplicate")
async def make_duplicate(who: Staff, web: Web, course_id: int, form: DuplicateForm) -> Response:
    course, tasks = await web.database.read(_to_duplicate, who.user_id, course_id)
    _require_instructor(who)
    spec = parse_duplicate(
        asdict(form), assignments=form.assignments, dates=form.dates if tasks else Dates.LATER, days=form.days,
        staff=form.staff, sections=form.sections,
    )  # fmt: skip
    if isinstance(spec, dict):
        return _page(web, course, tasks, form, spec)
    sheets = await copied_sheets(
        web.content, await web.database.read(sheets_to_copy, course_id, spec.assignments)
    )  # fmt: skip
    try:
        made = await web.database.write(
            duplicate_course, staff_id=who.user_id, course_id=course_id, spec=spec, sheets=sheets, now=web.clock.now()
        )
    except BaseException:
        await erase_copies(web.content, sheets)
        raise
    await erase_copies(web.content, {each: copy for each, copy in sheets.items() if each not in made.copies})
    came = counted(len(made.copies), "assignment", "assignments")
    said = f"The copy is made, with {came} not published yet. Students see nothing of it before you open it."
    return web.see(urls.course(made.course_id), said=said)


def _require_instructor(who: Staff) -> None:
    if not may_create_course(who.person.role):
        raise NotPermitted("Only instructors make courses. Ask an instructor of this course to duplicate it.")


def _to_duplicate(connection: Connection, user_id: int, course_id: int) -> tuple[CourseView, list[Task]]:
    require_may_change(connection, user_id, course_id, archived=True)
    return course_for_staff(connection, user_id, course_id), tasks_of_course(connection, user_id, course_id)


def _page(web: Web, course: CourseView, tasks: list[Task], form: DuplicateForm, errors: dict[str, str]) -> Response:
    texts = {name: value for name, value in asdict(form).items() if isinstance(value, str)}
    body = duplicate_body(
        course=course, tasks=tasks, fields=texts, chosen=form.assignments, staff=form.staff, sections=form.sections,
        errors=errors,
    )  # fmt: skip
    return web.page(
        title=f"Duplicate {course.code}", body=body, status=422 if errors else 200,
        breadcrumbs=(Link("Courses", urls.courses()), Link(course.code, urls.course(course.id))),
    )  # fmt: skip
