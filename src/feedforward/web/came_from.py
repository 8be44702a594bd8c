"""Where what is being done came from: the address of the request, or the part of FeedForward that does it by itself."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.types import Scope

COMMAND_LINE = "command line"
WORKER = "worker"
LONGEST = 45
_REQUEST: ContextVar[str | None] = ContextVar("feedforward_came_from", default=None)
# Threads that were not started by a request have a context of their own: they all work for the same process.
_process: str | None = None


def address_of(scope: Scope) -> str:
    """The network address of a request, "" where there is none.

    A proxy's header counts only where the settings trust that proxy: uvicorn has put its word in place of the
    connection's before a request gets here. An IPv4 address is written as one, also where it came as IPv6.
    """
    client = scope.get("client")
    if not client:
        return ""
    try:
        parsed = ipaddress.ip_address(str(client[0]).partition("%")[0])
    except ValueError:
        return "".join(each for each in str(client[0]) if each.isprintable())[:LONGEST]
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return str(mapped or parsed)


@contextmanager
def coming_from(scope: Scope) -> Iterator[None]:
    """What is done inside was asked for by this request, also in the threads that write for it."""
    before = _REQUEST.set(address_of(scope) or None)
    try:
        yield
    finally:
        _REQUEST.reset(before)


def work_as(what: str) -> None:
    """This whole process is WORKER or COMMAND_LINE: what it does without a request came from there."""
    global _process
    _process = what


def came_from() -> tuple[str | None, bool]:
    """Where the present act came from, None where nobody said; and whether that is a network address."""
    asked = _REQUEST.get()
    return (asked, True) if asked is not None else (_process, False)
