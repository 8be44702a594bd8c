"""The student's feedback page, and marking what becomes of a comment."""

import asyncio
from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.responses import Response

from feedforward import urls
from feedforward.errors import NotFound, RuleBroken
from feedforward.feedback.actions import clear_uptake, draft_of_own_comment, mark_uptake
from feedforward.feedback.addressed_parts import CorrectionAttempt
from feedforward.feedback.away_pages import feedback_away_body
from feedforward.feedback.away_queries import feedback_away
from feedforward.feedback.comment_parts import Attempt
from feedforward.feedback.content import SUMMARY, filled
from feedforward.feedback.opened_page import opened_page
from feedforward.feedback.opened_receipt import remember_opened
from feedforward.feedback.rules import UptakeState
from feedforward.feedback.student_pages import feedback_body
from feedforward.feedback.student_queries import student_feedback
from feedforward.ui.comments import comment_anchor
from feedforward.ui.navigation import Link
from feedforward.web.access import SignedIn
from feedforward.web.context import Web
from feedforward.web.forms import Rest
from feedforward.web.routing import Routes

routes = Routes()

# Bytes of a sealed draft. Opening what is shorter takes less than a hop to a thread and back; its key lies beside the
# SQLite file that the page has just read here.
OPENED_AT_ONCE = 64 * 1024

SAID = {
    UptakeState.DONE: "Marked as done.",
    UptakeState.NOT_DOING: "Noted, with your reason.",
    UptakeState.ASKED: "Your question stands beside the comment for your instructor.",
}


@dataclass(frozen=True, slots=True)
class UptakeForm:
    """`rest` holds the note under a name of its own per comment, so that the fields of the page differ."""

    state: str
    rest: Rest


@routes.get("/drafts/{draft_id}/feedback")
async def show_feedback(who: SignedIn, web: Web, draft_id: int) -> Response:
    return await feedback_page(web, who, draft_id, None)


@routes.post("/comments/{comment_id}/uptake")
async def say_uptake(who: SignedIn, web: Web, comment_id: int, form: UptakeForm) -> Response:
    draft_id = await web.database.read(draft_of_own_comment, who.user_id, comment_id)
    back = f"{urls.feedback(draft_id)}#{comment_anchor(str(comment_id))}"
    now = web.clock.now()
    if form.state == "":
        await web.database.write(clear_uptake, student_id=who.user_id, comment_id=comment_id, now=now)
        return web.see(back, said="Undone.")
    if form.state not in list(UptakeState):
        raise RuleBroken("Choose what becomes of this comment: done, not doing it, or a question.")
    state = UptakeState(form.state)
    note = "" if state is UptakeState.DONE else form.rest.get(f"note.{state}.{comment_id}", "")
    try:
        await web.database.write(
            mark_uptake, student_id=who.user_id, comment_id=comment_id, state=state, note=note, now=now
        )
    except RuleBroken as broken:
        return await feedback_page(web, who, draft_id, Attempt(comment_id, state, note, broken.message))
    return web.see(back, said=SAID[state])


async def feedback_page(
    web: Web,
    who: SignedIn,
    draft_id: int,
    attempt: Attempt | None = None,
    *,
    correcting: CorrectionAttempt | None = None,
) -> Response:
    """The page as it stands, or (422) with a mark or a correction that was refused, as it was typed."""
    try:
        data = await web.database.read(student_feedback, who.user_id, draft_id)
    except NotFound:
        return await _away(web, who, draft_id)
    head = data.head
    if web.database.is_sqlite and len(head.content or b"") <= OPENED_AT_ONCE:
        page = opened_page(web.content, data)
    else:
        page = await asyncio.to_thread(opened_page, web.content, data)
    response = web.page(
        title=f"Feedback on draft {head.number}",
        body=feedback_body(page=page, attempt=attempt, correcting=correcting),
        breadcrumbs=(
            Link("Home", urls.home()),
            Link(head.title, urls.task(head.assignment_id)),
            Link(f"Draft {head.number}", urls.draft(draft_id)),
            Link("Feedback", "", current=True),
        ),
        wide=page.text is not None,
        status=200 if attempt is None and correcting is None else 422,
    )
    if head.opened_at is None:
        response.background = BackgroundTask(remember_opened, web.database, web.clock, who.user_id, draft_id)
    return response


async def _away(web: Web, who: SignedIn, draft_id: int) -> Response:
    """Recalled or withheld feedback says so; for everything else there is no page."""
    away = await web.database.read(feedback_away, who.user_id, draft_id)
    note = await asyncio.to_thread(filled, web.content, away.content_id, away.note, away.summary_passages, SUMMARY)
    return web.page(
        title=f"Feedback on draft {away.number}",
        body=feedback_away_body(
            number=away.number, title=away.title, withheld=away.withheld, note=note, draft_id=draft_id
        ),
        breadcrumbs=(
            Link("Home", urls.home()),
            Link(away.title, urls.task(away.assignment_id)),
            Link(f"Draft {away.number}", urls.draft(draft_id)),
            Link("Feedback", "", current=True),
        ),
    )
