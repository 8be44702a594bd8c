"""The settings of an assignment, and the defaults of a course and of the installation that it follows."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.details_pages import changed_meanwhile
from feedforward.assignments.rules import ChangedMeanwhile, Task
from feedforward.assignments.settings_actions import change_settings, set_course_defaults, set_installation_defaults
from feedforward.assignments.settings_form import (
    DefaultsForm,
    SettingsForm,
    defaults_form,
    parse_choices,
    parse_settings,
    settings_form,
)
from feedforward.assignments.settings_pages import course_defaults_body, installation_defaults_body, settings_body
from feedforward.assignments.settings_queries import Defaults, course_defaults_to_change, installation_defaults
from feedforward.assignments.trail import trail
from feedforward.courses.queries import CourseView
from feedforward.errors import RuleBroken
from feedforward.ui.elements import Child
from feedforward.ui.navigation import Link
from feedforward.web.access import Admin, Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@routes.get("/assignments/{assignment_id}/settings")
async def show_settings(who: Staff, web: Web, assignment_id: int) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    return _settings_page(web, task, settings_form(task), {})


@routes.post("/assignments/{assignment_id}/settings")
async def save_settings(who: Staff, web: Web, assignment_id: int, form: SettingsForm) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    spec = parse_settings(form, task)
    if isinstance(spec, dict):
        return _settings_page(web, task, form, spec)
    try:
        await web.database.write(
            change_settings, staff_id=who.user_id, assignment_id=assignment_id, spec=spec,
            version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        task = await web.database.read(task_to_change, who.user_id, assignment_id)
        see = Link("See how it stands now", urls.assignment(assignment_id))
        told = changed_meanwhile(differences=(), current=see)
        return _settings_page(web, task, replace(form, version=str(task.version)), {}, [told])
    return web.see(urls.assignment(assignment_id), said="The settings are saved.")


@routes.get("/courses/{course_id}/defaults")
async def show_course_defaults(who: Staff, web: Web, course_id: int) -> Response:
    course, defaults = await web.database.read(course_defaults_to_change, who.user_id, course_id)
    return _course_page(web, course, defaults, defaults_form(defaults.chosen, version=defaults.version), {})


@routes.post("/courses/{course_id}/defaults")
async def save_course_defaults(who: Staff, web: Web, course_id: int, form: DefaultsForm) -> Response:
    course, defaults = await web.database.read(course_defaults_to_change, who.user_id, course_id)
    choices = parse_choices(form)
    if isinstance(choices, dict):
        return _course_page(web, course, defaults, form, choices)
    try:
        await web.database.write(
            set_course_defaults, staff_id=who.user_id, course_id=course_id, choices=choices,
            version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        course, defaults = await web.database.read(course_defaults_to_change, who.user_id, course_id)
        typed = replace(form, version=str(defaults.version))
        return _course_page(web, course, defaults, typed, {"": broken.message})
    return web.see(urls.course(course_id), said="The defaults of the course are saved.")


@routes.get("/admin/defaults")
async def show_installation_defaults(who: Admin, web: Web) -> Response:
    defaults = await web.database.read(installation_defaults)
    return _installation_page(web, defaults, _typed(defaults), {})


@routes.post("/admin/defaults")
async def save_installation_defaults(who: Admin, web: Web, form: DefaultsForm) -> Response:
    choices = parse_choices(form)
    defaults = await web.database.read(installation_defaults)
    if isinstance(choices, dict):
        return _installation_page(web, defaults, form, choices)
    try:
        await web.database.write(
            set_installation_defaults, admin_id=who.user_id, choices=choices,
            unreviewed_allowed=form.unreviewed_allowed, version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        defaults = await web.database.read(installation_defaults)
        typed = replace(form, version=str(defaults.version))
        return _installation_page(web, defaults, typed, {"": broken.message})
    return web.see(urls.installation_defaults(), said="The defaults are saved.")


def _typed(defaults: Defaults) -> DefaultsForm:
    return defaults_form(defaults.chosen, version=defaults.version, unreviewed_allowed=defaults.unreviewed_allowed)


def _settings_page(
    web: Web, task: Task, typed: SettingsForm, errors: dict[str, str], notices: Sequence[Child] = ()
) -> Response:
    body = settings_body(task=task, typed=typed, errors=errors, notices=notices)
    status = 422 if errors else 409 if notices else 200
    return web.page(title=f"Settings of {task.title}", body=body, breadcrumbs=trail(task), status=status)


def _course_page(
    web: Web, course: CourseView, defaults: Defaults, typed: DefaultsForm, errors: dict[str, str]
) -> Response:
    body = course_defaults_body(
        course_id=course.id, course=course.code, typed=typed, above=defaults.above, origins=defaults.origins,
        unreviewed_allowed=defaults.unreviewed_allowed, errors=errors,
    )  # fmt: skip
    way = (Link("Courses", urls.courses()), Link(course.code, urls.course(course.id)))
    return web.page(title="Defaults of the course", body=body, breadcrumbs=way, status=422 if errors else 200)


def _installation_page(web: Web, defaults: Defaults, typed: DefaultsForm, errors: dict[str, str]) -> Response:
    body = installation_defaults_body(typed=typed, above=defaults.above, origins=defaults.origins, errors=errors)
    return web.page(title="Defaults of assignments", body=body, status=422 if errors else 200)
