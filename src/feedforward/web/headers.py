"""The outermost layer of the application: host, body limit, same origin, nonce, and the security headers."""

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feedforward.settings import Settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
STATIC = "/static/"


def content_security_policy(nonce: str) -> str:
    """Nothing but our own files and scripts with this nonce (see docs/adr/0012)."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'"
    )


class Shield:
    """Refuses what must not reach a handler, before a byte of a body is read, and dresses every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.largest = int(settings.upload_megabytes * 1024 * 1024) + settings.form_kilobytes * 1024
        self.app = RequestBodyLimitMiddleware(app, self.largest)
        self.https = not settings.on_loopback
        self.public = urlsplit(settings.public_url)
        self.loopback = settings.on_loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["feedforward.nonce"] = nonce = secrets.token_urlsafe(18)
        headers = Headers(scope=scope)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(message, scope["path"], nonce)
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            return await refusal(scope, receive, dressed)
        await self.app(scope, receive, dressed)
        return None

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not self._is_our_host(host):
            return PlainTextResponse("This address is not served here.", status_code=400)
        if scope["method"] in SAFE_METHODS:
            return None
        length = headers.get("content-length", "")
        if length and (not length.isdigit() or int(length) > self.largest):
            most = self.largest // (1024 * 1024)
            return PlainTextResponse(
                f"What you sent is larger than {most} MB. Go back and choose a smaller file.", status_code=413
            )
        if not is_same_origin(headers, host):
            return PlainTextResponse(
                "This form was not sent from a page of this site, so nothing was changed. Open the site and try again.",
                status_code=403,
            )
        return None

    def _is_our_host(self, host: str) -> bool:
        if self.public.netloc and host == self.public.netloc:
            return True
        name = urlsplit(f"//{host}").hostname or ""
        # Health checks come from this machine by its own name; a page opened through a rebound DNS name does not.
        return name in ("127.0.0.1", "::1", "localhost") if self.loopback or not self.public.netloc else name in ("127.0.0.1",)

    def _dress(self, message: Message, path: str, nonce: str) -> None:
        headers = MutableHeaders(scope=message)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if path.startswith(STATIC):
            return
        # A 304 that carried a new policy would make the htmx extension strip its attributes.
        if message["status"] != 304:
            headers["Content-Security-Policy"] = content_security_policy(nonce)
        headers.setdefault("Cache-Control", "no-store")


def is_same_origin(headers: Headers, host: str) -> bool:
    """Whether a state-changing request comes from a page of ours: Sec-Fetch-Site where sent, and Origin where sent; one must be."""
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is None and origin is None:
        return False
    return (site is None or site == "same-origin") and (origin is None or urlsplit(origin).netloc == host)
