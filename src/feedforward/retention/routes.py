"""The retention page, and keeping one draft's content longer."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.retention.pages import preserve_body, retention_body
from feedforward.retention.preserving import preserve, stop_preserving
from feedforward.retention.queries import kept_in_my_courses, notices_for_staff, preserved_in_my_courses
from feedforward.review.opening import opened_content
from feedforward.review.queries import head_for_staff
from feedforward.review.rules import problem_with_reason
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class PreserveForm:
    preserved_reason: str
    undo: str


@routes.get("/retention")
async def show_retention(who: Staff, web: Web) -> Response:
    settings, now = web.services.settings, web.clock.now()
    body = retention_body(
        kept=await web.database.read_slow(kept_in_my_courses, who.user_id),
        soon=await web.database.read(
            notices_for_staff, who.user_id, now=now, unreleased_days=settings.unreleased_days,
            notice_days=settings.notice_days,
        ),
        preserved=await web.database.read(preserved_in_my_courses, who.user_id),
        retention_days=settings.retention_days, unreleased_days=settings.unreleased_days, now=now,
    )  # fmt: skip
    return web.page(title="How long drafts are kept", body=body)


@routes.post("/drafts/{draft_id}/preserve")
async def preserve_draft(who: Staff, web: Web, draft_id: int, form: PreserveForm) -> Response:
    now = web.clock.now()
    if form.undo:
        await web.database.write(
            stop_preserving, user_id=who.user_id, draft_id=draft_id, now=now,
            retention_days=web.services.settings.retention_days,
        )  # fmt: skip
        return web.see(urls.review(draft_id), said="The text will be erased as usual.")
    head = await web.database.read(head_for_staff, who.user_id, draft_id)
    content = opened_content(web.content, head)
    problem = problem_with_reason(form.preserved_reason, content.text if content else "")
    if problem is not None:
        body = preserve_body(draft_id=draft_id, typed=form.preserved_reason, error=problem)
        return web.page(title="Keep the text longer", body=body, status=422)
    await web.database.write(
        preserve, user_id=who.user_id, draft_id=draft_id, reason=form.preserved_reason.strip(), now=now
    )
    return web.see(urls.review(draft_id), said="The text is kept until somebody undoes it.")
