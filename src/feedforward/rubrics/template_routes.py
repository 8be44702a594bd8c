"""The rubric library: looking, copying, sharing and moving templates through their life."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from feedforward import urls
from feedforward.errors import NotFound, NotPermitted
from feedforward.rubrics.export_pages import exports_body
from feedforward.rubrics.formats.imported import About
from feedforward.rubrics.formats.registry import FORMATS, Format, file_name_for, format_named, written
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.template_actions import keep_template, move_template, share_template
from feedforward.rubrics.template_pages import library_body, ready_made_body, template_body
from feedforward.rubrics.template_queries import Wanted, template_list, template_with_rubric
from feedforward.rubrics.template_rules import TemplateStatus, may_keep_templates, moves_from
from feedforward.rubrics.templates import ReadyMade, ready_made, ready_made_names
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.attachments import attachment
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

LIBRARY = Link("Rubrics", urls.rubrics())
COPY_OF = "Copy of "


@dataclass(frozen=True, slots=True)
class ShareForm:
    shared: bool


@dataclass(frozen=True, slots=True)
class MoveForm:
    come_from: str
    go_to: str


@routes.get("/rubrics")
async def show_library(who: Staff, web: Web) -> Response:
    whose, status = web.query("whose"), web.query("status")
    wanted = Wanted(
        search=web.query("q").strip()[:100], whose=whose if whose in ("mine", "shared") else "",
        status=status if status in list(TemplateStatus) else "", page=page_asked(web),
    )  # fmt: skip
    found = await web.database.read(template_list, who.user_id, wanted)
    sought = wanted.search.casefold()
    ready = [
        (name, title, about)
        for name, (title, about) in ready_made_names().items()
        if not (wanted.whose or wanted.status) and wanted.page == 1 and sought in f"{title} {about}".casefold()
    ]
    body = library_body(found=found, wanted=wanted, ready=ready, may_keep=may_keep_templates(who.person.role))
    return web.page(title="Rubrics", body=body)


@routes.get("/rubrics/ready-made/{name}")
async def show_ready_made(who: Staff, web: Web, name: str) -> Response:
    found = _ready_made(name)
    body = ready_made_body(
        name=name, rubric=found.rubric, about=found.about, may_keep=may_keep_templates(who.person.role)
    )
    return web.page(title=found.rubric.name, body=body, breadcrumbs=(LIBRARY,))


@routes.post("/rubrics/ready-made/{name}/copy")
async def copy_ready_made(who: Staff, web: Web, name: str) -> Response:
    require_may_keep(who)
    found = _ready_made(name)
    return await _kept(who, web, found.rubric, found.about)


@routes.get("/rubrics/{template_id}")
async def show_template(who: Staff, web: Web, template_id: int) -> Response:
    template, rubric = await web.database.read(template_with_rubric, who.user_id, template_id)
    moves = moves_from(template.status, template.deleted_from) if template.mine else ()
    body = template_body(
        template=template, rubric=rubric, moves=moves, may_keep=may_keep_templates(who.person.role)
    )  # fmt: skip
    return web.page(title=template.name, body=body, breadcrumbs=(LIBRARY,))


@routes.post("/rubrics/{template_id}/copy")
async def copy_template(who: Staff, web: Web, template_id: int) -> Response:
    require_may_keep(who)
    template, rubric = await web.database.read(template_with_rubric, who.user_id, template_id)
    return await _kept(who, web, replace(rubric, name=f"{COPY_OF}{rubric.name}"[:200]), template.about)


@routes.post("/rubrics/{template_id}/share")
async def share(who: Staff, web: Web, template_id: int, form: ShareForm) -> Response:
    await web.database.write(
        share_template, user_id=who.user_id, template_id=template_id, shared=form.shared, now=web.clock.now()
    )
    said = "Everybody who teaches here finds it while it is offered." if form.shared else "Only you find it now."
    return web.see(urls.template(template_id), said=said)


@routes.post("/rubrics/{template_id}/status")
async def move(who: Staff, web: Web, template_id: int, form: MoveForm) -> Response:
    move = await web.database.write(
        move_template, user_id=who.user_id, template_id=template_id, come_from=form.come_from, go_to=form.go_to,
        now=web.clock.now(),
    )  # fmt: skip
    if move.go_to is TemplateStatus.DELETED:
        return web.see(urls.rubrics(), said="The template is deleted. You find it among the deleted ones.")
    return web.see(urls.template(template_id), said=move.effect)


@routes.get("/rubrics/{template_id}/export")
async def show_exports(who: Staff, web: Web, template_id: int) -> Response:
    template, rubric = await web.database.read(template_with_rubric, who.user_id, template_id)
    ways = [(kind, urls.export_template(template_id, kind), written(rubric, kind).notes) for kind in Format]
    back = Link(template.name, urls.template(template_id))
    title = f"{template.name} as a file"
    return web.page(
        title=title,
        body=exports_body(name=template.name, ways=ways),
        breadcrumbs=(LIBRARY, back),
    )


@routes.get("/rubrics/{template_id}/export/{form_name}")
async def export(who: Staff, web: Web, template_id: int, form_name: str) -> Response:
    _, rubric = await web.database.read(template_with_rubric, who.user_id, template_id)
    return as_file(rubric, form_name)


def as_file(rubric: Rubric, form_name: str, about: About | None = None) -> Response:
    """The rubric as a file to save; NotFound where there is no such format."""
    if form_name not in list(Format):
        raise NotFound
    kind = format_named(form_name)
    words = FORMATS[kind]
    name = attachment(file_name_for(rubric.name, words.ending))
    return Response(
        written(rubric, kind, about).data, media_type=words.media_type,
        headers={"Content-Disposition": name, "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip


def require_may_keep(who: Staff) -> None:
    """NotPermitted for tutors: their accounts are students'."""
    if not may_keep_templates(who.person.role):
        raise NotPermitted("Only instructors keep templates. You can look at those that are shared.")


def page_asked(web: Web) -> int:
    """The page of a list that the address asks for; the first where it asks for none."""
    asked = web.query("page")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1


def _ready_made(name: str) -> ReadyMade:
    if name not in ready_made_names():
        raise NotFound
    return ready_made()[name]


async def _kept(who: Staff, web: Web, rubric: Rubric, about: str) -> Response:
    template_id = await web.database.write(
        keep_template, owner_id=who.user_id, rubric=rubric, about=about, status=TemplateStatus.DRAFT,
        now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.edit_template(template_id), said="The copy is yours. Nobody else finds it.")
