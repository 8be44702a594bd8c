"""The document around every page: head, header with where one is and who one is, notice, main part and footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from feedforward import urls
from feedforward.ui.assets import asset_url
from feedforward.ui.elements import (
    A,
    Button,
    Child,
    Details,
    Div,
    Element,
    Footer,
    Form,
    Header,
    Li,
    Main,
    Nav,
    P,
    Path,
    Span,
    Summary,
    Svg,
    Ul,
    escape_text,
    render,
    written_once,
)
from feedforward.ui.navigation import Link, breadcrumbs, link
from feedforward.ui.notices import Notice, notice

PRODUCT = "FeedForward"
_HTMX_CONFIG = '{"metaCharacter": "-", "includeIndicatorCSS": false, "history": false}'


class Theme(StrEnum):
    """A person's choice, kept in the cookie `theme`; without one the machine's setting decides."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class ShellPerson:
    """Who is signed in: `name`, `role_label` (`Instructor`), and the `links` of the menu behind the name."""

    name: str
    role_label: str
    links: tuple[Link, ...] = ()


def theme_from_cookie(value: str | None) -> Theme | None:
    """The cookie's value as a choice; None for no cookie and for anything else."""
    return Theme(value) if value in ("light", "dark") else None


def _mark() -> Element:
    return A(
        Svg(
            Path(d="M4 5h9M4 10h6M4 15h4", cls="mark-lines"),
            Path(d="M11 15.5h8m-3.2-3.4L19.2 15.5l-3.4 3.4", cls="mark-arrow"),
            viewBox="0 0 22 22",
            aria_hidden="true",
        ),
        Span(PRODUCT),
        href=urls.home(),
        cls="product-mark",
    )


def _me(person: ShellPerson) -> Element:
    return Details(
        Summary(Span(person.name, cls="me-name"), Span(person.role_label, cls="me-role")),
        Div(
            Ul(*(Li(link(each)) for each in person.links)) if person.links else None,
            Div(
                Span("Appearance", cls="menu-title", id="theme-title"),
                Div(
                    *(
                        Button(word, type="button", data_theme_choice=value, aria_pressed="false")
                        for word, value in (("As this device", ""), ("Light", "light"), ("Dark", "dark"))
                    ),
                    role="group",
                    aria_labelledby="theme-title",
                    cls="choices",
                ),
                cls="needs-script",
            ),
            Form(Button("Sign out", type="submit"), method="post", action=urls.sign_out()),
            cls="menu-body",
        ),
        cls="menu",
    )


# A quarter of a page's elements, and the same ones on every page one person opens.
@lru_cache(maxsize=1024)
def _header(person: ShellPerson | None, nav: tuple[Link, ...], context: str | None) -> Element:
    return written_once(
        Header(
            Div(
                _mark(),
                Span(context, cls="context") if context else None,
                Nav(Ul(*(Li(link(each)) for each in nav)), cls="top-nav", aria_label="Main") if nav else None,
                _me(person) if person else None,
                cls="header-row",
            ),
            cls="page-header",
        )
    )


def page(
    *,
    title: str,
    body: Child,
    person: ShellPerson | None,
    nonce: str,
    breadcrumbs: Sequence[Link] = (),
    notice: Notice | None = None,
    nav: Sequence[Link] = (),
    context: str | None = None,
    theme: Theme | None = None,
    footer: Child = None,
    refresh_seconds: int | None = None,
    wide: bool = False,
    language: str = "en",
) -> str:
    """The whole HTML document. `nav` are the few places one goes to from everywhere, `context` says where one is
    (a course), `refresh_seconds` reloads the page where there is no script, `wide` gives two panes their room."""
    whole = render(
        (
            A("Skip to the content", href="#content", cls="skip-link"),
            _header(person, tuple(nav), context),
            Div(
                _breadcrumbs(breadcrumbs),
                _notice(notice) if notice else None,
                Main(body, id="content", tabindex="-1"),
                cls="page page-wide" if wide else "page",
            ),
            Footer(
                Div(
                    P(PRODUCT, ": feedback on drafts, read against your rubric."),
                    footer,
                ),
                cls="page-footer",
            ),
        ),
        nonce,
    )
    return _document(whole, title, nonce, theme, refresh_seconds, language)


_breadcrumbs = breadcrumbs
_notice = notice


def _document(
    body: str, title: str, nonce: str, theme: Theme | None, refresh_seconds: int | None, language: str
) -> str:
    head = escape_text(f"{title} · {PRODUCT}" if title != PRODUCT else title)
    themed = f' data-theme="{theme}"' if theme else ""
    refresh = (
        f'<noscript><meta http-equiv="refresh" content="{refresh_seconds:d}"></noscript>' if refresh_seconds else ""
    )
    scripts = ["feedforward.js"]
    config = ""
    if " hx-" in body:
        scripts = ["htmx.js", "hx-csp.js", *scripts]
        config = f"<meta name=\"htmx-config\" content='{_HTMX_CONFIG}'>"
    tags = "".join(f'<script src="{asset_url(name)}" nonce="{nonce}" defer></script>' for name in scripts)
    return (
        f'<!doctype html><html lang="{escape_text(language)}"{themed}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{head}</title>{config}<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="{asset_url("icon.svg")}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{asset_url("feedforward.css")}">{tags}{refresh}</head>'
        f"<body>{body}</body></html>"
    )
