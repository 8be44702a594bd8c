"""The index of addresses finds what Starlette's own routes would."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Route

from feedforward.app import ROUTE_MODULES, routes_in
from feedforward.web.address_index import FOUND, AddressIndex


async def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


ROUTES = [
    Route("/", answer, methods=["GET"]),
    Route("/drafts/{draft_id}", answer, methods=["GET"]),
    Route("/drafts/new", answer, methods=["POST"]),
    Route("/drafts/{draft_id}/feedback", answer, methods=["GET"]),
    Route("/drafts/{draft_id}/feedback", answer, methods=["POST"]),
]


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize(
    "path", ["/", "", "/drafts", "/drafts/", "/drafts/7", "/drafts/new", "/drafts/7/feedback", "/drafts/7/feedback/",
             "//7", "/drafts//feedback", "/Drafts/7"],
)  # fmt: skip
def test_it_finds_the_route_that_comes_first(method: str, path: str) -> None:
    scope = {"type": "http", "path": path, "method": method, "root_path": ""}
    asked = [(route.matches(scope)[0], route) for route in ROUTES]
    full = [route for match, route in asked if match is Match.FULL]
    partly = [route for match, route in asked if match is Match.PARTIAL]
    expected = (Match.FULL, full[0]) if full else (Match.PARTIAL, partly[0]) if partly else (Match.NONE, None)
    # Two modules that begin alike, and the later one loaded first: its routes still come after the other's.
    halves = {"first": ROUTES[:2], "second": ROUTES[2:]}
    index = AddressIndex({"first": ("", "drafts"), "second": ("drafts",)}, halves.__getitem__)
    match, found = index.matches(scope)
    assert (match, found.get(FOUND)) == expected


def test_a_module_is_loaded_when_one_of_its_addresses_is_first_asked_for_and_once() -> None:
    loaded: list[str] = []

    def load(name: str) -> list[Route]:
        loaded.append(name)
        return ROUTES[:1] if name == "home" else ROUTES[1:]

    index = AddressIndex({"home": ("",), "drafts": ("drafts",)}, load)
    index.matches({"type": "http", "path": "/nowhere", "method": "GET"})
    assert loaded == []
    for _again in range(2):
        index.matches({"type": "http", "path": "/drafts/7", "method": "GET"})
        assert loaded == ["drafts"]
    index.load_all()
    index.load_all()
    assert loaded == ["drafts", "home"]


def test_the_order_of_the_house_holds_whichever_module_is_loaded_first() -> None:
    any_draft = Route("/drafts/{draft_id}", answer, methods=["GET"])
    new_draft = Route("/drafts/new", answer, methods=["GET"])
    other = Route("/other", answer, methods=["GET"])
    modules = {"early": [new_draft], "late": [any_draft, other]}
    index = AddressIndex({"early": ("drafts",), "late": ("drafts", "other")}, modules.__getitem__)
    index.matches({"type": "http", "path": "/other", "method": "GET"})
    assert index.matches({"type": "http", "path": "/drafts/new", "method": "GET"})[1][FOUND] is new_draft


def test_a_module_that_cannot_be_loaded_says_so_each_time_it_is_asked_for() -> None:
    def load(name: str) -> list[Route]:
        raise ImportError(name)

    index = AddressIndex({"drafts": ("drafts",)}, load)
    for _again in range(2):
        with pytest.raises(ImportError, match="drafts"):
            index.matches({"type": "http", "path": "/drafts/7", "method": "GET"})


@pytest.mark.parametrize("path", ["/{first}/x", "/files/{rest:path}"])
def test_an_address_that_it_could_not_find_is_refused(path: str) -> None:
    route = Route(path, answer)
    with pytest.raises(ValueError, match="address"):
        AddressIndex({"some": (path.split("/")[1],)}, lambda _name: [route]).load_all()


@pytest.mark.parametrize("said", [("drafts",), ("", "drafts", "tasks")])
def test_a_module_that_says_wrongly_how_its_addresses_begin_is_refused(said: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="its addresses begin with"):
        AddressIndex({"some": said}, lambda _name: ROUTES).load_all()


def test_every_module_of_the_house_says_rightly_how_its_addresses_begin() -> None:
    AddressIndex(ROUTE_MODULES, routes_in).load_all()
