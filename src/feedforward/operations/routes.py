"""Health for machines: whether this process answers, and whether the installation can do its work."""

from datetime import timedelta

from starlette.responses import PlainTextResponse, Response

from feedforward.operations.queries import living_workers
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

# A worker marks itself every ten seconds: three missed marks mean that it is gone or stuck.
SEEN_WITHIN = timedelta(seconds=35)


@routes.get("/healthz")
async def healthz(who: Public, web: Web) -> Response:
    """This process answers; nothing else is asked."""
    return PlainTextResponse("ok")


@routes.get("/readyz")
async def readyz(who: Public, web: Web) -> Response:
    """The database answers and a worker is alive; 503 with the one that is missing."""
    workers = await web.database.read(living_workers, web.clock.now() - SEEN_WITHIN)
    if workers == 0:
        return PlainTextResponse("no worker is running", status_code=503)
    return PlainTextResponse("ready")
