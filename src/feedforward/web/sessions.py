"""The session cookie: an opaque token the browser holds, of which we keep only the hash."""

import asyncio
import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from feedforward.errors import TemporarilyUnavailable
from feedforward.settings import Settings
from feedforward.web.access import Person
from feedforward.web.services import Services

# How long a session may stay unmarked as seen: one write per person and minute instead of one per request.
SEEN_EVERY = timedelta(minutes=1)
# Seconds a page waits for the mark: an idle disk needs a few milliseconds, a locked database would need minutes.
WAITED_FOR_A_MARK = 0.25
MOST_REMEMBERED = 20_000

log = logging.getLogger("feedforward.web")


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to https and this host; plain http exists on loopback only, where it cannot be set."""
    return "feedforward-session" if settings.on_loopback else "__Host-feedforward-session"


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class SeenMarks:
    """Marks sessions as seen, at most once a minute each. A busy database must not turn a page into an error: the page
    waits a moment for its mark and then goes on without it."""

    def __init__(self) -> None:
        self._asked: dict[str, datetime] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def mark(self, services: Services, person: Person, now: datetime) -> None:
        before = self._asked.get(person.token_hash)
        if now - person.seen_at <= SEEN_EVERY or (before is not None and now - before <= SEEN_EVERY):
            return
        if len(self._asked) >= MOST_REMEMBERED:
            self._asked.clear()
        self._asked[person.token_hash] = now
        task = asyncio.create_task(self._write(services, person.token_hash, now))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task}, timeout=WAITED_FOR_A_MARK)

    async def _write(self, services: Services, token_hash: str, now: datetime) -> None:
        try:
            await services.database.write(services.mark_seen, token_hash, now)
        except TemporarilyUnavailable as busy:
            log.info("a session could not be marked as seen: %s", busy.message)


async def person_of(request: Request, services: Services) -> Person | None:
    """The person of the request's session; marks the session as seen at most once a minute."""
    token = request.cookies.get(cookie_name(services.settings))
    if not token:
        return None
    now = services.clock.now()
    person = await services.database.read(services.load_person, hash_of(token), now)
    if person is not None:
        marks: SeenMarks = request.app.state.seen_marks
        await marks.mark(services, person, now)
    return person


def set_session(response: Response, token: str, settings: Settings) -> None:
    response.set_cookie(
        cookie_name(settings), token, max_age=int(settings.session_hours * 3600), path="/", httponly=True,
        secure=not settings.on_loopback, samesite="lax",
    )  # fmt: skip


def clear_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        cookie_name(settings), path="/", httponly=True, secure=not settings.on_loopback, samesite="lax"
    )
