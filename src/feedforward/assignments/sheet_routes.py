"""The task sheet of an assignment: attaching, replacing, removing and downloading it."""

import asyncio
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.rules import Task
from feedforward.assignments.sheet_actions import attach_sheet, remove_sheet
from feedforward.assignments.sheet_intake import kept_sheet, opened_sheet
from feedforward.assignments.sheet_pages import sheet_body
from feedforward.assignments.sheet_queries import SheetView, sheet_for_staff, sheet_for_student
from feedforward.assignments.trail import trail
from feedforward.errors import NotFound
from feedforward.storage.content import ContentErased
from feedforward.web.access import Staff, Student
from feedforward.web.attachments import attachment
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class SheetForm:
    file: Upload | None


@routes.get("/assignments/{assignment_id}/sheet")
async def show_sheet(who: Staff, web: Web, assignment_id: int) -> Response:
    await web.database.read(task_to_change, who.user_id, assignment_id)
    task, sheet = await web.database.read(sheet_for_staff, who.user_id, assignment_id)
    return await _page(web, task, sheet, {}, 200)


@routes.post("/assignments/{assignment_id}/sheet")
async def take_sheet(who: Staff, web: Web, assignment_id: int, form: SheetForm) -> Response:
    await web.database.read(task_to_change, who.user_id, assignment_id)
    counted = await counted_try(web, UPLOADS, str(who.user_id))
    if isinstance(counted, Pause):
        refusal = paused(counted, "uploads")
        task, sheet = await web.database.read(sheet_for_staff, who.user_id, assignment_id)
        return refusal.dressed(await _page(web, task, sheet, dict(refusal.errors("file")), refusal.status))
    kept = "Choose a file." if form.file is None else await kept_sheet(web.content, web.services.settings, form.file)
    if isinstance(kept, str):
        task, sheet = await web.database.read(sheet_for_staff, who.user_id, assignment_id)
        return await _page(web, task, sheet, {"file": kept}, 422)
    gone = [kept.content_id]
    try:
        gone = await web.database.write(
            attach_sheet, staff_id=who.user_id, assignment_id=assignment_id, sheet=kept, now=web.clock.now()
        )
    finally:
        await _erase(web, gone)
    return web.see(
        urls.task_sheet(assignment_id), said="The task sheet is attached. Below is what readers are given of it."
    )


@routes.post("/assignments/{assignment_id}/sheet/remove")
async def take_sheet_away(who: Staff, web: Web, assignment_id: int) -> Response:
    gone = await web.database.write(
        remove_sheet, staff_id=who.user_id, assignment_id=assignment_id, now=web.clock.now()
    )
    await _erase(web, gone)
    return web.see(urls.task_sheet(assignment_id), said="The task sheet is removed, and its file erased.")


@routes.get("/assignments/{assignment_id}/sheet/file")
async def download_sheet(who: Staff, web: Web, assignment_id: int) -> Response:
    _, sheet = await web.database.read(sheet_for_staff, who.user_id, assignment_id)
    if sheet is None:
        raise NotFound
    return await _file(web, sheet)


@routes.get("/tasks/{assignment_id}/sheet")
async def download_sheet_as_student(who: Student, web: Web, assignment_id: int) -> Response:
    return await _file(web, await web.database.read(sheet_for_student, who.user_id, assignment_id))


async def _file(web: Web, sheet: SheetView) -> Response:
    told = await asyncio.to_thread(opened_sheet, web.content, sheet.content_id, sheet.content)
    if told is None:
        raise NotFound
    try:
        data = await asyncio.to_thread(web.content.get_file, sheet.content_id)
    except ContentErased:
        raise NotFound from None
    headers = {"Content-Disposition": attachment(told.file_name)}
    return Response(data, media_type="application/octet-stream", headers=headers)


async def _erase(web: Web, content_ids: list[str]) -> None:
    for content_id in content_ids:
        await asyncio.to_thread(web.content.erase, content_id)


async def _page(web: Web, task: Task, sheet: SheetView | None, errors: dict[str, str], status: int) -> Response:
    told = await asyncio.to_thread(opened_sheet, web.content, sheet.content_id, sheet.content) if sheet else None
    body = sheet_body(
        task=task, sheet=told, size=sheet.size if sheet else 0, words=sheet.word_count if sheet else 0,
        most_megabytes=web.services.settings.upload_megabytes, errors=errors,
    )  # fmt: skip
    return web.page(title=f"Task sheet of {task.title}", body=body, breadcrumbs=trail(task), status=status)
