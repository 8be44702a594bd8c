"""Registering handlers: the signature is the permission, checked strictly before the application starts."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, compile_path

from feedforward import urls
from feedforward.errors import NotFound, NotPermitted
from feedforward.web.access import PRINCIPALS, Public, SignedIn, principal_for
from feedforward.web.context import Web
from feedforward.web.forms import field_types, read_form
from feedforward.web.held import PERSON, ask_to_settle, ask_to_sign_in, asked_for
from feedforward.web.sessions import person_of

Handler = Callable[..., Awaitable[Response]]
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered address: what the access matrix is generated from."""

    method: str
    path: str
    principal: type[Public] | type[SignedIn]
    form: type | None
    handler: Handler
    path_types: dict[str, type]


@dataclass(slots=True)
class Routes:
    """The routes of a feature, in order."""

    entries: list[Entry] = field(default_factory=list)

    def get(self, path: str) -> Callable[[Handler], Handler]:
        return self._register("GET", path)

    def post(self, path: str) -> Callable[[Handler], Handler]:
        return self._register("POST", path)

    def _register(self, method: str, path: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            if any((each.method, each.path) == (method, path) for each in self.entries):
                raise TypeError(f"{method} {path} is registered twice")
            self.entries.append(check_signature(method, path, handler))
            return handler

        return register

    def starlette_routes(self) -> list[Route]:
        return [Route(entry.path, endpoint(entry), methods=[entry.method]) for entry in self.entries]


def check_signature(method: str, path: str, handler: Handler) -> Entry:
    """`async (who: <a principal>, web: Web, <one parameter per name in the path: int or str>, form: <a dataclass>)`.

    Exactly so: no default, no union, no further parameter; `form` only with POST. TypeError otherwise.
    """
    where = f"{method} {path} ({handler.__module__}.{handler.__qualname__})"
    if not inspect.iscoroutinefunction(handler):
        raise TypeError(f"{where}: a handler is async")
    # With extras: Annotated must not pass for what it wraps.
    hints = get_type_hints(handler, include_extras=True)
    parameters = list(inspect.signature(handler).parameters.values())
    if len(parameters) < 2 or parameters[0].name != "who" or hints.get("who") not in PRINCIPALS:
        raise TypeError(f"{where}: the first parameter is who: exactly one of {[each.__name__ for each in PRINCIPALS]}")
    if parameters[1].name != "web" or hints.get("web") is not Web:
        raise TypeError(f"{where}: the second parameter is web: Web")
    for parameter in parameters:
        if (
            parameter.default is not inspect.Parameter.empty
            or parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD
        ):
            raise TypeError(f"{where}: {parameter.name} must be a plain parameter without a default")
    form = None
    named = [parameter.name for parameter in parameters[2:]]
    if named and named[-1] == "form":
        if method != "POST":
            raise TypeError(f"{where}: only a POST has a form")
        form = hints.get("form")
        field_types(form)
        named.pop()
    in_path = list(compile_path(path)[2])
    if named != in_path or "form" in in_path:
        raise TypeError(f"{where}: the parameters {named} are not those of the path {in_path}, in its order")
    types = {name: hints[name] for name in named if name in hints}
    if len(types) < len(named) or any(each not in (int, str) for each in types.values()):
        raise TypeError(f"{where}: a path parameter is int or str")
    return Entry(method, path, hints["who"], form, handler, types)


def endpoint(entry: Entry) -> Callable[[Request], Awaitable[Response]]:
    """The Starlette endpoint: person, principal, path, and only then the body."""

    async def answer(request: Request) -> Response:
        services = request.app.state.services
        person = request.scope[PERSON] = await person_of(request, services)
        if person is not None:
            await request.app.state.turns.take()
        web = Web(request=request, services=services, person=person)
        who = principal_for(entry.principal, person)
        if who is None:
            if person is None:
                return await ask_to_sign_in(web)
            if person.second_factor_due:
                return await ask_to_settle(
                    web, to=urls.second_factor(), before="Your account came to need a second step",
                    do="Set up the second step",
                )  # fmt: skip
            if person.terms_due:
                back = asked_for(request) if request.method == "GET" else ""
                return await ask_to_settle(
                    web, to=urls.accept_terms(back), before="The terms of service changed", do="Read and accept them"
                )
            raise NotPermitted("Your account cannot open this page. If you think it should, ask your instructor.")
        values = {name: _path_value(kind, request.path_params[name]) for name, kind in entry.path_types.items()}
        if entry.form is not None:
            settings = services.settings
            values["form"] = await read_form(
                request, entry.form,
                form_bytes=settings.form_kilobytes * 1024, upload_bytes=int(settings.upload_megabytes * 1024 * 1024),
            )  # fmt: skip
        return await entry.handler(who, web, **values)

    return answer


def _path_value(kind: type, raw: Any) -> int | str:
    text = str(raw)
    if kind is str:
        # NUL cannot be asked of PostgreSQL, and no name of ours is that long.
        if not 0 < len(text) <= LONGEST_NAME or not text.isprintable():
            raise NotFound
        return text
    # 18 digits fit a 64-bit integer on both databases; "٣" is a digit to str.isdigit and not to us.
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound
    return int(text)
