"""The staff's word on what became of an earlier comment, beside that of the readers."""

import asyncio

from starlette.responses import Response

from feedforward import urls
from feedforward.feedback.addressed_actions import correct_addressed, sealed_note, withdraw_correction
from feedforward.feedback.addressed_parts import CorrectionAttempt
from feedforward.feedback.addressed_queries import correctable
from feedforward.feedback.addressed_routes import CorrectionForm
from feedforward.feedback.rules import Side, correction_problems
from feedforward.review.actions import require_open
from feedforward.review.desk import open_for, review_page
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.post("/review/{draft_id}/addressed/{comment_id}")
async def say_addressed_as_staff(
    who: Staff, web: Web, draft_id: int, comment_id: int, form: CorrectionForm
) -> Response:
    opened = await open_for(who, web, draft_id, "")
    require_open(opened.review.head)
    what = await web.database.read(correctable, draft_id, comment_id)
    back, now = f"{urls.review(draft_id)}#addressed-{comment_id}", web.clock.now()
    if form.withdraw:
        await web.database.write(
            withdraw_correction, draft_id=draft_id, comment_id=comment_id, side=Side.STAFF, user_id=who.user_id, now=now
        )
        return web.see(back, said="Taken back: the readers’ word stands alone again.")
    addressed, note = form.addressed(comment_id), form.note(comment_id)
    problems = correction_problems(addressed, note)
    if problems:
        attempt = CorrectionAttempt(comment_id, addressed, note, problems)
        return review_page(web, opened, correcting=attempt, status=422)
    sealed = await asyncio.to_thread(sealed_note, web.content, what, note)
    await web.database.write(
        correct_addressed, draft_id=draft_id, comment_id=comment_id, side=Side.STAFF, addressed=addressed, note=sealed,
        user_id=who.user_id, now=now,
    )  # fmt: skip
    return web.see(back, said="Your word stands beside the readers’; the student sees it with the feedback.")
