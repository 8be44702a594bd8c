"""Decisions about one draft: withholding, recalling, having it read again; its file and the exact prompt."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.queries import task_for_staff
from feedforward.drafts.content import read_content
from feedforward.drafts.queries import draft_for_staff
from feedforward.drafts.rules import DraftStatus
from feedforward.errors import NotFound
from feedforward.extraction.sniffing import ending
from feedforward.review.actions import StaleEdit, note_download, read_again, recall, stop_withholding, withhold
from feedforward.review.changes import Changes
from feedforward.review.desk import open_for, review_page, stale_page
from feedforward.review.opening import RECORD_PLACE, opened_or_none
from feedforward.review.queries import record_for_staff
from feedforward.review.reading_pages import record_body
from feedforward.review.routes import number_from
from feedforward.review.rules import LONGEST_TEXT, problem_with_reason
from feedforward.review.sealing import sealed_changes
from feedforward.storage.content import ContentErased
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()
P = ParamSpec("P")

_SAFE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class WithholdForm:
    edit: str
    undo: str
    withheld_reason: str
    words: str


@dataclass(frozen=True, slots=True)
class EditForm:
    edit: str


@routes.post("/review/{draft_id}/withhold")
async def withhold_review(who: Staff, web: Web, draft_id: int, form: WithholdForm) -> Response:
    opened = await open_for(who, web, draft_id, "")
    edit, now = number_from(form.edit), web.clock.now()
    if form.undo:
        return await _decide(
            who,
            web,
            draft_id,
            "Back in the queue.",
            stop_withholding,
            user_id=who.user_id,
            draft_id=draft_id,
            edit=edit,
            now=now,
        )
    reason = form.withheld_reason.strip()
    problem = problem_with_reason(reason, opened.review.text)
    errors = {"withheld_reason": problem} if problem else {}
    if len(form.words) > LONGEST_TEXT:
        errors["words"] = f"Shorten this text to {LONGEST_TEXT:,} characters."
    if errors:
        typed = {"withheld_reason": form.withheld_reason, "words": form.words}
        return review_page(web, opened, errors=errors, typed=typed, status=422)
    note = form.words.strip()
    changes = Changes(None, note if note != opened.review.note.strip() else None, {}, (), None, None)
    texts = sealed_changes(web.content, opened.review, changes, user_id=who.user_id).feedback
    return await _decide(
        who, web, draft_id, "Withheld. The student reads that they should talk to you.", withhold,
        user_id=who.user_id, draft_id=draft_id, edit=edit, reason=reason, texts=texts, now=now,
    )  # fmt: skip


@routes.post("/review/{draft_id}/recall")
async def recall_review(who: Staff, web: Web, draft_id: int, form: EditForm) -> Response:
    return await _decide(
        who, web, draft_id, "Recalled. The student reads that you are amending it.", recall,
        user_id=who.user_id, draft_id=draft_id, edit=number_from(form.edit), now=web.clock.now(),
    )  # fmt: skip


@routes.post("/review/{draft_id}/read-again")
async def read_draft_again(who: Staff, web: Web, draft_id: int, form: EditForm) -> Response:
    return await _decide(
        who,
        web,
        draft_id,
        "The readers start again. The draft comes back into the queue when they are done.",
        read_again,
        user_id=who.user_id,
        draft_id=draft_id,
        edit=number_from(form.edit),
        now=web.clock.now(),
        start_feedback=web.services.start_feedback,
    )


@routes.get("/review/{draft_id}/file")
async def download_file(who: Staff, web: Web, draft_id: int) -> Response:
    draft = await web.database.read(draft_for_staff, who.user_id, draft_id)
    content = read_content(web.content, draft)
    if content is None or not draft.has_file:
        raise NotFound("The file of this draft was erased, or the text was pasted.")
    try:
        data = web.content.get_file(draft.content_id)
    except ContentErased:
        raise NotFound("The file of this draft was erased.") from None
    task = await web.database.read(task_for_staff, who.user_id, draft.assignment_id)
    hidden = task.settings.anonymous and draft.status is not DraftStatus.RELEASED
    # A file is often called after who wrote it.
    name = safe_file_name(f"file.{ending(content.file_name)}" if hidden else content.file_name, draft_id)
    await web.database.write(note_download, user_id=who.user_id, draft_id=draft_id, now=web.clock.now())
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@routes.get("/review/{draft_id}/readings/{reading_id}")
async def show_record(who: Staff, web: Web, draft_id: int, reading_id: str) -> Response:
    head, sealed = await web.database.read(record_for_staff, who.user_id, draft_id, reading_id)
    opened = opened_or_none(web.content, sealed.content_id, sealed.record, RECORD_PLACE)
    return web.page(
        title="What exactly was sent",
        body=record_body(review_href=urls.review(draft_id), record=sealed, opened=opened),
        breadcrumbs=(
            Link("Review", urls.review_queue()),
            Link(f"{head.student}, draft {head.number}", urls.review(draft_id)),
        ),
    )


def safe_file_name(name: str, draft_id: int) -> str:
    """A name no browser or file system can stumble over: the last part, plain letters, at most 80 characters."""
    last = re.split(r"[\\/]", name)[-1]
    cleaned = _SAFE_NAME.sub("-", last).strip("-.")
    stem, dot, ending = cleaned.rpartition(".")
    shortened = f"{stem[:70]}{dot}{ending[:9]}" if dot and stem else cleaned[:80]
    return f"draft-{draft_id}-{shortened or 'file'}"


async def _decide(
    who: Staff, web: Web, draft_id: int, said: str, action: Callable[Concatenate[Connection, P], None], /,
    *args: P.args, **values: P.kwargs,
) -> Response:  # fmt: skip
    """Do it, or show what somebody else did meanwhile."""
    try:
        await web.database.write(action, *args, **values)
    except StaleEdit:
        return stale_page(web, await open_for(who, web, draft_id, ""), typed={}, base="")
    return web.see(urls.review(draft_id), said=said)
