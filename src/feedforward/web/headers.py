"""The outermost layer of the application: host, body limit, same origin, nonce, security headers, and the last net."""

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feedforward import urls
from feedforward.settings import Settings
from feedforward.web.bodies import declared_length
from feedforward.web.came_from import coming_from
from feedforward.web.defects import note_defect
from feedforward.web.error_pages import error_page, unexpected_error
from feedforward.web.origins import Origins
from feedforward.web.slow_bodies import with_patience

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
STATIC = "/static/"
# A mail program turns mail off by a POST of its own (RFC 8058). The address carries a signature that the handler
# checks, and nothing of a signed-in person is used there.
FROM_ANYWHERE = (urls.unsubscribe(""),)
NOT_FROM_HERE = "This form was not sent from a page of this site, so nothing was changed. Open the site and try again."
# For what is no page (a download, a line of text): should a browser show it after all, it may do nothing.
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Our own files may be what they are, except a page inside somebody else's.
FILE_POLICY = "frame-ancestors 'none'"


def content_security_policy(nonce: str) -> str:
    """Nothing but our own files and scripts with this nonce (see docs/adr/0012)."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
        "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'; require-trusted-types-for 'script'"
    )


class Shield:
    """Refuses what must not reach a handler, before a byte of a body is read, and dresses every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.largest = int(settings.upload_megabytes * 1024 * 1024) + settings.form_kilobytes * 1024
        self.app = RequestBodyLimitMiddleware(app, self.largest)
        self.origins = Origins.of(settings)
        https = {"strict-transport-security": "max-age=31536000; includeSubDomains"} if self.origins.https else {}
        self.always = [(name.encode(), value.encode()) for name, value in {**ALWAYS, **https}.items()]
        self.names = frozenset(name for name, _ in self.always)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["feedforward.nonce"] = secrets.token_urlsafe(18)
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(message, scope)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            return await refusal(scope, receive, dressed)
        try:
            with coming_from(scope):
                await self.app(scope, with_patience(receive), dressed)
        except ClientDisconnect:
            return None
        except Exception as error:
            # Raised further, the server would log it with its message, which may hold text of a student.
            word = note_defect(f"{scope['method']} {scope['path']}", error)
            if not started:
                await unexpected_error(Request(scope), word)(scope, receive, dressed)
        return None

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self.origins.is_ours(headers, scope["path"]):
            return PlainTextResponse("This address is not served here.", status_code=400)
        if scope["method"] in SAFE_METHODS:
            return None
        length = declared_length(headers)
        if "content-length" in headers and (length is None or length > self.largest):
            most = self.largest // (1024 * 1024)
            message = f"What you sent is larger than {most} MB. Go back and choose a smaller file."
            return error_page(Request(scope), 413, message)
        if not scope["path"].startswith(FROM_ANYWHERE) and not self.origins.is_same_origin(headers):
            return error_page(Request(scope), 403, NOT_FROM_HERE)
        return None

    def _dress(self, message: Message, scope: Scope) -> None:
        # Ours in place of what a handler may have said; put together once, not for each answer.
        message["headers"] = [*(each for each in message["headers"] if each[0] not in self.names), *self.always]
        headers = MutableHeaders(scope=message)
        is_page = headers.get("content-type", "").startswith("text/html")
        if scope["path"].startswith(STATIC) and not is_page:
            if message["status"] != 304:
                headers.setdefault("Content-Security-Policy", FILE_POLICY)
            return
        # A 304 that carried a new policy would make the htmx extension strip its attributes.
        if message["status"] != 304:
            policy = content_security_policy(scope["feedforward.nonce"]) if is_page else NO_PAGE_POLICY
            headers["Content-Security-Policy"] = policy
        headers.setdefault("Cache-Control", "no-store")
