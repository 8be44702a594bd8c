"""Assignments: making and changing one, its page, and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.actions import (
    change_details,
    create_assignment,
    publish_assignment,
    task_to_change,
)
from feedforward.assignments.details import PREVIEW, DetailsForm, differences, form_of, parse_details
from feedforward.assignments.details_pages import changed_meanwhile, details_body
from feedforward.assignments.overview import overview_for_staff
from feedforward.assignments.overview_pages import overview_body
from feedforward.assignments.publishing import checks_for
from feedforward.assignments.rules import AssignmentStatus, ChangedMeanwhile, Task
from feedforward.assignments.text_travel import providers_of, text_travel
from feedforward.assignments.trail import trail
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.errors import RuleBroken
from feedforward.ui.elements import Child
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class PublishForm:
    version: str
    open_course: bool


@routes.get("/courses/{course_id}/assignments/new")
async def show_new_assignment(who: Staff, web: Web, course_id: int) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    return _new_page(web, course, DetailsForm(time_zone=course.time_zone), {})


@routes.post("/courses/{course_id}/assignments/new")
async def make_assignment(who: Staff, web: Web, course_id: int, form: DetailsForm) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    if form.do == PREVIEW:
        return _new_page(web, course, form, {})
    spec = parse_details(form)
    if isinstance(spec, dict):
        return _new_page(web, course, form, spec)
    assignment_id = await web.database.write(
        create_assignment, staff_id=who.user_id, course_id=course_id, spec=spec, now=web.clock.now()
    )
    return web.see(urls.assignment(assignment_id), said="The assignment is saved. Next, build its rubric.")


@routes.get("/assignments/{assignment_id}")
async def show_assignment(who: Staff, web: Web, assignment_id: int) -> Response:
    return await assignment_page(who, web, assignment_id, {})


@routes.get("/assignments/{assignment_id}/edit")
async def show_details(who: Staff, web: Web, assignment_id: int) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    return _details_page(web, task, form_of(task), {})


@routes.post("/assignments/{assignment_id}/edit")
async def save_details(who: Staff, web: Web, assignment_id: int, form: DetailsForm) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    if form.do == PREVIEW:
        return _details_page(web, task, form, {})
    spec = parse_details(form)
    if isinstance(spec, dict):
        return _details_page(web, task, form, spec)
    try:
        await web.database.write(
            change_details, staff_id=who.user_id, assignment_id=assignment_id, spec=spec,
            version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        task = await web.database.read(task_to_change, who.user_id, assignment_id)
        see = Link("See how it stands now", urls.assignment(assignment_id))
        told = changed_meanwhile(differences=differences(form, form_of(task)), current=see)
        return _details_page(web, task, replace(form, version=str(task.version)), {}, [told])
    return web.see(urls.assignment(assignment_id), said="The assignment is saved.")


@routes.post("/assignments/{assignment_id}/publish")
async def publish(who: Staff, web: Web, assignment_id: int, form: PublishForm) -> Response:
    try:
        await web.database.write(
            publish_assignment, staff_id=who.user_id, assignment_id=assignment_id, version=version_typed(form.version),
            offered=web.services.readers, open_course=form.open_course, now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return await assignment_page(who, web, assignment_id, {"": broken.message})
    return web.see(urls.assignment(assignment_id), said="The assignment is published.")


async def assignment_page(
    who: Staff, web: Web, assignment_id: int, errors: dict[str, str], publish_at: str | None = None
) -> Response:
    """The page of the assignment, with what a step was refused for; `publish_at` is a moment as it was typed."""
    view = await web.database.read(overview_for_staff, who.user_id, assignment_id)
    now = web.clock.now()
    body = overview_body(
        view=view, checks=checks_for(view.task, view.rubric, view.readers, web.services.readers, now),
        travel=text_travel(view.readers, providers_of(web.services.settings)), now=now, errors=errors,
        retention_days=web.services.settings.retention_days, publish_at=publish_at,
    )  # fmt: skip
    return web.page(
        title=view.task.title, body=body, breadcrumbs=trail(view.task, inside=False), status=422 if errors else 200
    )


def _course_to_change(connection: Connection, user_id: int, course_id: int) -> CourseView:
    require_may_change(connection, user_id, course_id)
    return course_for_staff(connection, user_id, course_id)


def _new_page(web: Web, course: CourseView, typed: DetailsForm, errors: dict[str, str]) -> Response:
    body = details_body(
        title="New assignment",
        lead="After this come the rubric and the readers. Students see nothing before you publish.",
        action=urls.new_assignment(course.id), submit="Save and go on", typed=typed, errors=errors,
        back=Link("Back to the course", urls.course(course.id)), retention_days=web.services.settings.retention_days,
    )  # fmt: skip
    way = (Link("Courses", urls.courses()), Link(course.code, urls.course(course.id)))
    return web.page(title="New assignment", body=body, breadcrumbs=way, status=422 if errors else 200)


def _details_page(
    web: Web, task: Task, typed: DetailsForm, errors: dict[str, str], notices: Sequence[Child] = ()
) -> Response:
    lead = None
    if task.status is not AssignmentStatus.DRAFT:
        lead = "Students see changes at once. Drafts already read keep their feedback."
    body = details_body(
        title="Details", lead=lead, action=urls.edit_assignment(task.assignment_id), submit="Save", typed=typed,
        back=Link("Back to the assignment", urls.assignment(task.assignment_id)), errors=errors, notices=notices,
        retention_days=web.services.settings.retention_days,
    )  # fmt: skip
    status = 422 if errors else 409 if notices else 200
    return web.page(title=f"Details of {task.title}", body=body, breadcrumbs=trail(task), status=status)
