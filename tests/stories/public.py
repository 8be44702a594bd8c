"""The whole application as others reach it: https behind a trusted proxy, and browsers behind it or past it."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr
from starlette.testclient import TestClient

from feedforward import supervisor, urls
from feedforward.accounts.actions import create_account
from feedforward.accounts.passwords import hash_password
from feedforward.app import build_app
from feedforward.settings import Settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.site import PASSWORD, Site

PUBLIC = "https://feedback.example.edu"
PROXY, VISITOR = "10.9.8.7", "203.0.113.7"
COOKIE = "__Host-feedforward-session"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclasses.dataclass
class Public:
    """The application behind the server's own reading of proxies' headers; `client` is a browser behind the proxy."""

    site: Site
    client: TestClient

    def browser(self, connects_from: str = PROXY) -> TestClient:
        """Another browser; what connects to the server is the proxy, unless it goes past it."""
        client = TestClient(
            self.client.app, base_url=PUBLIC, client=(connects_from, 50_000), follow_redirects=False
        )  # fmt: skip
        client.portal = self.client.portal
        client.headers["Origin"] = PUBLIC
        return client

    def sign_in(self, browser: TestClient, email: str = "ada@example.edu", **more: Any) -> Any:
        return browser.post(urls.sign_in(), data={"email": email, "password": PASSWORD, "next": "/", **more})


@contextmanager
def open_public(folder: Path, migrated_file: Path) -> Iterator[Public]:
    """Ada and Eve are students here; files may have 1 MB."""
    (folder / "feedforward.db").write_bytes(migrated_file.read_bytes())
    settings = Settings(
        _env_file=None, data_folder=folder, public_url=PUBLIC, trusted_proxies=PROXY, upload_megabytes=1,
        secret_key=SecretStr("zq8Jd0-3kfhq72mXPaleqwe91Lxc0vbn"), smtp_host="127.0.0.1", mail_from="f@example.edu",
    )  # fmt: skip
    wiring = Wiring(settings)
    hashed, now = hash_password(PASSWORD), wiring.clock.now()
    for name in ("Ada", "Eve"):
        email = f"{name.lower()}@example.edu"
        wiring.database.write_now(
            create_account, email=email, name=name, role=Role.STUDENT, password_hash=hashed, now=now
        )  # fmt: skip
    config = served_with(settings)
    config.app, config.factory = build_app(wiring), False
    config.load()
    with TestClient(config.loaded_app, base_url=PUBLIC, client=(PROXY, 50_000), follow_redirects=False) as client:
        client.headers["Origin"] = PUBLIC
        yield Public(Site(wiring, client), client)


def served_with(settings: Settings) -> uvicorn.Config:
    """What `feedforward serve` would run the server with."""
    kept: list[uvicorn.Config] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supervisor, "serve_alone", kept.append)
        patch.setattr(supervisor, "set_up_logging", lambda level: None)
        supervisor.serve(settings, with_worker=False)
    return kept[0]
