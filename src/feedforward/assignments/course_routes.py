"""The staff's page of a course, and the steps of its life: they show its assignments, so they live here."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.course_pages import course_body
from feedforward.assignments.queries import tasks_of_course
from feedforward.assignments.rules import Task
from feedforward.courses.actions import move_course
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.rules import CourseStatus
from feedforward.errors import RuleBroken
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class MoveForm:
    come_from: str
    go_to: str
    confirmation: str


@routes.get("/courses/{course_id}")
async def show_course(who: Staff, web: Web, course_id: int) -> Response:
    return await _course_page(who, web, course_id, {})


@routes.post("/courses/{course_id}/status")
async def change_course_status(who: Staff, web: Web, course_id: int, form: MoveForm) -> Response:
    try:
        move = await web.database.write(
            move_course, staff_id=who.user_id, course_id=course_id, now=web.clock.now(), **asdict(form)
        )
    except RuleBroken as broken:
        if broken.field is None:
            raise
        return await _course_page(who, web, course_id, {broken.field: broken.message})
    if move.go_to is CourseStatus.DELETED:
        return web.see(urls.courses(), said="The course is deleted.")
    return web.see(urls.course(course_id), said=f"Done. {move.effect}")


async def _course_page(who: Staff, web: Web, course_id: int, errors: dict[str, str]) -> Response:
    course, tasks = await web.database.read(_course_and_tasks, who.user_id, course_id)
    return web.page(
        title=f"{course.code} {course.title}",
        body=course_body(course=course, tasks=tasks, now=web.clock.now(), errors=errors),
        breadcrumbs=(Link("Courses", urls.courses()),), status=422 if errors else 200,
    )  # fmt: skip


def _course_and_tasks(connection: Connection, user_id: int, course_id: int) -> tuple[CourseView, list[Task]]:
    return course_for_staff(connection, user_id, course_id), tasks_of_course(connection, user_id, course_id)
