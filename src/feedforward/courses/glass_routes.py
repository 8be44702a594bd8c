"""The owner of a course says that they saw who opened student work of it."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.courses.glass_actions import mark_openings_seen
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class SeenForm:
    """`newest` is the newest opening the page showed: what came after it was not seen."""

    newest: str


@routes.post("/courses/{course_id}/student-work/seen")
async def openings_seen(who: Staff, web: Web, course_id: int, form: SeenForm) -> Response:
    newest = int(form.newest) if form.newest.isascii() and form.newest.isdigit() and len(form.newest) <= 18 else 0
    await web.database.write(
        mark_openings_seen, owner_id=who.user_id, course_id=course_id, newest=newest, now=web.clock.now()
    )
    return web.see(urls.course(course_id), said="Noted. The list stays on this page.")
