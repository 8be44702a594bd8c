"""Building an assignment's rubric, step by step, from a ready-made one, from a file or from pasted text."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.assignments.actions import set_rubric, task_to_change
from feedforward.assignments.details_pages import changed_meanwhile
from feedforward.assignments.rules import AssignmentStatus, ChangedMeanwhile, Task
from feedforward.assignments.trail import trail
from feedforward.courses.pauses import must_wait
from feedforward.errors import RuleBroken
from feedforward.rubrics.builder import TypedRubric, blank_rubric, changed, parse_rubric, typed_from, typed_in
from feedforward.rubrics.builder_pages import builder_form
from feedforward.rubrics.files import rubric_from_text
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.templates import TEMPLATES
from feedforward.ui.elements import Child
from feedforward.ui.layout import page_head
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest, Upload
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()

READ = Notice(
    "It is in the form below and not saved yet. Look through it, change what you like, then save.", NoticeKind.DONE
)


@dataclass(frozen=True, slots=True)
class BuilderForm:
    do: str
    version: str
    pasted: str
    file: Upload | None
    fields: Rest


@routes.get("/assignments/{assignment_id}/rubric")
async def show_builder(who: Staff, web: Web, assignment_id: int) -> Response:
    task, rubric = await web.database.read(_task_and_rubric, who.user_id, assignment_id)
    return _page(web, task, typed_from(rubric) if rubric else blank_rubric(), start_opened=rubric is None)


@routes.post("/assignments/{assignment_id}/rubric")
async def build(who: Staff, web: Web, assignment_id: int, form: BuilderForm) -> Response:
    """One step of the builder, or the whole rubric saved; whatever is wrong, everything typed stays."""
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    typed = typed_in(form.fields)
    version = version_typed(form.version) or task.version
    if form.do.startswith("template:"):
        template = TEMPLATES.get(form.do.removeprefix("template:"))
        return _page(web, task, typed_from(template) if template else typed, version=version, told=[notice(READ)])
    if form.do == "read":
        pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
        if pause is not None:
            return pause
        return await _put_in(web, task, typed, version, form)
    if form.do != "save":
        return _page(web, task, changed(typed, form.do), version=version, pasted=form.pasted)
    rubric = parse_rubric(typed)
    if isinstance(rubric, dict):
        return _page(web, task, typed, version=version, errors=rubric, pasted=form.pasted)
    try:
        saved = await web.database.write(
            set_rubric, staff_id=who.user_id, assignment_id=assignment_id, rubric=rubric, version=version,
            now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        task = await web.database.read(task_to_change, who.user_id, assignment_id)
        told = changed_meanwhile(differences=(), current=Link("See how it stands now", urls.assignment(assignment_id)))
        return _page(web, task, typed, told=[told], status=409)
    return web.see(urls.assignment(assignment_id), said=_said(task, saved))


async def _put_in(web: Web, task: Task, typed: TypedRubric, version: int, form: BuilderForm) -> Response:
    """The pasted text or the chosen file in place of what stands in the builder; a wrong one changes nothing."""
    field = "file" if form.file is not None else "pasted"
    try:
        if form.file is not None:
            rubric = await asyncio.to_thread(rubric_from_text, _decoded(form.file), form.file.file_name)
        elif form.pasted.strip():
            rubric = await asyncio.to_thread(rubric_from_text, form.pasted, "The pasted text")
        else:
            raise RuleBroken("Paste a rubric or choose its file first.")
    except RuleBroken as broken:
        return _page(web, task, typed, version=version, errors={field: broken.message}, pasted=form.pasted)
    return _page(web, task, typed_from(rubric), version=version, told=[notice(READ)])


def _decoded(file: Upload) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleBroken(f"{file.file_name} is not a text file in UTF-8, so it holds no rubric we can read.") from None


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
    web: Web, task: Task, typed: TypedRubric, *, version: int = 0, errors: dict[str, str] | None = None,
    pasted: str = "", told: Sequence[Child] = (), start_opened: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    lead = "Each criterion is one thing readers look at, with its levels from lowest to highest."
    if task.status is not AssignmentStatus.DRAFT and task.rubric_id is not None:
        lead += " Students see this assignment already: drafts handed in so far keep the rubric they came in with."
    form = builder_form(
        action=urls.edit_rubric(task.assignment_id), typed=typed, version=version or task.version, errors=errors or {},
        back=Link("Back to the assignment", urls.assignment(task.assignment_id)), pasted=pasted,
        start_opened=start_opened,
    )  # fmt: skip
    return web.page(
        title=f"Rubric of {task.title}", body=(page_head(title="Rubric", lead=lead), *told, form),
        breadcrumbs=trail(task), status=422 if errors else status,
    )  # fmt: skip
