"""The review queue, and releasing all that is saved of one assignment."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.queries import task_for_staff
from feedforward.errors import NotFound, RuleBroken
from feedforward.review.desk import within_from
from feedforward.review.queue_pages import queue_body
from feedforward.review.queue_queries import SHOWN, review_queue
from feedforward.review.releasing import release_each, require_reviewable, saved_drafts, schedule_saved
from feedforward.review.rules import release_moment
from feedforward.ui.dates import moment_text
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ReleaseSavedForm:
    when: str
    release_at: str


@routes.get("/review")
async def show_queue(who: Staff, web: Web) -> Response:
    return await _queue(who, web, web.query("assignment"))


@routes.post("/assignments/{assignment_id}/release-saved")
async def release_saved(who: Staff, web: Web, assignment_id: int, form: ReleaseSavedForm) -> Response:
    task = await web.database.read(task_for_staff, who.user_id, assignment_id)
    require_reviewable(task)
    now, here = web.clock.now(), urls.review_queue(assignment_id)
    if form.when == "at":
        try:
            moment = release_moment(form.release_at, task.time_zone, now)
        except RuleBroken as broken:
            typed = {"when": form.when, "release_at": form.release_at}
            return await _queue(
                who, web, str(assignment_id), errors={"release_at": broken.message}, typed=typed, status=422
            )
        moved = await web.database.write(
            schedule_saved, user_id=who.user_id, assignment_id=assignment_id, release_at=moment, now=now
        )
        return web.see(here, said=f"{_feedbacks(moved)} will go out {moment_text(moment, task.time_zone)}.")
    drafts = await web.database.read(saved_drafts, who.user_id, assignment_id)
    # In a thread of its own: ninety releases are ninety small transactions, and other pages go on meanwhile.
    released, passed_over = await asyncio.to_thread(
        release_each, web.database, web.content, drafts,
        user_id=who.user_id, retention_days=web.services.settings.retention_days, now=now,
    )  # fmt: skip
    more = f" {_feedbacks(passed_over)} changed meanwhile and stayed in the queue." if passed_over else ""
    return web.see(here, said=f"{_feedbacks(released)} released.{more}")


def _feedbacks(count: int) -> str:
    return "1 feedback" if count == 1 else f"{count} feedbacks"


async def _queue(
    who: Staff, web: Web, assignment: str, *, errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    assignment_id = within_from(assignment)
    shown = web.query("show") if web.query("show") in SHOWN else "waiting"
    page = max(1, min(within_from(web.query("page")) or 1, 100_000))
    if assignment and assignment_id is None:
        raise NotFound
    queue = await web.database.read(review_queue, who.user_id, shown=shown, assignment_id=assignment_id, page=page)
    body = queue_body(queue=queue, shown=shown, page=page, now=web.clock.now(), errors=errors or {}, typed=typed or {})
    crumbs = (Link("Review", urls.review_queue()),) if queue.chosen else ()
    return web.page(title="Review", body=body, status=status, breadcrumbs=crumbs)
