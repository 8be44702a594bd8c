"""Where what is being done came from: the address of the request, or the part of FeedForward that does it by itself."""

import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

COMMAND_LINE = "command line"
WORKER = "worker"
LONGEST = 45
# The place, and whether it is a network address.
_NOWHERE: tuple[str | None, bool] = (None, False)
_PLACE: ContextVar[tuple[str | None, bool]] = ContextVar("feedforward_came_from", default=_NOWHERE)
# Threads of the engine were not started by whoever set the variable: they work for the process.
_process: tuple[str | None, bool] = _NOWHERE


def address_of(scope: Mapping[str, Any]) -> str:
    """The network address of a request (its ASGI scope), "" where there is none.

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
def coming_from(scope: Mapping[str, Any]) -> Iterator[None]:
    """What is done inside was asked for by this request, also in the threads that write for it."""
    address = address_of(scope)
    before = _PLACE.set((address, True) if address else _NOWHERE)
    try:
        yield
    finally:
        _PLACE.reset(before)


@contextmanager
def done_by(what: str) -> Iterator[None]:
    """What is done inside is done by COMMAND_LINE: nobody asked for it over the network."""
    before = _PLACE.set((what, False))
    try:
        yield
    finally:
        _PLACE.reset(before)


def work_as(what: str) -> None:
    """This whole process is a WORKER: what its threads do without a request came from there."""
    global _process
    _process = (what, False)


def came_from() -> tuple[str | None, bool]:
    """Where the present act came from, None where nobody said; and whether that is a network address."""
    place = _PLACE.get()
    return _process if place is _NOWHERE else place
