"""Markdown of people and models as clean HTML: no raw HTML, no pictures, no links that run scripts."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedforward.ui.elements import Div, Element, raw

_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def _lowered(tokens: list[Token]) -> list[Token]:
    """Headings two steps down, since the page and its sections have the first two."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    return tokens


def markdown_html(text: str) -> str:
    """The cleaned HTML as text."""
    parser = _parser()
    html = parser.renderer.render(_lowered(parser.parse(text)), parser.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
        strip_comments=True,
    )


def markdown(text: str) -> Element:
    """The text as running prose."""
    return Div(raw(markdown_html(text)), cls="prose")
