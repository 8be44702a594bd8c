"""How a page is laid out: its head, sections, cards, reading columns, lists of things and things that unfold."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.ui.elements import (
    H1,
    H2,
    H3,
    A,
    Article,
    Child,
    Details,
    Div,
    Element,
    Li,
    P,
    Raw,
    Section,
    Span,
    Summary,
    Ul,
    html_of_any_page,
    raw,
)
from feedforward.ui.stencils import Stencil


@dataclass(frozen=True, slots=True)
class ListItem:
    """One row of `item_list`: `title` is the link's text (or plain text without `href`), `detail` one quiet line below,
    `badges` stand beside it, `meta` is short text at the end of the row (a date), `actions` are buttons after it."""

    title: str
    href: str | None = None
    detail: Child = None
    badges: Sequence[Child] = ()
    meta: Child = None
    actions: Child = None


def page_head(*, title: str, lead: Child = None, badges: Sequence[Child] = (), actions: Child = None) -> Element:
    """The page's one `h1`, with a sentence and badges under it, and buttons at the end."""
    return Div(
        Div(
            H1(title),
            P(lead, cls="lead") if lead else None,
            Div(*badges, cls="badges") if badges else None,
            cls="page-head-text",
        ),
        Div(actions, cls="actions") if actions else None,
        cls="page-head",
    )


def section(
    *,
    title: str,
    body: Child,
    anchor: str | None = None,
    lead: Child = None,
    actions: Child = None,
    quiet: bool = False,
) -> Element:
    """A part of a page under an `h2`; `quiet` draws the title small, for what matters less."""
    return Section(
        Div(H2(title), Div(actions, cls="actions") if actions else None, cls="section-head"),
        P(lead, cls="lead") if lead else None,
        body,
        id=anchor,
        cls="section section-quiet" if quiet else "section",
    )


def card(
    *, body: Child, title: str | None = None, anchor: str | None = None, actions: Child = None, top: bool = False
) -> Element:
    """A sheet of paper on the desk, for one thing that belongs together; its title is an `h3`, or an `h2` if the card
    stands directly under the page's title (`top`)."""
    return Article(
        Div(
            (H2(title, cls="card-title") if top else H3(title)) if title else None,
            Div(actions, cls="actions") if actions else None,
            cls="card-head",
        )
        if title or actions
        else None,
        body,
        id=anchor,
        cls="card",
    )


def stack(*children: Child) -> Element:
    """Things one below the other with even space between."""
    return Div(*children, cls="stack")


def row(*children: Child) -> Element:
    """Things side by side that wrap where it is narrow: buttons, badges."""
    return Div(*children, cls="row")


def columns(*children: Child) -> Element:
    """Two or three equal columns that become one below 900 px."""
    return Div(*children, cls="columns")


def reading(*children: Child) -> Element:
    """A column of at most 68 characters, for text that is read and for forms."""
    return Div(*children, cls="reading")


def sheet(*children: Child) -> Element:
    """One sheet in the middle of the desk, for a page that asks a single thing: signing in, an error."""
    return Div(*children, cls="card sheet")


def letter(text: str) -> Element:
    """What one person says to another at some length, in the reading face: the summary of the feedback, a note."""
    return Div(*(P(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()), cls="letter")


def quiet(*children: Child) -> Element:
    """Small grey text in a line: a date, a count, a remark."""
    return Span(*children, cls="quiet")


def item_list(*, items: Sequence[ListItem | Raw], label: str | None = None) -> Element:
    """Things to go to, one row each (assignments, drafts, the queue); `label` names the list to screen readers. Rows
    may be given as `kept_row` made them."""
    rows = (list_row(item) if isinstance(item, ListItem) else item for item in items)
    return Ul(*rows, cls="items", aria_label=label)


def kept_row(item: ListItem) -> Raw:
    """One row of `item_list` written now, for pages that keep their rows by what these show. Never words of a draft."""
    return raw(html_of_any_page(list_row(item)))


def list_row(item: ListItem) -> Child:
    """One row of `item_list`."""
    return _list_row(
        item.title,
        item.href,
        tuple(item.badges),
        item.detail,
        item.meta,
        item.actions,
        linked=bool(item.href),
        detailed=bool(item.detail),
        dated=bool(item.meta),
        acting=bool(item.actions),
    )


@Stencil
def _list_row(
    title: str,
    href: str,
    badges: str,
    detail: str,
    meta: str,
    actions: str,
    /,
    *,
    linked: bool,
    detailed: bool,
    dated: bool,
    acting: bool,
) -> Element:
    return Li(
        Div(
            Div(
                A(title, href=href, cls="item-title") if linked else Span(title, cls="item-title"),
                badges,
                cls="item-line",
            ),
            Div(detail, cls="item-detail") if detailed else None,
            cls="item-text",
        ),
        Div(meta, cls="item-meta") if dated else None,
        Div(actions, cls="actions") if acting else None,
        cls="item",
    )


def disclosure(*, summary: Child, body: Child, opened: bool = False, anchor: str | None = None) -> Element:
    """Something folded away that opens with a click, without a script."""
    return Details(Summary(summary), Div(body, cls="disclosure-body"), id=anchor, open=opened, cls="disclosure")


def two_panes(*, left: Child, right: Child, left_label: str = "Draft", right_label: str = "Comments") -> Element:
    """Text left, what belongs to it right; below 900 px the right pane follows the left."""
    return Div(
        Section(H2(left_label, cls="only-heard"), left, cls="pane pane-left"),
        Section(H2(right_label, cls="only-heard"), right, cls="pane pane-right"),
        cls="panes",
    )
