"""Markdown of people and models as clean HTML: no raw HTML, no pictures, no links that run scripts."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedforward.ui.elements import Div, Element, raw

_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def _under_the_page(tokens: list[Token], top: int) -> list[Token]:
    """The highest heading of the text gets level `top`, whichever its writer began with: no level is left out."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    step = top - min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) + step)}"
    return tokens


def markdown_html(text: str, top: int = 3) -> str:
    """The cleaned HTML as text; `top` is the level of its highest heading, one below the title it stands under."""
    parser = _parser()
    html = parser.renderer.render(_under_the_page(parser.parse(text), top), parser.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
        strip_comments=True,
    )


def markdown(text: str, top: int = 3) -> Element:
    """The text as running prose; `top` as for `markdown_html`."""
    return Div(raw(markdown_html(text, top)), cls="prose")
