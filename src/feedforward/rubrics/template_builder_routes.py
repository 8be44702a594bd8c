"""Building a template: a new one or one's own, step by step, from another rubric, a file or pasted text."""

import asyncio
from dataclasses import dataclass, replace

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.courses.pauses import must_wait
from feedforward.rubrics.builder import blank_rubric, parse_rubric, typed_from, typed_in
from feedforward.rubrics.builder_pages import Frame, builder_form, check_part, told_of
from feedforward.rubrics.desk import Desk, after_reading, after_step, checked, desk_from, put_in
from feedforward.rubrics.template_actions import change_template, keep_template, require_changeable
from feedforward.rubrics.template_queries import template_with_rubric
from feedforward.rubrics.template_routes import LIBRARY, require_may_keep
from feedforward.rubrics.template_rules import TemplateChangedMeanwhile, TemplateStatus, parse_about
from feedforward.rubrics.templates import ready_made, ready_made_names
from feedforward.ui.layout import page_head
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest, Upload
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()

LEAD = "Each criterion is one thing readers look at, with its levels from lowest to highest."
WHOLE_LIBRARY = Link("Look through all rubrics here", urls.rubrics())


@dataclass(frozen=True, slots=True)
class TemplateForm:
    do: str
    version: str
    before: str
    offered: str
    pasted: str
    about: str
    file: Upload | None
    fields: Rest


@dataclass(frozen=True, slots=True)
class CheckForm:
    fields: Rest


@routes.post("/rubrics/check")
async def check(who: Staff, web: Web, form: CheckForm) -> Response:
    """The live check of whatever stands in a builder; nothing is kept."""
    return web.fragment(check_part(found=checked(typed_in(form.fields))))


@routes.get("/rubrics/new")
async def show_new(who: Staff, web: Web) -> Response:
    require_may_keep(who)
    return _page(web, None, Desk(blank_rubric()), about="", version=0, start_opened=True)


@routes.post("/rubrics/new")
async def build_new(who: Staff, web: Web, form: TemplateForm) -> Response:
    require_may_keep(who)
    return await _build(who, web, None, form)


@routes.get("/rubrics/{template_id}/edit")
async def show_edit(who: Staff, web: Web, template_id: int) -> Response:
    await web.database.read(require_changeable, who.user_id, template_id)
    template, rubric = await web.database.read(template_with_rubric, who.user_id, template_id)
    return _page(web, template_id, Desk(typed_from(rubric)), about=template.about, version=template.version)


@routes.post("/rubrics/{template_id}/edit")
async def build(who: Staff, web: Web, template_id: int, form: TemplateForm) -> Response:
    await web.database.read(require_changeable, who.user_id, template_id)
    return await _build(who, web, template_id, form)


async def _build(who: Staff, web: Web, template_id: int | None, form: TemplateForm) -> Response:
    desk = desk_from(form.fields, before=form.before, offered=form.offered, pasted=form.pasted)
    version = version_typed(form.version)
    if form.do == "read":
        pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
        if pause is not None:
            return pause
    if form.do != "save":
        desk = await desk_after(form.do, desk, form.file)
        return _page(web, template_id, desk, about=form.about, version=version)
    rubric, about = parse_rubric(desk.typed), parse_about(form.about)
    if isinstance(rubric, dict) or isinstance(about, dict):
        errors = {**(rubric if isinstance(rubric, dict) else {}), **(about if isinstance(about, dict) else {})}
        return _page(web, template_id, replace(desk, errors=errors), about=form.about, version=version)
    now = web.clock.now()
    if template_id is None:
        made = await web.database.write(
            keep_template, owner_id=who.user_id, rubric=rubric, about=about, status=TemplateStatus.DRAFT, now=now
        )
        return web.see(urls.template(made), said="The template is kept. Offer it when it is ready to be used.")
    try:
        saved = await web.database.write(
            change_template, user_id=who.user_id, template_id=template_id, rubric=rubric, about=about, version=version,
            now=now,
        )  # fmt: skip
    except TemplateChangedMeanwhile as meanwhile:
        version = (await web.database.read(require_changeable, who.user_id, template_id)).version
        return _page(web, template_id, desk, about=form.about, version=version, overtaken=meanwhile.message)
    return web.see(urls.template(template_id), said="The template is saved." if saved else "Nothing was changed in it.")


async def desk_after(do: str, desk: Desk, file: Upload | None) -> Desk:
    """The desk after anything but saving: a ready-made rubric, a file or text read, or a step of the builder."""
    verb, _, name = do.partition(":")
    if verb == "template" and name in ready_made_names():
        return put_in(desk, typed_from(ready_made()[name].rubric))
    if do == "read":
        return await asyncio.to_thread(after_reading, desk, file)
    return after_step(desk, do)


def _page(
    web: Web, template_id: int | None, desk: Desk, *, about: str, version: int, start_opened: bool = False,
    overtaken: str = "",
) -> Response:  # fmt: skip
    new = template_id is None
    title = "New template" if new else "Change the template"
    back = Link("Back to the library", urls.rubrics()) if new else Link("Back to it", urls.template(template_id or 0))
    frame = Frame(
        action=urls.new_template() if new else urls.edit_template(template_id or 0), version=version, back=back,
        library=WHOLE_LIBRARY, about=about,
    )  # fmt: skip
    told = None
    if overtaken:
        current = link(Link("See how it stands now", urls.template(template_id or 0)))
        told = notice(Notice((overtaken, " What you typed is below. ", current), NoticeKind.PERSON))
    body = (
        page_head(title=title, lead=LEAD), told, told_of(desk=desk),
        builder_form(frame=frame, desk=desk, start_opened=start_opened),
    )  # fmt: skip
    status = 409 if overtaken else 422 if desk.errors else 200
    return web.page(title=title, body=body, breadcrumbs=(LIBRARY,), status=status)
