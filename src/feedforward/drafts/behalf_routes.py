"""Handing in for students: the page with both ways, and one draft for one student."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.assignments.queries import reader_settings
from feedforward.assignments.rules import ReaderSetting, Task
from feedforward.assignments.trail import trail
from feedforward.drafts.behalf_actions import NOT_A_STUDENT, OnBehalf, hand_in_for, require_may_hand_in_for
from feedforward.drafts.behalf_pages import BehalfFacts, TypedBehalf, behalf_body
from feedforward.drafts.intake import Refused, keep_content, read_hand_in
from feedforward.drafts.lms_actions import LONGEST_REASON
from feedforward.drafts.lms_matching import RosterStudent
from feedforward.drafts.lms_queries import (
    ArchiveView,
    HandedInLine,
    archives_of,
    counted_files,
    handed_in_singly,
    roster_to_match,
)
from feedforward.drafts.reading_notice import TextNotice, text_notice
from feedforward.drafts.rules import may_submit
from feedforward.drafts.task_routes import LONGEST_ONCE, new_once
from feedforward.errors import RuleBroken
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()

SAY_THEY_KNOW = "Tick this once the student knows: whoever wrote a text has to know who reads it."
_Found = tuple[
    Task,
    tuple[RosterStudent, ...],
    tuple[ReaderSetting, ...],
    list[ArchiveView],
    dict[int, dict[str, int]],
    list[HandedInLine],
]


@dataclass(frozen=True, slots=True)
class BehalfForm:
    once: str
    student: str
    text: str
    reason: str
    told: bool
    file: Upload | None


@routes.get("/assignments/{assignment_id}/hand-in-for")
async def show_hand_in_for(who: Staff, web: Web, assignment_id: int) -> Response:
    return await behalf_page(web, who, assignment_id, TypedBehalf(new_once()), {})


@routes.post("/assignments/{assignment_id}/hand-in-for")
async def take_for_student(who: Staff, web: Web, assignment_id: int, form: BehalfForm) -> Response:
    task = await web.database.read(require_may_hand_in_for, who.user_id, assignment_id)
    once = form.once if 0 < len(form.once) <= LONGEST_ONCE else new_once()
    typed = TypedBehalf(once, form.student, form.text, form.reason, form.told)
    student_id = version_typed(form.student)
    problems = {
        name: told
        for name, told, wrong in (
            ("student", NOT_A_STUDENT, not student_id),
            ("reason", f"Use at most {LONGEST_REASON} characters.", len(form.reason) > LONGEST_REASON),
            ("told", SAY_THEY_KNOW, not form.told),
        )
        if wrong
    }
    if problems:
        return await behalf_page(web, who, assignment_id, typed, problems)
    counted = await counted_try(web, UPLOADS, str(who.user_id))
    if isinstance(counted, Pause):
        refusal = paused(counted, "uploads")
        page = await behalf_page(web, who, assignment_id, typed, dict(refusal.errors("")), status=refusal.status)
        return refusal.dressed(page)
    settings = web.services.settings
    content = await read_hand_in(settings, task=task, text=form.text, file=form.file)
    if isinstance(content, Refused):
        return await behalf_page(web, who, assignment_id, typed, dict(content.problems))
    kept = await keep_content(web.content, settings, content=content, file=form.file, once=once)
    fresh = False
    try:
        made = await web.database.write(
            hand_in_for, student_id=student_id, assignment_id=assignment_id, upload=kept,
            behalf=OnBehalf(who.user_id, form.reason.strip()), now=web.clock.now(),
            start_feedback=web.services.start_feedback,
        )  # fmt: skip
        fresh = made.fresh
    except RuleBroken as broken:
        return await behalf_page(web, who, assignment_id, typed, {broken.field or "": broken.message})
    finally:
        if not fresh:
            await asyncio.to_thread(web.content.erase, kept.content_id)
    return web.see(
        urls.hand_in_for(assignment_id), said="The draft is handed in for the student, who sees that you did it."
    )


async def behalf_page(
    web: Web, who: Staff, assignment_id: int, typed: TypedBehalf, errors: dict[str, str], *, archive_error: str = "",
    status: int = 422,
) -> Response:  # fmt: skip
    """The page with both ways; `status` holds only where something was wrong."""
    task, students, readers, archives, counted, singles = await web.database.read(_found, who.user_id, assignment_id)
    now = web.clock.now()
    body = behalf_body(
        facts=BehalfFacts(
            task, may_submit(task, drafts_used=0, now=min(now, task.due_at)), students, archives, counted, singles,
            notice_for(web, task, readers), web.services.settings.upload_megabytes, now,
        ),
        typed=typed, errors=errors, archive_error=archive_error,
    )  # fmt: skip
    return web.page(
        title=f"Hand in for students: {task.title}", body=body, breadcrumbs=trail(task),
        status=status if errors or archive_error else 200,
    )  # fmt: skip


def notice_for(web: Web, task: Task, readers: tuple[ReaderSetting, ...]) -> TextNotice:
    """What happens with texts handed in to this task."""
    settings = web.services.settings
    return text_notice(
        task, readers, settings.providers, retention_days=settings.retention_days,
        unreleased_days=settings.unreleased_days,
    )  # fmt: skip


def _found(connection: Connection, user_id: int, assignment_id: int) -> _Found:
    task = require_may_hand_in_for(connection, user_id, assignment_id)
    archives = archives_of(connection, user_id, assignment_id)
    return (
        task, roster_to_match(connection, task), reader_settings(connection, assignment_id), archives,
        counted_files(connection, [each.id for each in archives]), handed_in_singly(connection, assignment_id),
    )  # fmt: skip
