"""The demonstration, really served, and a real browser in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.ui.gallery import CHROMIUM, chromium

STARTS_WITHIN = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium these tests say so instead of failing."""
    skip = pytest.mark.skip(reason="Chromium is not installed: `apt-get install chromium` runs the browser tests")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(skip)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`feedforward demo` as a newcomer starts it; its address."""
    folder = tmp_path_factory.mktemp("demonstration")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FEEDFORWARD_")}
    environment |= {"FEEDFORWARD_DATA_FOLDER": str(folder / "data"), "FEEDFORWARD_PORT": str(port)}
    log = (folder / "log.txt").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "feedforward.cli", "demo"], env=environment, cwd=folder, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, folder / "log.txt")
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the demonstration did not answer within {STARTS_WITHIN:.0f} s:\n{log.read_text()}")


# Not for the session: while this browser lives, its event loop runs in this thread, and nothing else may start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


class Desk:
    """One person's browser window; collects what the page complains about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda asked: self._note(asked.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, email: str) -> "Desk":
        self.open("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill("demonstration")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.address}/")
        return self


@pytest.fixture
def desks(browser: Browser, demonstration: str) -> Iterator["Desks"]:
    opened = Desks(browser, demonstration)
    yield opened
    complaints, foreign = opened.close()
    assert complaints == []
    assert foreign == []


class Desks:
    """Windows of several people, closed and questioned at the end."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._open: list[Desk] = []

    def desk(self, email: str = "", *, width: int = 1280, dark: bool = False) -> Desk:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        desk = Desk(context, self._address)
        self._open.append(desk)
        return desk.sign_in(email) if email else desk

    def close(self) -> tuple[list[str], list[str]]:
        complaints = [each for desk in self._open for each in desk.complaints]
        foreign = [each for desk in self._open for each in desk.foreign]
        for desk in self._open:
            desk.context.close()
        return complaints, foreign
