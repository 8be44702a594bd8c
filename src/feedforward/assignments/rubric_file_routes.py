"""An assignment's rubric on its way out and in: as a file, kept as a template, started from the library."""

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rubric_library_pages import rubric_library_body
from feedforward.assignments.rules import Task
from feedforward.assignments.trail import trail
from feedforward.errors import NotFound
from feedforward.rubrics.export_pages import exports_body
from feedforward.rubrics.formats.imported import About
from feedforward.rubrics.formats.registry import Format, written
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.template_actions import keep_template
from feedforward.rubrics.template_queries import Wanted, template_list
from feedforward.rubrics.template_routes import as_file, page_asked, require_may_keep
from feedforward.rubrics.template_rules import TemplateStatus
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/assignments/{assignment_id}/rubric/export")
async def show_exports(who: Staff, web: Web, assignment_id: int) -> Response:
    task, rubric = await web.database.read(_saved_rubric, who.user_id, assignment_id)
    ways = [
        (kind, urls.export_rubric(assignment_id, kind), written(rubric, kind, _about(task)).notes) for kind in Format
    ]
    return web.page(
        title=f"Rubric of {task.title} as a file", body=exports_body(name=rubric.name, ways=ways),
        breadcrumbs=trail(task),
    )  # fmt: skip


@routes.get("/assignments/{assignment_id}/rubric/export/{form_name}")
async def export(who: Staff, web: Web, assignment_id: int, form_name: str) -> Response:
    task, rubric = await web.database.read(_saved_rubric, who.user_id, assignment_id)
    return as_file(rubric, form_name, _about(task))


@routes.post("/assignments/{assignment_id}/rubric/keep")
async def keep(who: Staff, web: Web, assignment_id: int) -> Response:
    require_may_keep(who)
    _, rubric = await web.database.read(_saved_rubric, who.user_id, assignment_id)
    template_id = await web.database.write(
        keep_template, owner_id=who.user_id, rubric=rubric, about="", status=TemplateStatus.ACTIVE, now=web.clock.now()
    )
    return web.see(
        urls.template(template_id), said="The rubric is kept as a template of yours. Changing either leaves the other."
    )


@routes.get("/assignments/{assignment_id}/rubric/library")
async def show_library(who: Staff, web: Web, assignment_id: int) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    wanted = Wanted(search=web.query("q").strip()[:100], page=page_asked(web), usable=True)
    found = await web.database.read(template_list, who.user_id, wanted)
    body = rubric_library_body(assignment_id=assignment_id, version=task.version, found=found, wanted=wanted)
    back = Link("Rubric", urls.edit_rubric(assignment_id))
    return web.page(title=f"Start the rubric of {task.title}", body=body, breadcrumbs=(*trail(task), back))


def _saved_rubric(connection: Connection, user_id: int, assignment_id: int) -> tuple[Task, Rubric]:
    """The task and its rubric; NotFound where this person does not teach it or it has none yet."""
    task = task_for_staff(connection, user_id, assignment_id)
    if task.rubric_id is None:
        raise NotFound
    return task, rubric_by_id(connection, task.rubric_id)


def _about(task: Task) -> About:
    return About(task.title, task.instructions, task.due_at.isoformat(timespec="minutes"), task.max_drafts)
