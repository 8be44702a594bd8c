"""The session cookie: an opaque token the browser holds, of which we keep only the hash."""

import hashlib
import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from feedforward.settings import Settings
from feedforward.web.access import Person
from feedforward.web.services import Services

# How long a session may stay unmarked as seen: one write per person and minute instead of one per request.
SEEN_EVERY = timedelta(minutes=1)


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to https and this host; plain http exists on loopback only, where it cannot be set."""
    return "feedforward-session" if settings.on_loopback else "__Host-feedforward-session"


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def person_of(request: Request, services: Services) -> Person | None:
    """The person of the request's session; marks the session as seen at most once a minute."""
    token = request.cookies.get(cookie_name(services.settings))
    if not token:
        return None
    now = services.clock.now()
    person = await services.database.read(services.load_person, hash_of(token), now)
    if person is not None and now - person.seen_at > SEEN_EVERY:
        await services.database.write(services.mark_seen, person.token_hash, now)
    return person


def set_session(response: Response, token: str, settings: Settings) -> None:
    response.set_cookie(
        cookie_name(settings), token, max_age=int(settings.session_hours * 3600), path="/", httponly=True,
        secure=not settings.on_loopback, samesite="lax",
    )  # fmt: skip


def clear_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(cookie_name(settings), path="/", httponly=True, secure=not settings.on_loopback, samesite="lax")
