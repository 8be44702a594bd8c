"""A student's own word on what became of an earlier comment."""

import asyncio
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.feedback.addressed_actions import correct_addressed, sealed_note, withdraw_correction
from feedforward.feedback.addressed_parts import CorrectionAttempt
from feedforward.feedback.addressed_queries import correctable_by_student
from feedforward.feedback.routes import feedback_page
from feedforward.feedback.rules import Side, correction_problems
from feedforward.web.access import SignedIn
from feedforward.web.context import Web
from feedforward.web.forms import Rest
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """`rest` holds verdict and note under names of their own per comment, so that the fields of the page differ."""

    withdraw: str
    rest: Rest

    def addressed(self, comment_id: int) -> str:
        return self.rest.get(f"addressed.{comment_id}", "")

    def note(self, comment_id: int) -> str:
        return self.rest.get(f"correction.{comment_id}", "")


@routes.post("/drafts/{draft_id}/addressed/{comment_id}")
async def say_addressed(who: SignedIn, web: Web, draft_id: int, comment_id: int, form: CorrectionForm) -> Response:
    what = await web.database.read(correctable_by_student, who.user_id, draft_id, comment_id)
    back, now = f"{urls.feedback(draft_id)}#addressed-{comment_id}", web.clock.now()
    if form.withdraw:
        await web.database.write(
            withdraw_correction, draft_id=draft_id, comment_id=comment_id, side=Side.STUDENT, user_id=who.user_id,
            now=now,
        )  # fmt: skip
        return web.see(back, said="Taken back: the readers’ word stands alone again.")
    addressed, note = form.addressed(comment_id), form.note(comment_id)
    problems = correction_problems(addressed, note)
    if problems:
        attempt = CorrectionAttempt(comment_id, addressed, note, problems)
        return await feedback_page(web, who, draft_id, correcting=attempt)
    sealed = await asyncio.to_thread(sealed_note, web.content, what, note)
    await web.database.write(
        correct_addressed, draft_id=draft_id, comment_id=comment_id, side=Side.STUDENT, addressed=addressed,
        note=sealed, user_id=who.user_id, now=now,
    )  # fmt: skip
    return web.see(back, said="Your word stands beside the readers’, for you and your instructor.")
