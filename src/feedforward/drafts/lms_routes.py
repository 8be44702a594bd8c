"""Bringing in an archive of submissions: look at it, confirm what was shown, watch it come in."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.assignments.queries import reader_settings
from feedforward.assignments.trail import trail
from feedforward.drafts.behalf_actions import NEEDS_A_REASON, require_may_hand_in_for
from feedforward.drafts.behalf_pages import TypedBehalf
from feedforward.drafts.behalf_routes import behalf_page, notice_for
from feedforward.drafts.lms_actions import (
    LONGEST_REASON,
    PlanChanged,
    confirm_archive,
    keep_archive,
    plan_of,
    throw_archive_away,
)
from feedforward.drafts.lms_intake import files_in, keep_uploaded
from feedforward.drafts.lms_matching import LmsFile, Step, counts
from feedforward.drafts.lms_pages import archive_body, dry_run_body
from feedforward.drafts.lms_queries import ArchiveView, archive_for_staff, files_of
from feedforward.drafts.task_routes import new_once
from feedforward.errors import NotFound, RuleBroken
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes

routes = Routes()

REFRESH_SECONDS = 5
SAY_THEY_KNOW = "Tick this once the students know: whoever wrote a text has to know who reads it."
NO_FILE = "Choose the ZIP file that Canvas or Moodle gave you."


@dataclass(frozen=True, slots=True)
class ArchiveForm:
    file: Upload | None


@dataclass(frozen=True, slots=True)
class BringInForm:
    shown: str
    reason: str
    told: bool


@routes.post("/assignments/{assignment_id}/archives")
async def take_archive(who: Staff, web: Web, assignment_id: int, form: ArchiveForm) -> Response:
    await web.database.read(require_may_hand_in_for, who.user_id, assignment_id)
    typed = TypedBehalf(new_once())
    if form.file is None:
        return await behalf_page(web, who, assignment_id, typed, {}, archive_error=NO_FILE)
    counted = await counted_try(web, UPLOADS, str(who.user_id))
    if isinstance(counted, Pause):
        refusal = paused(counted, "uploads")
        page = await behalf_page(
            web, who, assignment_id, typed, {}, archive_error=refusal.message, status=refusal.status
        )
        return refusal.dressed(page)
    try:
        kept = await keep_uploaded(
            web.content, web.services.settings, assignment_id=assignment_id, data=form.file.data
        )  # fmt: skip
    except RuleBroken as broken:
        return await behalf_page(web, who, assignment_id, typed, {}, archive_error=broken.message)
    archive_id = 0
    try:
        archive_id = await web.database.write(
            keep_archive, staff_id=who.user_id, assignment_id=assignment_id, content_id=kept.content_id,
            names_id=kept.names_id, names=kept.names, files=kept.files, now=web.clock.now(),
        )  # fmt: skip
    finally:
        if not archive_id:
            await _erase(web, (kept.content_id, kept.names_id))
    return web.see(urls.archive(assignment_id, archive_id))


@routes.get("/assignments/{assignment_id}/archives/{archive_id}")
async def show_archive(who: Staff, web: Web, assignment_id: int, archive_id: int) -> Response:
    archive = await web.database.read(archive_for_staff, who.user_id, assignment_id, archive_id)
    files = await files_in(web.content, archive)
    if archive.status == "checked":
        return await _dry_run(web, who, archive, files, {}, BringInForm("", "", told=False))
    task = await web.database.read(require_may_hand_in_for, who.user_id, assignment_id)
    lines = await web.database.read(files_of, archive_id)
    body = archive_body(
        task=task, archive=archive, files=lines, names=[each.named.path for each in files or ()]
    )  # fmt: skip
    return web.page(
        title="An archive of submissions", body=body, breadcrumbs=trail(task), wide=True,
        refresh_seconds=REFRESH_SECONDS if archive.status == "waiting" else None,
    )  # fmt: skip


@routes.post("/assignments/{assignment_id}/archives/{archive_id}/bring-in")
async def bring_in(who: Staff, web: Web, assignment_id: int, archive_id: int, form: BringInForm) -> Response:
    archive = await web.database.read(archive_for_staff, who.user_id, assignment_id, archive_id)
    if archive.status != "checked":
        return web.see(urls.archive(assignment_id, archive_id))
    files = await files_in(web.content, archive)
    problems = {} if form.told else {"told": SAY_THEY_KNOW}
    if len(form.reason) > LONGEST_REASON:
        problems["reason"] = f"Use at most {LONGEST_REASON} characters."
    if problems or files is None:
        return await _dry_run(web, who, archive, files, problems, form)
    try:
        many = await web.database.write(
            confirm_archive, staff_id=who.user_id, assignment_id=assignment_id, archive_id=archive_id, files=files,
            shown=form.shown, reason=form.reason.strip(), now=web.clock.now(),
        )  # fmt: skip
    except PlanChanged:
        return await _dry_run(web, who, archive, files, {}, form, changed=True)
    except RuleBroken as broken:
        return await _dry_run(web, who, archive, files, {broken.field or "": broken.message}, form)
    said = f"{many} {'draft is' if many == 1 else 'drafts are'} being handed in. You can leave this page."
    return web.see(urls.archive(assignment_id, archive_id), said=said if many else "")


@routes.post("/assignments/{assignment_id}/archives/{archive_id}/throw-away")
async def throw_away(who: Staff, web: Web, assignment_id: int, archive_id: int) -> Response:
    gone = await web.database.write(
        throw_archive_away, staff_id=who.user_id, assignment_id=assignment_id, archive_id=archive_id,
        now=web.clock.now(),
    )  # fmt: skip
    await _erase(web, gone)
    return web.see(urls.hand_in_for(assignment_id), said="The archive is thrown away. Nothing was handed in.")


async def _erase(web: Web, content_ids: Sequence[str]) -> None:
    for content_id in content_ids:
        await asyncio.to_thread(web.content.erase, content_id)


async def _dry_run(
    web: Web, who: Staff, archive: ArchiveView, files: tuple[LmsFile, ...] | None, errors: dict[str, str],
    typed: BringInForm, *, changed: bool = False,
) -> Response:  # fmt: skip
    if files is None:
        raise NotFound("This archive is erased. Upload it again.")
    task, plan = await web.database.read_slow(plan_of, who.user_id, archive.assignment_id, files, web.clock.now())
    readers = await web.database.read(reader_settings, archive.assignment_id)
    if errors.get("") and not typed.reason and counts(plan)[Step.LATE]:
        errors = {"reason": NEEDS_A_REASON}
    body = dry_run_body(
        task=task, archive=archive, plan=plan, told=notice_for(web, task, readers), errors=errors, reason=typed.reason,
        ticked=typed.told, changed=changed,
    )  # fmt: skip
    return web.page(
        title="What will happen", body=body, breadcrumbs=trail(task), wide=True,
        status=409 if changed else 422 if errors else 200,
    )  # fmt: skip
