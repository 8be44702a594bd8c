"""How often people may be invited: letters leave in our name, and nobody may be flooded with them."""

from datetime import timedelta

from starlette.responses import Response

from feedforward.accounts.limits import Limit
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.ui.elements import P
from feedforward.ui.layout import page_head
from feedforward.web.context import Web

# Lists one person has written to courses, and letters about one invitation.
LISTS = Limit("roster", 60, 600, timedelta(hours=1))
LETTERS = Limit("invitation letter", 5, 600, timedelta(hours=1))


async def must_wait(web: Web, limit: Limit, what: str, words: str) -> Response | None:
    """The page that says how long to wait before `what` may be done once more; None where it may be done now."""
    counted = await counted_try(web, limit, what)
    return pause_page(web, counted, words) if isinstance(counted, Pause) else None


def pause_page(web: Web, pause: Pause, words: str) -> Response:
    """`Too many …. Wait 12 minutes, then try again.`"""
    refusal = paused(pause, words)
    body = (page_head(title="Wait a moment"), P(refusal.message), P("Nothing was changed, and nothing is lost."))
    return refusal.dressed(web.page(title="Wait a moment", body=body, status=refusal.status))
