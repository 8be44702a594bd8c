"""The page that says what applies to which draft."""

from starlette.responses import Response

from feedforward.assignments.trail import trail
from feedforward.drafts.version_pages import versions_body
from feedforward.drafts.version_queries import versions_for_staff
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/assignments/{assignment_id}/versions")
async def show_versions(who: Staff, web: Web, assignment_id: int) -> Response:
    view = await web.database.read_slow(versions_for_staff, who.user_id, assignment_id)
    return web.page(title=f"Versions of {view.task.title}", body=versions_body(view=view), breadcrumbs=trail(view.task))
