"""A student's courses."""

from starlette.responses import Response

from feedforward import urls
from feedforward.home.my_course_pages import my_course_body, my_courses_body
from feedforward.home.my_course_queries import my_course, my_courses
from feedforward.ui.navigation import Link
from feedforward.web.access import Student
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/my-courses")
async def show_my_courses(who: Student, web: Web) -> Response:
    courses = await web.database.read(my_courses, who.user_id)
    return web.page(title="My courses", body=my_courses_body(courses=courses))


@routes.get("/my-courses/{course_id}")
async def show_my_course(who: Student, web: Web, course_id: int) -> Response:
    now, settings = web.clock.now(), web.services.settings
    page = await web.database.read(my_course, who.user_id, course_id, now)
    return web.page(
        title=f"{page.course.code} {page.course.title}", breadcrumbs=(Link("My courses", urls.my_courses()),),
        body=my_course_body(
            page=page, now=now, notice_days=settings.notice_days, unreleased_days=settings.unreleased_days
        ),
    )  # fmt: skip
