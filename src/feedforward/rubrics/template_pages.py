"""The rubric library: ready-made rubrics, one's own templates, and what others share."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.rubrics.checkup import check_up
from feedforward.rubrics.linter_pages import LOOKED_AT, checkup_list
from feedforward.rubrics.pages import rubric_view
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.template_queries import PER_PAGE, TemplateList, TemplateView, Wanted
from feedforward.rubrics.template_rules import Move, TemplateStatus
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.elements import Child, Element, Form, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import field_row
from feedforward.ui.layout import ListItem, item_list, page_head, section, stack
from feedforward.ui.navigation import Link, link, pager
from feedforward.ui.tables import empty_state

STATUS_WORDS = {
    TemplateStatus.DRAFT: ("Being prepared", Tone.NEUTRAL),
    TemplateStatus.ACTIVE: ("Offered", Tone.ACTIVE),
    TemplateStatus.INACTIVE: ("Out of use", Tone.NEUTRAL),
    TemplateStatus.ARCHIVED: ("Archived", Tone.NEUTRAL),
    TemplateStatus.DELETED: ("Deleted", Tone.NEUTRAL),
}
LEAD = "Rubrics to start from. What is started from a template is a copy: changing either leaves the other as it is."


def library_body(
    *, found: TemplateList, wanted: Wanted, ready: Sequence[tuple[str, str, str]], may_keep: bool
) -> Child:  # fmt: skip
    """One page of templates below the search; `ready` are name in addresses, title and purpose of what comes along."""
    new = link_button("New template", href=urls.new_template()) if may_keep else None
    shown = found.templates
    return (
        page_head(title="Rubrics", lead=LEAD, actions=new),
        _filter(wanted),
        section(
            title="Templates",
            body=stack(
                item_list(items=[_item(each) for each in shown], label="Templates")
                if shown else _none(wanted, may_keep),
                pages_of(found=found, wanted=wanted),
            ),
        ),
        section(
            title="Ready-made",
            body=item_list(
                items=[ListItem(title, urls.ready_made_rubric(name), detail=about) for name, title, about in ready],
                label="Ready-made rubrics",
            ),
        ) if ready else None,
        P(
            link(Link("Archived", urls.rubrics(status=TemplateStatus.ARCHIVED))), " and ",
            link(Link("deleted templates", urls.rubrics(status=TemplateStatus.DELETED))), " of yours",
        ) if may_keep else None,
    )  # fmt: skip


def pages_of(*, found: TemplateList, wanted: Wanted) -> Child:
    """Earlier and later pages of the library."""
    pages = max(1, -(-found.found // PER_PAGE))

    def address(page: int) -> str:
        return urls.rubrics(search=wanted.search, whose=wanted.whose, status=wanted.status, page=page)

    return pager(
        page=wanted.page, pages=pages, previous_href=address(wanted.page - 1) if wanted.page > 1 else None,
        next_href=address(wanted.page + 1) if wanted.page < pages else None,
    )  # fmt: skip


def _item(template: TemplateView) -> ListItem:
    return ListItem(
        title=template.name, href=urls.template(template.id), badges=_badges(template),
        detail=template.about or None, meta=None if template.mine else template.owner_name,
    )  # fmt: skip


def _badges(template: TemplateView) -> list[Child]:
    word, tone = STATUS_WORDS[template.status]
    own = [badge(word, tone=tone)] if template.mine else []
    return [*own, *([badge("Shared", tone=Tone.NEUTRAL)] if template.shared else [])]


def _none(wanted: Wanted, may_keep: bool) -> Element:
    if wanted.narrowed:
        return empty_state(
            title="No template fits", text="Try fewer letters, or another choice.",
            action=link_button("See the whole library", href=urls.rubrics(), kind=ButtonKind.QUIET),
        )  # fmt: skip
    text = (
        "Build one here, or keep the rubric of an assignment as a template: then it can be used again."
        if may_keep
        else "When somebody here shares a template, you find it here."
    )
    return empty_state(title="No templates yet", text=text)


def _filter(wanted: Wanted) -> Element:
    whose = [Choice("mine", "Mine"), Choice("shared", "Shared here")]
    statuses = [Choice(each, STATUS_WORDS[each][0]) for each in TemplateStatus]
    return Form(
        field_row(
            text_field(name="q", label="Name, purpose or person", value=wanted.search, required=False),
            select_field(name="whose", label="Whose", choices=whose, value=wanted.whose, empty="All", required=False,
                         say_optional=False),
            select_field(name="status", label="Mine that are", choices=statuses, value=wanted.status,
                         empty="Not put away", required=False, say_optional=False),
        ),
        button_row(
            button("Show", kind=ButtonKind.QUIET),
            link_button("Show all", href=urls.rubrics(), kind=ButtonKind.QUIET) if wanted.narrowed else None,
        ),
        method="get", action=urls.rubrics(), role="search", cls="form",
    )  # fmt: skip


def template_body(*, template: TemplateView, rubric: Rubric, moves: Sequence[Move], may_keep: bool) -> Child:
    """A template to look at; its owner changes, shares and moves it, everybody who may keep templates copies it."""
    edit = link_button("Change it", href=urls.edit_template(template.id)) if template.mine else None
    copy = button_form(action=urls.copy_template(template.id), label="Copy it to my templates")
    said = template.about or "A rubric to start from."
    return (
        page_head(
            title=template.name, lead=said if template.mine else f"{said} Shared by {template.owner_name}.",
            badges=_badges(template),
            actions=(edit if template.status.may_change else None, copy if may_keep else None),
        ),
        P(link(Link("Save it as a file", urls.template_exports(template.id)))),
        section(title="Criteria", body=rubric_view(rubric=rubric, show_points=True)),
        section(title="Check-up", lead=LOOKED_AT, body=checkup_list(found=check_up(rubric)))
        if template.mine else None,
        section(title="Who can use it", body=_sharing(template)) if template.mine else None,
        section(
            title="Its life", body=stack(*(stack(_step(template, move), P(move.effect)) for move in moves))
        ) if moves else None,
    )  # fmt: skip


def _sharing(template: TemplateView) -> Child:
    if template.shared:
        told = "Everybody who teaches here finds it while it is offered. They use copies; only you change it."
        label, value = "Keep it to myself", ""
    else:
        told = "Only you find it. If you share it, everybody who teaches here can use copies while it is offered."
        label, value = "Share it with everybody who teaches here", "yes"
    change = button_form(action=urls.share_template(template.id), label=label, fields={"shared": value})
    return stack(P(told), change if template.status.may_change else None)


def _step(template: TemplateView, move: Move) -> Element:
    fields: Mapping[str, str] = {"come_from": move.come_from, "go_to": move.go_to}
    return button_form(action=urls.template_status(template.id), label=move.label, fields=fields)


def ready_made_body(*, name: str, rubric: Rubric, about: str, may_keep: bool) -> Child:
    """A ready-made rubric to look at, and the way to a copy of one's own."""
    copy = button_form(action=urls.copy_ready_made(name), label="Copy it to my templates")
    return (
        page_head(title=rubric.name, lead=f"{about} Comes with FeedForward.", actions=copy if may_keep else None),
        section(title="Criteria", body=rubric_view(rubric=rubric, show_points=True)),
    )
