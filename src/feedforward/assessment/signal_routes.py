"""What the built-in reader looks at for each criterion of an assignment: shown and changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.assessment.signal_actions import choose_signals
from feedforward.assessment.signal_pages import signals_body
from feedforward.assessment.signal_queries import SignalsView, signals_to_change
from feedforward.assessment.signals import CriterionLooks, choices_of, looks_of, looks_typed
from feedforward.assignments.details_pages import changed_meanwhile
from feedforward.assignments.rules import ChangedMeanwhile
from feedforward.assignments.trail import trail
from feedforward.errors import RuleBroken
from feedforward.submission_types.registry import submission_type
from feedforward.submission_types.topics import Topic
from feedforward.ui.elements import Child
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Repeated
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class SentSignals:
    version: str
    fields: Repeated


@routes.get("/assignments/{assignment_id}/signals")
async def show_signals(who: Staff, web: Web, assignment_id: int) -> Response:
    view = await web.database.read(signals_to_change, who.user_id, assignment_id)
    looks = None if view.rubric is None else looks_of(view.rubric, view.chosen, among=_named_among(view))
    return _page(web, view, looks)


@routes.post("/assignments/{assignment_id}/signals")
async def save_signals(who: Staff, web: Web, assignment_id: int, form: SentSignals) -> Response:
    view = await web.database.read(signals_to_change, who.user_id, assignment_id)
    if view.rubric is None:
        raise RuleBroken("This assignment has no rubric yet, so there is nothing to choose for.")
    looks = looks_typed(form.fields, view.rubric, among=_named_among(view))
    try:
        await web.database.write(
            choose_signals, staff_id=who.user_id, assignment_id=assignment_id, chosen=choices_of(looks),
            version=version_typed(form.version), now=web.clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        view = await web.database.read(signals_to_change, who.user_id, assignment_id)
        current = Link("See how it stands now", urls.assignment_signals(assignment_id))
        return _page(web, view, looks, [changed_meanwhile(differences=(), current=current)])
    return web.see(urls.assignment_signals(assignment_id), said="What the built-in reader looks at is saved.")


def _named_among(view: SignalsView) -> tuple[Topic, ...]:
    """What a criterion's words may name; where drafts may be prose or code, as they do in prose."""
    kind = submission_type(view.task.kind)
    return kind.signals_for(code=kind.is_code)


def _page(
    web: Web, view: SignalsView, looks: Sequence[CriterionLooks] | None, notices: Sequence[Child] = ()
) -> Response:
    body = signals_body(
        task=view.task, looks=looks, version=view.task.version, has_drafts=view.has_drafts, notices=notices
    )
    title = f"What the built-in reader looks at in {view.task.title}"
    return web.page(title=title, body=body, breadcrumbs=trail(view.task), status=409 if notices else 200, wide=True)
