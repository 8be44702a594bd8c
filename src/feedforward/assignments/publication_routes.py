"""Publishing at a set moment, and how instructions will look."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.deadlines import typed_moment
from feedforward.assignments.details import LONGEST_INSTRUCTIONS
from feedforward.assignments.publication_actions import cancel_publication, schedule_publication
from feedforward.assignments.routes import assignment_page
from feedforward.errors import RuleBroken
from feedforward.ui.markdown import markdown
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class ScheduleForm:
    version: str
    open_course: bool
    publish_at: str


@dataclass(frozen=True, slots=True)
class InstructionsForm:
    instructions: str


@routes.post("/assignments/{assignment_id}/schedule")
async def schedule(who: Staff, web: Web, assignment_id: int, form: ScheduleForm) -> Response:
    task = await web.database.read(task_to_change, who.user_id, assignment_id)
    try:
        try:
            publish_at = typed_moment(form.publish_at, task.time_zone)
        except RuleBroken as broken:
            raise RuleBroken(broken.message, field="publish_at") from None
        await web.database.write(
            schedule_publication, staff_id=who.user_id, assignment_id=assignment_id, publish_at=publish_at,
            version=version_typed(form.version), open_course=form.open_course, now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        errors = {broken.field or "": broken.message}
        return await assignment_page(who, web, assignment_id, errors, publish_at=form.publish_at)
    return web.see(urls.assignment(assignment_id), said="The assignment will be published at that moment.")


@routes.post("/assignments/{assignment_id}/unschedule")
async def unschedule(who: Staff, web: Web, assignment_id: int) -> Response:
    await web.database.write(cancel_publication, staff_id=who.user_id, assignment_id=assignment_id, now=web.clock.now())
    return web.see(urls.assignment(assignment_id), said="The schedule is taken back. Nothing was published.")


@routes.post("/instructions/preview")
async def preview_instructions(who: Staff, web: Web, form: InstructionsForm) -> Response:
    return web.fragment(markdown(form.instructions[:LONGEST_INSTRUCTIONS]))
