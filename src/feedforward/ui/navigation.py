"""Links: breadcrumbs, tabs, pages of a list, and the link as one thing to hand around."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.ui.elements import A, Child, Element, Li, Nav, Ol, Span, Ul


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go: `current` marks the page one is on, `key` the letter that follows it in review, `count` a number
    beside it (three waiting)."""

    label: str
    href: str
    current: bool = False
    key: str | None = None
    count: int | None = None


def link(target: Link, *, cls: str | None = None) -> Element:
    """One link as it stands in running text and lists."""
    return A(
        target.label,
        Span(str(target.count), cls="count") if target.count is not None else None,
        href=target.href,
        cls=cls,
        data_key=target.key,
        aria_current="page" if target.current else None,
    )


def breadcrumbs(links: Sequence[Link]) -> Child:
    """The way down to this page; nothing where there is no way."""
    if not links:
        return None
    return Nav(Ol(*(Li(link(each)) for each in links)), cls="breadcrumbs", aria_label="Breadcrumbs")


def tabs(*, label: str, links: Sequence[Link]) -> Element:
    """Pages that stand side by side, as a row of links."""
    return Nav(Ul(*(Li(link(each)) for each in links)), cls="tabs", aria_label=label)


def pager(*, page: int, pages: int, previous_href: str | None, next_href: str | None, label: str = "Pages") -> Child:
    """Earlier and later pages of a long list, both with words; nothing where there is one page."""
    if pages <= 1:
        return None
    return Nav(
        A("Previous", href=previous_href, rel="prev", cls="button button-quiet") if previous_href else None,
        Span(f"Page {page} of {pages}", cls="quiet"),
        A("Next", href=next_href, rel="next", cls="button button-quiet") if next_href else None,
        cls="pager",
        aria_label=label,
    )
