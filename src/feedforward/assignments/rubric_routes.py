"""Building an assignment's rubric, step by step, from a ready-made one, a template, a file or pasted text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.assignments.actions import set_rubric, task_to_change
from feedforward.assignments.details_pages import changed_meanwhile
from feedforward.assignments.rules import AssignmentStatus, ChangedMeanwhile, Task
from feedforward.assignments.trail import trail
from feedforward.courses.pauses import must_wait
from feedforward.rubrics.builder import blank_rubric, is_number, parse_rubric, typed_from
from feedforward.rubrics.builder_pages import Frame, builder_form, told_of
from feedforward.rubrics.desk import Desk, desk_from, put_in
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.template_builder_routes import desk_after
from feedforward.rubrics.template_queries import template_with_rubric
from feedforward.rubrics.template_rules import may_keep_templates
from feedforward.ui.buttons import button_form
from feedforward.ui.elements import Child, P
from feedforward.ui.layout import page_head
from feedforward.ui.navigation import Link, link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest, Upload
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()

_TRY_WORDS = "Try the saved rubric on a text, before any student is touched"
_ASK_WORDS = "Have a model propose a rubric"


@dataclass(frozen=True, slots=True)
class BuilderForm:
    do: str
    version: str
    before: str
    offered: str
    pasted: str
    file: Upload | None
    fields: Rest


@routes.get("/assignments/{assignment_id}/rubric")
async def show_builder(who: Staff, web: Web, assignment_id: int) -> Response:
    task, rubric = await web.database.read(_task_and_rubric, who.user_id, assignment_id)
    desk = Desk(typed_from(rubric) if rubric else blank_rubric())
    return _page(who, web, task, desk, start_opened=rubric is None)


@routes.post("/assignments/{assignment_id}/rubric")
async def build(who: Staff, web: Web, assignment_id: int, form: BuilderForm) -> Response:
    """One step of the builder, or the whole rubric saved; whatever is wrong, everything typed stays."""
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    desk = desk_from(form.fields, before=form.before, offered=form.offered, pasted=form.pasted)
    version = version_typed(form.version) or task.version
    if form.do == "read":
        pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
        if pause is not None:
            return pause
    if form.do != "save":
        return _page(who, web, task, await _stepped(who, web, desk, form), version=version)
    rubric = parse_rubric(desk.typed)
    if isinstance(rubric, dict):
        return _page(who, web, task, replace(desk, errors=rubric), version=version)
    try:
        saved = await web.database.write(
            set_rubric, staff_id=who.user_id, assignment_id=assignment_id, rubric=rubric, version=version,
            now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        task = await web.database.read(task_to_change, who.user_id, assignment_id)
        told = changed_meanwhile(differences=(), current=Link("See how it stands now", urls.assignment(assignment_id)))
        return _page(who, web, task, desk, told=[told], status=409)
    return web.see(urls.assignment(assignment_id), said=_said(task, saved))


async def _stepped(who: Staff, web: Web, desk: Desk, form: BuilderForm) -> Desk:
    verb, _, name = form.do.partition(":")
    if verb == "template" and is_number(name):
        _, rubric = await web.database.read(template_with_rubric, who.user_id, int(name))
        return put_in(desk, typed_from(rubric))
    return await desk_after(form.do, desk, form.file)


def _said(task: Task, saved: bool) -> str:
    if not saved:
        return "Nothing was changed in the rubric."
    if task.status is AssignmentStatus.DRAFT:
        return "The rubric is saved."
    return "The rubric is saved for drafts from now on. Drafts handed in before keep the rubric they came in with."


def _task_and_rubric(connection: Connection, user_id: int, assignment_id: int) -> tuple[Task, Rubric | None]:
    task = task_to_change(connection, user_id, assignment_id)
    return task, rubric_by_id(connection, task.rubric_id) if task.rubric_id is not None else None


def _page(
    who: Staff, web: Web, task: Task, desk: Desk, *, version: int = 0, told: Sequence[Child] = (),
    start_opened: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    lead = "Each criterion is one thing readers look at, with its levels from lowest to highest."
    if task.status is not AssignmentStatus.DRAFT and task.rubric_id is not None:
        lead += " Students see this assignment already: drafts handed in so far keep the rubric they came in with."
    frame = Frame(
        action=urls.edit_rubric(task.assignment_id), version=version or task.version,
        back=Link("Back to the assignment", urls.assignment(task.assignment_id)),
        library=Link("Choose from the library", urls.rubric_library(task.assignment_id)),
    )  # fmt: skip
    body = (
        page_head(title="Rubric", lead=lead), *told, told_of(desk=desk),
        builder_form(frame=frame, desk=desk, start_opened=start_opened),
        P(link(Link(_TRY_WORDS if task.rubric_id else _ASK_WORDS, urls.rubric_trials(task.assignment_id))))
        if task.rubric_id or len(web.services.readers) > 1 else None,
        _ways_out(who, task) if task.rubric_id is not None else None,
    )  # fmt: skip
    return web.page(
        title=f"Rubric of {task.title}", body=body, breadcrumbs=trail(task), status=422 if desk.errors else status
    )


def _ways_out(who: Staff, task: Task) -> Child:
    """What can be done with the rubric as it is saved, apart from the form."""
    keep = button_form(action=urls.keep_rubric(task.assignment_id), label="Keep the saved rubric as a template")
    return (
        P(link(Link("Save it as a file", urls.rubric_exports(task.assignment_id)))),
        keep if may_keep_templates(who.person.role) else None,
    )
