"""A student's assignment page, and handing in: a file or a text becomes a preview."""

import asyncio
import secrets
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.assignments.rules import Task
from feedforward.drafts.actions import keep_upload
from feedforward.drafts.hand_in_form import Typed
from feedforward.drafts.intake import Refused, keep_content, read_hand_in
from feedforward.drafts.page_data import TaskData, task_data
from feedforward.drafts.queries import draft_for_student, optional_draft_by_once
from feedforward.drafts.reading_notice import TextNotice, text_notice
from feedforward.drafts.task_pages import TaskFacts, task_body
from feedforward.errors import RuleBroken
from feedforward.ui.navigation import Link
from feedforward.web.access import Student
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes

routes = Routes()

LONGEST_ONCE = 64


@dataclass(frozen=True, slots=True)
class HandInForm:
    once: str
    text: str
    file: Upload | None


@routes.get("/tasks/{assignment_id}")
async def show_task(who: Student, web: Web, assignment_id: int) -> Response:
    data = await web.database.read(task_data, who.user_id, assignment_id, web.clock.now(), whole=True)
    return task_page(web, who, data, Typed(new_once(), "", {}), 200)


@routes.post("/tasks/{assignment_id}/drafts")
async def hand_in(who: Student, web: Web, assignment_id: int, form: HandInForm) -> Response:
    data = await web.database.read(task_data, who.user_id, assignment_id, web.clock.now(), whole=True)
    outcome = await take_in(web, who, assignment_id, form, task=data.task, replaces=None, closed=data.closed)
    if isinstance(outcome, Refused):
        page = task_page(web, who, data, Typed(new_once(), form.text, outcome.problems), outcome.status)
        return outcome.dressed(page)
    return web.see(urls.preview_draft(outcome))


async def take_in(
    web: Web,
    who: Student,
    assignment_id: int,
    form: HandInForm,
    *,
    task: Task,
    replaces: int | None,
    closed: str | None,
) -> int | Refused:
    """The id of the previewed draft this form made (now or when it was sent before), or what is wrong with it."""
    once = form.once if 0 < len(form.once) <= LONGEST_ONCE else new_once()
    made = await web.database.read(optional_draft_by_once, who.user_id, once)
    if made is not None:
        return made
    if closed is not None:
        return Refused({"": closed})
    counted = await counted_try(web, UPLOADS, str(who.user_id))
    if isinstance(counted, Pause):
        refusal = paused(counted, "uploads")
        return Refused(refusal.errors(""), refusal)
    settings = web.services.settings
    content = await read_hand_in(settings, task=task, text=form.text, file=form.file)
    if isinstance(content, Refused):
        return content
    upload = await keep_content(web.content, settings, content=content, file=form.file, once=once)
    kept = False
    try:
        draft_id = await web.database.write(
            keep_upload, student_id=who.user_id, assignment_id=assignment_id, upload=upload, replaces=replaces,
            now=web.clock.now(),
        )  # fmt: skip
        # The same form may have arrived twice at the same time: then the other one's content is the draft's.
        draft = await web.database.read(draft_for_student, who.user_id, draft_id)
        kept = draft.content_id == upload.content_id
        return draft_id
    except RuleBroken as broken:
        return Refused({"": broken.message})
    finally:
        if not kept:
            await asyncio.to_thread(web.content.erase, upload.content_id)


def new_once() -> str:
    """The token of one form: it is what makes sending it twice the same as sending it once."""
    return secrets.token_urlsafe(24)


def notice_of(web: Web, data: TaskData) -> TextNotice:
    """What happens with a text handed in to this task, on this installation."""
    settings = web.services.settings
    return text_notice(
        data.task, data.readers, settings.providers,
        retention_days=settings.retention_days, unreleased_days=settings.unreleased_days,
    )  # fmt: skip


def facts_of(web: Web, user_id: int, data: TaskData) -> TaskFacts:
    """What the page shows to the person with this id."""
    return TaskFacts(
        task=data.task,
        rubric=data.rubric,
        drafts=data.drafts,
        used=data.used,
        highest=data.highest,
        closed=data.closed,
        text_notice=notice_of(web, data),
        most_megabytes=web.services.settings.upload_megabytes,
        student_id=user_id,
        now=web.clock.now(),
    )


def task_page(web: Web, who: Student, data: TaskData, typed: Typed, status: int) -> Response:
    return web.page(
        title=data.task.title,
        body=task_body(facts=facts_of(web, who.user_id, data), typed=typed),
        breadcrumbs=(Link("Home", urls.home()), Link(data.task.title, "", current=True)),
        status=status,
    )
