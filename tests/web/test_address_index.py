"""The index of addresses finds what Starlette's own routes would."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Route

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
    match, found = AddressIndex(ROUTES).matches(scope)
    assert (match, found.get(FOUND)) == expected


@pytest.mark.parametrize("path", ["/{first}/x", "/files/{rest:path}"])
def test_an_address_that_it_could_not_find_is_refused_when_the_application_starts(path: str) -> None:
    with pytest.raises(ValueError, match="address"):
        AddressIndex([Route(path, answer)])
