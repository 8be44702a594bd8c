"""What changed since the draft before, for its student and for who teaches the course."""

import asyncio

from starlette.responses import Response

from feedforward import urls
from feedforward.drafts.compared import TwoDrafts, compared, two_drafts_for_staff, two_drafts_for_student
from feedforward.drafts.difference_pages import differences_body
from feedforward.drafts.rules import NOT_HANDED_IN
from feedforward.errors import NotFound
from feedforward.ui.navigation import Link
from feedforward.web.access import SignedIn, Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/drafts/{draft_id}/changes")
async def show_changes(who: SignedIn, web: Web, draft_id: int) -> Response:
    two = await web.database.read(two_drafts_for_student, who.user_id, draft_id)
    if two.draft.status in NOT_HANDED_IN:
        raise NotFound
    way = (
        Link("Home", urls.home()),
        Link(two.task.title, urls.task(two.task.assignment_id)),
        Link(f"Draft {two.draft.number}", urls.draft(draft_id)),
    )
    return await _page(web, two, way, urls.draft_changes(draft_id), urls.draft_changes(draft_id, only_changed=True))


@routes.get("/review/{draft_id}/changes")
async def show_changes_to_staff(who: Staff, web: Web, draft_id: int) -> Response:
    two = await web.database.read(two_drafts_for_staff, who.user_id, draft_id)
    way = (Link("Review", urls.review_queue()), Link(f"Draft {two.draft.number}", urls.review(draft_id)))
    return await _page(web, two, way, urls.review_changes(draft_id), urls.review_changes(draft_id, only_changed=True))


async def _page(web: Web, two: TwoDrafts, way: tuple[Link, ...], everything: str, changed: str) -> Response:
    found = await asyncio.to_thread(compared, web.content, two)
    only_changed = web.request.query_params.get("only") == "changed"
    return web.page(
        title=f"What changed in draft {two.draft.number}",
        body=differences_body(two=two, found=found, only_changed=only_changed, everything=everything, changed=changed),
        breadcrumbs=(*way, Link("What changed", "", current=True)),
        wide=True,
    )
