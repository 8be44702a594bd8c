"""Forms that could not be taken now: kept on the page that says why, and sent again with one press."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from feedforward import urls
from feedforward.ui.elements import Child, P
from feedforward.ui.forms import form, hidden_field, hidden_fields
from feedforward.web.context import Web
from feedforward.web.forms import held_fields

HELD_TO = "held.to"
HELD_FIELD = "held.f."
"""Names on the sign-in form: the address the held form was going to, and the prefix of each of its fields."""


def waiting_fields(fields: Mapping[str, list[str]], prefix: str = "") -> Child:
    """The fields again, invisible; passwords are typed again rather than written into a page."""
    pairs = [(prefix + name, value) for name, values in fields.items() if "password" not in name for value in values]
    return hidden_fields(pairs)


def send_again_form(to: str, fields: Mapping[str, list[str]]) -> Child:
    """A form that sends the held fields to where they were going."""
    return form(action=to, fields=waiting_fields(fields), submit="Send it now")


async def ask_to_sign_in(web: Web) -> Response:
    """Send a signed-out request to the sign-in page and back; what a form carried waits on that page."""
    request = web.request
    if request.method != "POST":
        if web.is_fragment:
            page = urlsplit(request.headers.get("hx-current-url", "")).path
            return Response(status_code=200, headers={"HX-Redirect": urls.sign_in(local_path(page)), "Cache-Control": "no-store"})
        return RedirectResponse(urls.sign_in(_path_and_query(request)), status_code=303)
    held = await held_fields(request)
    if web.is_fragment or held is None:
        # A file cannot wait inside a page, and a fragment's reply would replace what the person still sees.
        back = urls.sign_in(local_path(urlsplit(request.headers.get("referer", "")).path))
        if web.is_fragment:
            return Response(status_code=200, headers={"HX-Redirect": back, "Cache-Control": "no-store"})
        return RedirectResponse(back, status_code=303)
    fields = (hidden_field(name=HELD_TO, value=_path_and_query(request)), waiting_fields(held, HELD_FIELD))
    return web.page(
        title="Please sign in again",
        body=[
            P("You were signed out before this arrived, so nothing was saved yet. What you typed waits in this page."),
            form(action=urls.sign_in_again(), fields=fields, submit="Sign in and send it"),
        ],
        status=401,
    )


def local_path(raw: str, otherwise: str = "/") -> str:
    """`raw` where it is a path of ours; anything that could lead elsewhere (//host, \\, control characters) is not."""
    if not raw.startswith("/") or raw.startswith("//") or "\\" in raw or any(ord(each) < 33 for each in raw):
        return otherwise
    return raw


def _path_and_query(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
