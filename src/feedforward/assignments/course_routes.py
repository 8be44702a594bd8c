"""The staff's page of a course: it shows its assignments, so it lives here."""

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.course_pages import course_body
from feedforward.assignments.queries import tasks_of_course
from feedforward.assignments.rules import Task
from feedforward.courses.glass_pages import openings_section
from feedforward.courses.glass_queries import openings_of_course
from feedforward.courses.glass_rules import Opening
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.rules import StaffRole
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/courses/{course_id}")
async def show_course(who: Staff, web: Web, course_id: int) -> Response:
    course, tasks = await web.database.read(_course_and_tasks, who.user_id, course_id)
    now = web.clock.now()
    openings: list[Opening] = []
    if course.openings and course.role is StaffRole.OWNER:
        openings = await web.database.read(openings_of_course, course_id)
    return web.page(
        title=f"{course.code} {course.title}",
        body=(
            course_body(course=course, tasks=tasks, now=now),
            openings_section(course_id=course_id, openings=openings, zone=course.time_zone, now=now),
        ),
        breadcrumbs=(Link("Courses", urls.courses()),),
    )  # fmt: skip


def _course_and_tasks(connection: Connection, user_id: int, course_id: int) -> tuple[CourseView, list[Task]]:
    return course_for_staff(connection, user_id, course_id), tasks_of_course(connection, user_id, course_id)
