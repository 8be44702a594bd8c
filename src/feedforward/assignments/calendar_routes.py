"""Deadlines in a calendar program: the page of a person's address, and the address itself."""

import asyncio

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.calendar_actions import make_calendar_link, revoke_calendar_link
from feedforward.assignments.calendar_file import calendar_bytes
from feedforward.assignments.calendar_pages import calendar_body, calendar_made_body
from feedforward.assignments.calendar_queries import calendar_entries, calendar_made_at
from feedforward.ui.navigation import Link
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.sessions import hash_of

routes = Routes()
_CRUMBS = (Link("Your account", urls.account()),)


@routes.get("/account/calendar")
async def show_calendar(who: SignedIn, web: Web) -> Response:
    made_at = await web.database.read(calendar_made_at, who.user_id)
    return web.page(title="Deadlines in your calendar", body=calendar_body(made_at=made_at), breadcrumbs=_CRUMBS)


@routes.post("/account/calendar")
async def make_calendar(who: SignedIn, web: Web) -> Response:
    token = await web.database.write(make_calendar_link, user_id=who.user_id, now=web.clock.now())
    # The answer itself, not a redirect: the token must not wait in a cookie or an address.
    address = f"{web.services.settings.site}{urls.calendar_feed(token)}"
    return web.page(title="Your calendar address", body=calendar_made_body(address=address), breadcrumbs=_CRUMBS)


@routes.post("/account/calendar/revoke")
async def revoke_calendar(who: SignedIn, web: Web) -> Response:
    await web.database.write(revoke_calendar_link, user_id=who.user_id, now=web.clock.now())
    return web.see(urls.calendar(), said="The calendar address is revoked; it shows nothing any more.")


@routes.get("/calendar/{token}/deadlines.ics")
async def calendar_feed(who: Public, web: Web, token: str) -> Response:
    now = web.clock.now()
    entries = await web.database.read(calendar_entries, hash_of(token), now)
    written = await asyncio.to_thread(calendar_bytes, entries, site=web.services.settings.site, now=now)
    return Response(written, media_type="text/calendar")
