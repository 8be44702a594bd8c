"""Finding the route of a request by the first part and the length of its path instead of asking a hundred in turn."""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

FOUND = "feedforward.route"


class AddressIndex(BaseRoute):
    """Many routes as one: those that begin alike and are as long are asked in their order, by Starlette's own rules."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._alike: dict[tuple[str, int], list[Route]] = {}
        for route in routes:
            beginning = _beginning(route.path)
            if "{" in beginning:
                raise ValueError(f"{route.path}: the first part of an address is always the same")
            # A converter of ours takes one part: a path never matches a route with more or fewer of them.
            if any(re.fullmatch(each.regex, "a/b") for each in route.param_convertors.values()):
                raise ValueError(f"{route.path}: a parameter is one part of an address")
            self._alike.setdefault((beginning, route.path.count("/")), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        other: tuple[Match, Scope] = (Match.NONE, {})
        if scope["type"] != "http":
            return other
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        for route in self._alike.get((_beginning(path), path.count("/")), ()):
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


def _beginning(path: str) -> str:
    return path[1:].split("/", 1)[0]
