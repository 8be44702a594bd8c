"""Choosing an assignment's readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.actions import set_readers, task_to_change
from feedforward.assignments.details_pages import changed_meanwhile
from feedforward.assignments.queries import reader_settings
from feedforward.assignments.reader_pages import readers_body
from feedforward.assignments.readers import ReadersForm, chosen_in, form_of_readers, parse_readers, readers_typed
from feedforward.assignments.rules import ChangedMeanwhile, ReaderSetting, Task
from feedforward.assignments.text_travel import providers_of, reader_travel, text_travel
from feedforward.assignments.trail import trail
from feedforward.ui.elements import Child
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class SentReaders:
    version: str
    fields: Rest


@routes.get("/assignments/{assignment_id}/readers")
async def show_readers(who: Staff, web: Web, assignment_id: int) -> Response:
    task, settings = await web.database.read(_task_and_readers, who.user_id, assignment_id)
    return _page(web, task, _form(web, task, settings), {})


@routes.post("/assignments/{assignment_id}/readers")
async def save_readers(who: Staff, web: Web, assignment_id: int, form: SentReaders) -> Response:
    task, settings = await web.database.read(_task_and_readers, who.user_id, assignment_id)
    typed = readers_typed(form.fields, _form(web, task, settings))
    spec = parse_readers(typed)
    if isinstance(spec, dict):
        return _page(web, task, typed, spec, version=form.version)
    try:
        await web.database.write(
            set_readers, staff_id=who.user_id, assignment_id=assignment_id, spec=spec,
            version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        task = await web.database.read(task_to_change, who.user_id, assignment_id)
        told = changed_meanwhile(differences=(), current=Link("See how it stands now", urls.assignment(assignment_id)))
        return _page(web, task, typed, {}, [told])
    return web.see(urls.assignment(assignment_id), said="The readers are saved.")


def _task_and_readers(
    connection: Connection, user_id: int, assignment_id: int
) -> tuple[Task, tuple[ReaderSetting, ...]]:
    return task_to_change(connection, user_id, assignment_id), reader_settings(connection, assignment_id)


def _form(web: Web, task: Task, settings: Sequence[ReaderSetting]) -> ReadersForm:
    return form_of_readers(settings, task.merge_method, task.min_readings, web.services.readers)


def _page(
    web: Web, task: Task, typed: ReadersForm, errors: dict[str, str], notices: Sequence[Child] = (),
    version: str = "",
) -> Response:  # fmt: skip
    providers = providers_of(web.services.settings)
    body = readers_body(
        places={row.reader: reader_travel(row.reader, providers).sentences[0] for row in typed.rows},
        task=task, typed=typed, version=version_typed(version) or task.version, errors=errors, notices=notices,
        travel=text_travel(chosen_in(typed), providers),
    )  # fmt: skip
    status = 422 if errors else 409 if notices else 200
    return web.page(title=f"Readers of {task.title}", body=body, breadcrumbs=trail(task), status=status)
