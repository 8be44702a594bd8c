"""A small application of our own behind the real shield: handlers that tell what reached them."""

import dataclasses
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.testclient import TestClient

from feedforward.errors import FeedForwardError, RuleBroken, TemporarilyUnavailable
from feedforward.settings import Settings
from feedforward.web.access import Public, Student
from feedforward.web.context import Web
from feedforward.web.error_pages import domain_error, http_error
from feedforward.web.forms import Repeated, Rest, Upload
from feedforward.web.headers import Shield
from feedforward.web.routing import Routes
from feedforward.web.sessions import SeenMarks
from feedforward.wiring import Wiring

ORIGIN = "http://127.0.0.1:8000"
FROM_HERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
CANARY = "the purple violin of a student"

routes = Routes()


@dataclass(frozen=True)
class TellForm:
    role: str
    s: str
    sess: str
    tick: bool
    many: tuple[str, ...]
    others: Rest


@dataclass(frozen=True)
class FileForm:
    text: str
    file: Upload | None


@dataclass(frozen=True)
class ManyForm:
    others: Repeated


@routes.post("/tell/{name}")
async def tell(who: Public, web: Web, name: str, form: TellForm) -> Response:
    return JSONResponse({"name": name, "signed_in": who.person is not None, **dataclasses.asdict(form)})


@routes.post("/file")
async def take_file(who: Public, web: Web, form: FileForm) -> Response:
    size = len(form.file.data) if form.file else None
    return JSONResponse({"text": form.text, "name": form.file.file_name if form.file else None, "size": size})


@routes.post("/many")
async def take_many(who: Public, web: Web, form: ManyForm) -> Response:
    return JSONResponse(form.others)


@routes.post("/private")
async def private(who: Student, web: Web, form: FileForm) -> Response:
    return PlainTextResponse("taken")


@routes.post("/busy")
async def busy(who: Public, web: Web, form: ManyForm) -> Response:
    raise TemporarilyUnavailable


@routes.get("/busy")
async def busy_page(who: Public, web: Web) -> Response:
    raise TemporarilyUnavailable


@routes.get("/defect")
async def defect(who: Public, web: Web) -> Response:
    raise ValueError(CANARY)


@routes.get("/rule")
async def rule(who: Public, web: Web) -> Response:
    raise RuleBroken("<b>not</b> now")


@routes.get("/page/{number}")
async def show(who: Public, web: Web, number: int) -> Response:
    return web.page(title="A page", body=str(number))


@routes.get("/download")
async def download(who: Public, web: Web) -> Response:
    return Response(b"<script>alert(1)</script>", media_type="application/octet-stream")


@routes.post("/say")
async def say(who: Public, web: Web, form: ManyForm) -> Response:
    return web.see(form.others["to"][0], said=form.others["said"][0])


def small_app(wiring: Wiring) -> Starlette:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        wiring.close()

    app = Starlette(
        routes=routes.starlette_routes(), middleware=[Middleware(Shield, settings=wiring.settings)], lifespan=lifespan,
        exception_handlers={FeedForwardError: domain_error, HTTPException: http_error},
    )  # fmt: skip
    app.state.services = wiring.services
    app.state.seen_marks = SeenMarks()
    return app


def settings_of(folder: Path, migrated_file: Path, **changed: Any) -> Settings:
    target = folder / "small.db"
    if not target.exists():
        shutil.copyfile(migrated_file, target)
    values: dict[str, Any] = {"data_folder": folder / "data", "database_url": f"sqlite:///{target}", **changed}
    return Settings(_env_file=None, **values)


@pytest.fixture(scope="module")
def small(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The small application on loopback, as a browser that follows nothing by itself."""
    settings = settings_of(tmp_path_factory.mktemp("small"), migrated_file, upload_megabytes=1, form_kilobytes=64)
    with TestClient(small_app(Wiring(settings)), base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def https(migrated_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The same under a public https address with a port."""
    settings = settings_of(
        tmp_path, migrated_file, public_url="https://Feedback.Example.edu:8443",
        secret_key="zq8Jd0-3kfhq72mXPaleqwe91Lxc0vbn",
    )  # fmt: skip
    base = "https://feedback.example.edu:8443"
    with TestClient(small_app(Wiring(settings)), base_url=base, follow_redirects=False) as client:
        yield client


def told(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.text)
    return found
