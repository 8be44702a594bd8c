"""The library as somebody sees it who starts the rubric of an assignment: what is offered, each with its button."""

from feedforward import urls
from feedforward.rubrics.template_queries import PER_PAGE, TemplateList, TemplateView, Wanted
from feedforward.ui.buttons import button_form
from feedforward.ui.elements import Child
from feedforward.ui.forms import search_form
from feedforward.ui.layout import ListItem, item_list, page_head
from feedforward.ui.navigation import pager
from feedforward.ui.tables import empty_state


def rubric_library_body(*, assignment_id: int, version: int, found: TemplateList, wanted: Wanted) -> Child:
    """One page of what can be started from; choosing one opens the builder with a copy, which is not saved yet."""
    pages = max(1, -(-found.found // PER_PAGE))

    def address(page: int) -> str:
        return urls.rubric_library(assignment_id, search=wanted.search, page=page)

    none = empty_state(
        title="No template fits" if wanted.search else "No templates yet",
        text="Templates you offer and those others share are listed here. The ready-made rubrics are in the builder.",
    )
    return (
        page_head(title="Choose from the library", lead="What you choose is copied into the builder; save it there."),
        search_form(action=urls.rubric_library(assignment_id), label="Name, purpose or person", value=wanted.search),
        item_list(items=[_item(assignment_id, version, each) for each in found.templates], label="Templates")
        if found.templates else none,
        pager(
            page=wanted.page, pages=pages, previous_href=address(wanted.page - 1) if wanted.page > 1 else None,
            next_href=address(wanted.page + 1) if wanted.page < pages else None,
        ),
    )  # fmt: skip


def _item(assignment_id: int, version: int, template: TemplateView) -> ListItem:
    fields = {"do": f"template:{template.id}", "version": str(version)}
    return ListItem(
        title=template.name, href=urls.template(template.id), detail=template.about or None,
        meta=None if template.mine else template.owner_name,
        actions=button_form(action=urls.edit_rubric(assignment_id), label="Start from it", fields=fields),
    )  # fmt: skip
