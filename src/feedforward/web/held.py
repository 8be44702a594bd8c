"""Forms that could not be taken now: kept on the page that says why, and sent again with one press."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from feedforward import urls
from feedforward.ui.elements import A, Child, Main, P
from feedforward.ui.forms import form, hidden_field, hidden_fields
from feedforward.ui.layout import page_head
from feedforward.web.bodies import Held, held_fields
from feedforward.web.context import Web

HELD_TO = "held.to"
HELD_FIELD = "held.f."
"""Names on the sign-in form: the address the held form was going to, and the prefix of each of its fields."""

PERSON = "feedforward.person"
"""Where a request's scope keeps the person it came from, for the pages that say what went wrong."""


def waiting_fields(fields: Mapping[str, list[str]], prefix: str = "") -> Child:
    """The fields again, invisible; passwords are typed again rather than written into a page."""
    pairs = [(prefix + name, value) for name, values in fields.items() if not _is_password(name) for value in values]
    return hidden_fields(pairs)


def holds_a_password(held: Held) -> bool:
    """Whether the form cannot be sent again as it waits, because a password is left out."""
    return any(_is_password(name) for name in held.fields)


def _is_password(name: str) -> bool:
    return "password" in name.lower()


def file_notice(held: Held) -> Child:
    """Says that files have to be chosen again; nothing where there were none."""
    if not held.files:
        return None
    return P(f"A file cannot wait in a page: choose {', '.join(held.files)} again afterwards.")


def send_again_form(to: str, fields: Mapping[str, list[str]]) -> Child:
    """A form that sends the held fields to where they were going."""
    return form(action=to, fields=waiting_fields(fields), submit="Send it now")


async def ask_to_sign_in(web: Web) -> Response:
    """Send a signed-out request to the sign-in page and back; what a form carried waits on a page until then."""
    request = web.request
    if request.method != "POST":
        if web.is_fragment:
            back = _path_of(request.headers.get("hx-current-url", ""))
            return Response(status_code=200, headers={"HX-Redirect": urls.sign_in(back)})
        return RedirectResponse(urls.sign_in(asked_for(request)), status_code=303)
    held = await held_fields(request) if _has_body(request) else Held({})
    back = _path_of(request.headers.get("referer", ""))
    if held is not None and not held.fields and not held.files:
        return go_to(web, urls.sign_in(back))
    return _waiting_page(web, _too_large(back) if held is None else _waiting(request, held))


def _waiting(request: Request, held: Held) -> Child:
    fields = (hidden_field(name=HELD_TO, value=asked_for(request)), waiting_fields(held.fields, HELD_FIELD))
    return (
        P("You were signed out before this arrived, so nothing was saved yet. What you typed waits in this page."),
        file_notice(held),
        form(action=urls.sign_in_again(), fields=fields, submit="Sign in and send it"),
    )


def _too_large(back: str) -> Child:
    return (
        P(
            "You were signed out before this arrived, so nothing was saved. It is too large to wait in this page (a "
            "file cannot wait at all): go back in your browser to what you typed, sign in from a second window, and "
            "send it again."
        ),
        P(A("Sign in and start again", href=urls.sign_in(back))),
    )


async def ask_to_settle(web: Web, *, to: str, before: str, do: str) -> Response:
    """Send somebody who has to settle something first to the page `to` on which they `do` it; what a form carried waits
    on a page until then. `before` says what came between. Settling may take several pages, so it opens beside."""
    request = web.request
    if request.method != "POST":
        return go_to(web, to)
    held = await held_fields(request) if _has_body(request) else Held({})
    if held is not None and not held.fields and not held.files:
        return go_to(web, to)
    link = P(A(f"{do} (new window)", href=to, target="_blank", rel="noopener"))
    body: Child
    if held is None or holds_a_password(held):
        body = (
            P(f"{before} before this arrived, so nothing was saved yet. Do that first:"),
            link,
            P("Then go back in your browser to what you typed, and send it again: it cannot wait in this page."),
        )
    else:
        body = (
            P(f"{before} before this arrived, so nothing was saved yet. What you typed waits in this page. First:"),
            link,
            P("Then come back here and send it."),
            file_notice(held),
            send_again_form(asked_for(request), held.fields),
        )
    return _waiting_page(web, body, title="One thing first", status=403)


def _waiting_page(web: Web, body: Child, *, title: str = "Please sign in again", status: int = 401) -> Response:
    body = (page_head(title=title), body)
    if not web.is_fragment:
        return web.page(title=title, body=body, status=status)
    # The answer takes the page's place: in the part that was asked for it would stand beside what cannot be used.
    response = web.fragment(Main(body, id="content", tabindex="-1"), status=status)
    response.headers["HX-Retarget"] = "body"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def go_to(web: Web, url: str) -> Response:
    """Send the browser there, also from a fragment."""
    if web.is_fragment:
        return Response(status_code=200, headers={"HX-Redirect": url})
    return RedirectResponse(url, status_code=303)


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def local_path(raw: str, otherwise: str = "/") -> str:
    """`raw` where it is a path of ours; anything that could lead elsewhere (//host, \\, control characters) is not."""
    if not raw.startswith("/") or raw.startswith("//") or "\\" in raw or any(ord(each) < 33 for each in raw):
        return otherwise
    return raw


def _path_of(address: str) -> str:
    """The path and query of an address a browser says it was on; "/" for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return local_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def asked_for(request: Request) -> str:
    """The path and query of a request, as a link or a form's action."""
    path = local_path(request.url.path)
    return f"{path}?{request.url.query}" if request.url.query else path
