"""Asking for an address as somebody, so that nothing of the question is kept."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select

from feedforward import urls
from feedforward.audit.tables import AuditEvent
from feedforward.wiring import Wiring
from tests.factories.pages import Page
from tests.factories.site import Visitor


class Undone(Exception):
    """Raised inside a transaction so that nothing of it is kept."""


@contextmanager
def nothing_is_kept(wiring: Wiring) -> Iterator[list[str]]:
    """Every write and erasure is taken back, so that one request cannot change what the next one meets; the audited
    acts that were taken back are added to the list."""
    database, content = wiring.database, wiring.content
    write, erase = database.write, content.erase
    acts: list[str] = []

    async def write_and_undo(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        outcome: list[Any] = []

        def act(connection: Connection) -> None:
            newest = connection.execute(select(func.max(AuditEvent.id))).scalar() or 0
            outcome.append(action(connection, *args, **kwargs))
            acts.extend(connection.execute(select(AuditEvent.action).where(AuditEvent.id > newest)).scalars())
            raise Undone

        try:
            await write(act)
        except Undone:
            return outcome[0]

    database.write = write_and_undo  # type: ignore[method-assign]
    content.erase = lambda content_id: None  # type: ignore[method-assign]
    try:
        yield acts
    finally:
        database.write, content.erase = write, erase  # type: ignore[method-assign]


def ask(visitor: Visitor, method: str, path: str, fields: Mapping[str, str] | None = None) -> str:
    """What somebody gets: "yes", "hidden" (404), "refused" (403), "sign in", or "say why" (an administrator asks for
    student work); anything else is told as it is."""
    client = visitor.client
    kept = list(client.cookies.jar)
    client.follow_redirects = False
    try:
        if method == "GET":
            visitor.get(path)
        else:
            visitor.post(path, fields)
    finally:
        client.follow_redirects = True
        # Whoever signed out, and was taken back, is still here for the next question.
        client.cookies.clear()
        for cookie in kept:
            client.cookies.jar.set_cookie(cookie)
    assert visitor.last is not None
    location = visitor.last.headers.get("location", "")
    says_why = location.startswith(f"{urls.student_work()}/") and (
        location.endswith("/open") or not path.startswith(urls.student_work())
    )
    to_sign_in = visitor.last.headers.get("location", "").startswith(f"{urls.sign_in()}?")
    match visitor.status:
        case 401:
            return "sign in"
        case 303 if to_sign_in:
            return "sign in"
        case 303 if says_why:
            return "say why"
        case 403:
            return "refused"
        case 404:
            return "hidden"
        case 200 | 303 | 304 | 409 | 422 | 503:
            return "yes"
        case other:
            return f"{other}: {Page(visitor.last.text).text[:200]}"
