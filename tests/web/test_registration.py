"""Registering handlers: whatever is not exactly a permission, a path and a form is refused at the start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from starlette.responses import Response

from feedforward.web.access import Public, SignedIn, Staff, Student, Work
from feedforward.web.context import Web
from feedforward.web.forms import Repeated, Rest, Upload
from feedforward.web.routing import Routes, check_signature

ANSWER = Response()


@dataclass(frozen=True)
class Named:
    name: str


class NoDataclass:
    name: str


@dataclass(frozen=True)
class Numbered:
    count: int


@dataclass(frozen=True)
class Dressed:
    name: Annotated[str, "anything"]


@dataclass(frozen=True)
class Greedy:
    one: Rest
    other: Repeated


@dataclass(frozen=True)
class ElevatedStudent(Student):
    pass


async def good(who: Student, web: Web, draft_id: int, form: Named) -> Response:
    return ANSWER


async def union(who: Student | Staff, web: Web) -> Response:
    return ANSWER


async def optional(who: Student | None, web: Web) -> Response:
    return ANSWER


async def annotated(who: Annotated[Student, "from the query"], web: Web) -> Response:
    return ANSWER


async def untyped(who, web: Web) -> Response:  # type: ignore[no-untyped-def]
    return ANSWER


async def with_default(who: Student = None, web: Web = None) -> Response:  # type: ignore[assignment]
    return ANSWER


async def other_principal(who: Work, web: Web) -> Response:
    return ANSWER


async def own_principal(who: ElevatedStudent, web: Web) -> Response:
    return ANSWER


async def session_name(s: Student, web: Web) -> Response:
    return ANSWER


async def session_second(who: Student, sess: Web) -> Response:
    return ANSWER


async def wrong_order(web: Web, who: Student) -> Response:
    return ANSWER


async def no_web(who: Student) -> Response:
    return ANSWER


async def further(who: Student, web: Web, role: str) -> Response:
    return ANSWER


async def keyword_only(who: Student, web: Web, *, form: Named) -> Response:
    return ANSWER


async def any_keywords(who: Student, web: Web, **rest: str) -> Response:
    return ANSWER


async def form_first(who: Student, web: Web, form: Named, draft_id: int) -> Response:
    return ANSWER


async def no_dataclass(who: Student, web: Web, form: NoDataclass) -> Response:
    return ANSWER


async def number_in_form(who: Student, web: Web, form: Numbered) -> Response:
    return ANSWER


async def annotated_in_form(who: Student, web: Web, form: Dressed) -> Response:
    return ANSWER


async def greedy_form(who: Student, web: Web, form: Greedy) -> Response:
    return ANSWER


async def form_or_none(who: Student, web: Web, form: Named | None) -> Response:
    return ANSWER


async def untyped_form(who: Student, web: Web, form) -> Response:  # type: ignore[no-untyped-def]
    return ANSWER


async def path_of_bool(who: Student, web: Web, draft_id: bool) -> Response:
    return ANSWER


async def path_untyped(who: Student, web: Web, draft_id) -> Response:  # type: ignore[no-untyped-def]
    return ANSWER


async def path_missing(who: Student, web: Web) -> Response:
    return ANSWER


def not_async(who: Student, web: Web) -> Response:
    return ANSWER


Handler = Callable[..., Awaitable[Response]]
WRONG: list[tuple[str, str, Any]] = [
    *(("GET", "/x", each) for each in (
        union, optional, annotated, untyped, with_default, other_principal, own_principal, session_name, session_second,
        wrong_order, no_web, further, any_keywords, not_async,
    )),
    *(("POST", "/x", each) for each in (
        keyword_only, no_dataclass, number_in_form, annotated_in_form, greedy_form, form_or_none, untyped_form,
    )),
    ("POST", "/x/{draft_id}", form_first),
    ("GET", "/x/{draft_id}", path_of_bool),
    ("GET", "/x/{draft_id}", path_untyped),
    ("GET", "/x/{draft_id}", path_missing),
    ("GET", "/x/{draft_id}", good),
    ("POST", "/x", good),
    ("POST", "/x/{form}", untyped_form),
]  # fmt: skip


def test_a_handler_as_it_should_be_is_taken() -> None:
    entry = check_signature("POST", "/x/{draft_id}", good)
    assert (entry.principal, entry.form, entry.path_types) == (Student, Named, {"draft_id": int})


@pytest.mark.parametrize(("method", "path", "handler"), WRONG, ids=[f"{m} {h.__name__}" for m, _, h in WRONG])
def test_a_handler_written_any_other_way_is_refused(method: str, path: str, handler: Handler) -> None:
    with pytest.raises(TypeError):
        check_signature(method, path, handler)


def test_an_address_is_registered_once() -> None:
    routes = Routes()

    async def first(who: Public, web: Web) -> Response:
        return ANSWER

    routes.get("/x")(first)
    routes.post("/x")(first)
    with pytest.raises(TypeError, match="twice"):
        routes.get("/x")(first)


def test_the_types_of_forms_are_the_ones_a_form_can_carry() -> None:
    @dataclass(frozen=True)
    class Everything:
        name: str
        tick: bool
        many: tuple[str, ...]
        file: Upload | None
        others: Repeated

    async def handler(who: SignedIn, web: Web, form: Everything) -> Response:
        return ANSWER

    # get_type_hints finds the class by its module, so a local one is handed over as it is.
    handler.__annotations__["form"] = Everything
    assert check_signature("POST", "/x", handler).form is Everything
