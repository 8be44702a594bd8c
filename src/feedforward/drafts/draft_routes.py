"""One draft of a student: preview, handing in, taking back, throwing away, its stages and its file."""

import asyncio

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.queries import reader_settings
from feedforward.drafts.actions import discard_draft, submit_draft, take_back_draft
from feedforward.drafts.behalf_routes import notice_for
from feedforward.drafts.content import read_content
from feedforward.drafts.draft_pages import draft_body
from feedforward.drafts.hand_in_form import Typed
from feedforward.drafts.intake import Refused
from feedforward.drafts.page_data import draft_data, erased_on, task_data
from feedforward.drafts.preview_pages import preview_body
from feedforward.drafts.queries import DraftView, draft_for_student
from feedforward.drafts.rules import MOVING, NOT_HANDED_IN, DraftStatus
from feedforward.drafts.stage_parts import draft_stages, stages_version
from feedforward.drafts.task_routes import HandInForm, new_once, notice_of, take_in
from feedforward.errors import NotFound, RuleBroken
from feedforward.storage.content import ContentErased
from feedforward.ui.navigation import Link
from feedforward.web.access import SignedIn, Student
from feedforward.web.attachments import attachment
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

REFRESH_SECONDS = 5
FILE_ERASED = "This file was erased after the time the course keeps drafts. The feedback stays."


@routes.get("/drafts/{draft_id}/preview")
async def show_preview(who: Student, web: Web, draft_id: int) -> Response:
    draft = await web.database.read(draft_for_student, who.user_id, draft_id)
    return await _preview(web, who, draft, Typed(new_once(), "", {}), None, 200)


@routes.post("/drafts/{draft_id}/replace")
async def replace(who: Student, web: Web, draft_id: int, form: HandInForm) -> Response:
    draft = await web.database.read(draft_for_student, who.user_id, draft_id)
    data = await web.database.read(task_data, who.user_id, draft.assignment_id, web.clock.now(), whole=False)
    outcome = await take_in(web, who, draft.assignment_id, form, task=data.task, replaces=draft_id, closed=data.closed)
    if isinstance(outcome, Refused):
        typed = Typed(new_once(), form.text, outcome.problems)
        return outcome.dressed(await _preview(web, who, draft, typed, None, outcome.status))
    draft = await web.database.read(draft_for_student, who.user_id, draft_id)
    if draft.status is DraftStatus.DISCARDED:
        await asyncio.to_thread(web.content.erase, draft.content_id)
    return web.see(urls.preview_draft(outcome))


@routes.post("/drafts/{draft_id}/confirm")
async def confirm(who: Student, web: Web, draft_id: int) -> Response:
    try:
        number = await web.database.write(
            submit_draft, student_id=who.user_id, draft_id=draft_id, now=web.clock.now(),
            start_feedback=web.services.start_feedback,
        )  # fmt: skip
    except RuleBroken as broken:
        draft = await web.database.read(draft_for_student, who.user_id, draft_id)
        return await _preview(web, who, draft, Typed(new_once(), "", {}), broken.message, 422)
    return web.see(urls.draft(draft_id), said=f"Draft {number} is handed in. Below is your receipt.")


@routes.post("/drafts/{draft_id}/take-back")
async def take_back(who: Student, web: Web, draft_id: int) -> Response:
    await web.database.write(take_back_draft, student_id=who.user_id, draft_id=draft_id, now=web.clock.now())
    return web.see(urls.preview_draft(draft_id), said="You took it back. It does not count until you hand it in again.")


@routes.post("/drafts/{draft_id}/discard")
async def discard(who: Student, web: Web, draft_id: int) -> Response:
    draft = await web.database.read(draft_for_student, who.user_id, draft_id)
    content_id = await web.database.write(discard_draft, student_id=who.user_id, draft_id=draft_id, now=web.clock.now())
    await asyncio.to_thread(web.content.erase, content_id)
    return web.see(urls.task(draft.assignment_id), said="The text is thrown away. Nothing was handed in.")


@routes.get("/drafts/{draft_id}")
async def show_draft(who: SignedIn, web: Web, draft_id: int) -> Response:
    data = await web.database.read(draft_data, who.user_id, draft_id)
    draft, task = data.draft, data.task
    if draft.status in NOT_HANDED_IN:
        return _elsewhere(web, draft)
    progress = await web.database.read(web.services.readings_progress, draft_id)
    content = await asyncio.to_thread(read_content, web.content, draft)
    told = None
    if draft.handed_in_by is not None:
        told = notice_for(web, task, await web.database.read(reader_settings, draft.assignment_id))
    return web.page(
        title=f"Draft {draft.number}",
        body=draft_body(
            task=task, draft=draft, content=content, progress=progress, usual=data.usual,
            erased_on=erased_on(draft, task, web.services.settings.unreleased_days), told=told,
        ),
        breadcrumbs=(
            Link("Home", urls.home()),
            Link(task.title, urls.task(task.assignment_id)),
            Link(f"Draft {draft.number}", "", current=True),
        ),
        refresh_seconds=REFRESH_SECONDS if draft.status in MOVING else None,
    )  # fmt: skip


@routes.get("/drafts/{draft_id}/stages")
async def show_stages(who: SignedIn, web: Web, draft_id: int) -> Response:
    data = await web.database.read(draft_data, who.user_id, draft_id)
    progress = await web.database.read(web.services.readings_progress, draft_id)
    version = stages_version(data.draft, progress)
    headers = {"ETag": version, "Cache-Control": "private, no-cache"}
    if web.request.headers.get("if-none-match", "").removeprefix("W/") == version:
        return Response(status_code=304, headers=headers)
    response = web.fragment(
        draft_stages(draft=data.draft, progress=progress, usual=data.usual, zone=data.task.time_zone)
    )
    response.headers.update(headers)
    return response


@routes.get("/drafts/{draft_id}/file")
async def download(who: SignedIn, web: Web, draft_id: int) -> Response:
    draft = await web.database.read(draft_for_student, who.user_id, draft_id)
    content = await asyncio.to_thread(read_content, web.content, draft)
    if content is None or not draft.has_file:
        raise NotFound(FILE_ERASED if draft.has_file else NotFound().message)
    try:
        data = await asyncio.to_thread(web.content.get_file, draft.content_id)
    except ContentErased:
        raise NotFound(FILE_ERASED) from None
    headers = {"Content-Disposition": attachment(content.file_name)}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _elsewhere(web: Web, draft: DraftView) -> Response:
    """A text that was not handed in has no page of its own: its preview, or the assignment."""
    if draft.status is DraftStatus.PREVIEWED:
        return web.see(urls.preview_draft(draft.id))
    return web.see(urls.task(draft.assignment_id))


async def _preview(
    web: Web, who: Student, draft: DraftView, typed: Typed, problem: str | None, status: int
) -> Response:
    if draft.number is not None:
        return web.see(urls.draft(draft.id))
    content = await asyncio.to_thread(read_content, web.content, draft)
    if draft.status is not DraftStatus.PREVIEWED or content is None:
        return web.see(urls.task(draft.assignment_id))
    data = await web.database.read(task_data, who.user_id, draft.assignment_id, web.clock.now(), whole=False)
    return web.page(
        title="Check your text",
        body=preview_body(
            task=data.task, draft=draft, content=content, number=data.highest + 1, closed=data.closed,
            told=notice_of(web, data), typed=typed, most_megabytes=web.services.settings.upload_megabytes,
            problem=problem, unfit=data.unfit(draft, web.clock.now()),
        ),
        breadcrumbs=(
            Link("Home", urls.home()),
            Link(data.task.title, urls.task(draft.assignment_id)),
            Link("Check your text", "", current=True),
        ),
        status=status,
    )  # fmt: skip
