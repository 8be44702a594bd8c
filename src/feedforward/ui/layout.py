"""How a page is laid out: its head, sections, cards, reading columns, lists of things and things that unfold."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    Section,
    Span,
    Summary,
    Ul,
    already_written,
    written_once,
)


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


def item_list(*, items: Sequence[ListItem], label: str | None = None) -> Element:
    """Things to go to, one row each (assignments, drafts, the queue); `label` names the list to screen readers."""
    return Ul(*(_list_row(item) for item in items), cls="items", aria_label=label)


def _list_row(item: ListItem) -> Element:
    if item.actions is None:
        try:
            parts = (_fixed(item.detail), tuple(_fixed(each) for each in item.badges), _fixed(item.meta))
        except ValueError:
            return _made_row(item)
        return _kept_row(item.title, item.href, *parts)
    return _made_row(item)


def _fixed(child: Child) -> Child:
    """A part that can be compared: words, or HTML that is written already. ValueError for anything else."""
    if child is None or isinstance(child, str):
        return child
    if isinstance(child, tuple):
        return tuple(_fixed(each) for each in child)
    written = already_written(child) if isinstance(child, Element) else None
    if written is None:
        raise ValueError("This part is made anew for every page.")
    return written


# People come back to the same lists, and a row depends on nothing but its parts: another word is another row.
@lru_cache(maxsize=4096)
def _kept_row(title: str, href: str | None, detail: Child, badges: tuple[Child, ...], meta: Child) -> Element:
    return written_once(_made_row(ListItem(title, href, detail, badges, meta)))


def _made_row(item: ListItem) -> Element:
    return Li(
        Div(
            Div(
                A(item.title, href=item.href, cls="item-title") if item.href else Span(item.title, cls="item-title"),
                *item.badges,
                cls="item-line",
            ),
            Div(item.detail, cls="item-detail") if item.detail else None,
            cls="item-text",
        ),
        Div(item.meta, cls="item-meta") if item.meta else None,
        Div(item.actions, cls="actions") if item.actions else None,
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
