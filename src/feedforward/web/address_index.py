"""Finding the route of a request by how its path begins and how long it is; its module is loaded when first needed."""

import re
import threading
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

FOUND = "feedforward.route"


class AddressIndex(BaseRoute):
    """Many routes as one: those that begin alike and are as long are asked in their order, by Starlette's own rules.

    Importing every page of the house takes longer than all the rest of a start. So a module is loaded when an address
    that begins like one of its own is first asked for, or by `load_all`.
    """

    def __init__(self, modules: Mapping[str, Sequence[str]], load: Callable[[str], Iterable[Route]]) -> None:
        """`modules`: in the order of the house, for each name the first parts of its addresses; `load` reads one."""
        self._modules = {name: frozenset(beginnings) for name, beginnings in modules.items()}
        self._load = load
        self._ranks = {name: rank for rank, name in enumerate(modules)}
        self._waiting: dict[str, list[str]] = {}
        for name, beginnings in modules.items():
            for beginning in beginnings:
                self._waiting.setdefault(beginning, []).append(name)
        self._alike: dict[tuple[str, int], list[tuple[int, Route]]] = {}
        self._loaded: set[str] = set()
        self._lock = threading.Lock()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        other: tuple[Match, Scope] = (Match.NONE, {})
        if scope["type"] != "http":
            return other
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        beginning = _beginning(path)
        if beginning in self._waiting:
            self._load_for(beginning)
        for _rank, route in self._alike.get((beginning, path.count("/")), ()):
            match, found = route.matches(scope)
            if match is Match.NONE:
                continue
            kept: MutableMapping[str, Any] = {**found, FOUND: route}
            if match is Match.FULL:
                return match, kept
            if other[0] is Match.NONE:
                # The path is right and the method is not: the first such route says which methods there are.
                other = match, kept
        return other

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: Route = scope[FOUND]
        await route.handle(scope, receive, send)

    def load_all(self) -> None:
        """Load what nobody asked for yet; ValueError for a route that could never be found, or a module that says
        wrongly how its addresses begin."""
        for beginning in tuple(self._waiting):
            self._load_for(beginning)

    def _load_for(self, beginning: str) -> None:
        for name in tuple(self._waiting.get(beginning, ())):
            # One at a time: a visitor waits for the module that is being loaded, not for all of them.
            with self._lock:
                if name not in self._loaded:
                    self._add(name, tuple(self._load(name)))
                    self._loaded.add(name)
        self._waiting.pop(beginning, None)

    def _add(self, name: str, routes: Sequence[Route]) -> None:
        for route in routes:
            _check(route)
        found = {_beginning(route.path) for route in routes}
        if found != self._modules[name]:
            raise ValueError(f"{name}: its addresses begin with {sorted(found)}, not {sorted(self._modules[name])}")
        added: dict[tuple[str, int], list[tuple[int, Route]]] = {}
        for route in routes:
            added.setdefault((_beginning(route.path), route.path.count("/")), []).append((self._ranks[name], route))
        for alike, more in added.items():
            # A new list: another thread may be going through the old one. The sort is stable.
            self._alike[alike] = sorted((*self._alike.get(alike, ()), *more), key=lambda ranked: ranked[0])


def _check(route: Route) -> None:
    if "{" in _beginning(route.path):
        raise ValueError(f"{route.path}: the first part of an address is always the same")
    # A converter of ours takes one part: a path never matches a route with more or fewer of them.
    if any(re.fullmatch(each.regex, "a/b") for each in route.param_convertors.values()):
        raise ValueError(f"{route.path}: a parameter is one part of an address")


def _beginning(path: str) -> str:
    return path[1:].split("/", 1)[0]
