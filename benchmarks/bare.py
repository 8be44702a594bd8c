"""The yardstick: Starlette answering a page of 10 kB that is made of nothing."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

PAGE = "<!doctype html><title>Bare</title>" + "<p>Ten thousand bytes of nothing much.</p>\n" * 238


async def show(_request: Request) -> HTMLResponse:
    """A new response each time, as an application makes one."""
    return HTMLResponse(PAGE)


def make_app() -> Starlette:
    """Called in each of its processes."""
    return Starlette(routes=[Route("/", show)])
