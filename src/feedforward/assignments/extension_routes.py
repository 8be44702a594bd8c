"""Extensions of an assignment: seeing, giving and taking back."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.deadlines import typed_moment
from feedforward.assignments.extension_actions import grant_extension, withdraw_extension
from feedforward.assignments.extension_pages import LONGEST_REASON, TypedExtension, extensions_body
from feedforward.assignments.extension_queries import ExtensionsView, extensions_for_staff
from feedforward.assignments.trail import trail
from feedforward.courses.queries import require_may_change
from feedforward.errors import RuleBroken
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class ExtensionForm:
    student: str
    due: str
    reason: str


@routes.get("/assignments/{assignment_id}/extensions")
async def show_extensions(who: Staff, web: Web, assignment_id: int) -> Response:
    view = await web.database.read(extensions_for_staff, who.user_id, assignment_id)
    return _page(web, view, TypedExtension(), {})


@routes.post("/assignments/{assignment_id}/extensions")
async def give_extension(who: Staff, web: Web, assignment_id: int, form: ExtensionForm) -> Response:
    view = await web.database.read(extensions_for_staff, who.user_id, assignment_id)
    await web.database.read(require_may_change, who.user_id, view.task.course_id)
    typed = TypedExtension(form.student, form.due, form.reason)
    try:
        if len(form.reason) > LONGEST_REASON:
            raise RuleBroken(f"Use at most {LONGEST_REASON} characters.", field="reason")
        due_at = typed_moment(form.due, view.task.time_zone)
        await web.database.write(
            grant_extension, staff_id=who.user_id, assignment_id=assignment_id, due_at=due_at,
            student_id=version_typed(form.student), reason=form.reason.strip(), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return _page(web, view, typed, {broken.field or "": broken.message})
    return web.see(urls.extensions(assignment_id), said="The extension is given. The student sees the new deadline.")


@routes.post("/assignments/{assignment_id}/extensions/{student_id}/withdraw")
async def take_extension_back(who: Staff, web: Web, assignment_id: int, student_id: int) -> Response:
    await web.database.write(
        withdraw_extension, staff_id=who.user_id, assignment_id=assignment_id, student_id=student_id,
        now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.extensions(assignment_id), said="The extension is taken back.")


def _page(web: Web, view: ExtensionsView, typed: TypedExtension, errors: dict[str, str]) -> Response:
    return web.page(
        title=f"Extensions of {view.task.title}",
        body=extensions_body(view=view, typed=typed, errors=errors, now=web.clock.now()),
        breadcrumbs=trail(view.task), status=422 if errors else 200,
    )  # fmt: skip
