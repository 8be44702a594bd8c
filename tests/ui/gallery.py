"""Draws the gallery's pages with Chromium, wide and narrow, light and dark, and looks for faults:
`.venv/bin/python -m tests.ui.gallery [folder]`."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from feedforward.assets_build import build
from feedforward.ui.assets import STATIC_FOLDER
from feedforward.ui.shell import Theme
from tests.ui.gallery_pages import PAGES
from tests.ui.gallery_texts import NONCE

CHROMIUM = Path("/usr/bin/chromium")
POLICY = (
    f"default-src 'none'; script-src 'nonce-{NONCE}'; style-src 'self' 'nonce-{NONCE}'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types htmx"
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDTHS = (1280, 390)


class _Gallery(SimpleHTTPRequestHandler):
    """Serves the pages under the product's content policy, and the built assets."""

    def __init__(self, *arguments: Any, pages: dict[str, str], **named: Any) -> None:
        self.pages = pages
        super().__init__(*arguments, directory=str(STATIC_FOLDER.parent), **named)

    def do_GET(self) -> None:
        body = self.pages.get(self.path.partition("?")[0])
        if body is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """An address on the loopback where `pages` (path → HTML) are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gallery, pages=pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def all_pages(theme: Theme | None = None) -> dict[str, str]:
    """Every page of the gallery by its path."""
    return {f"/{name}": draw(theme) for name, draw in PAGES.items()}


def overflowing(page: Page) -> list[str]:
    """What sticks out of the page at its width, by tag and class."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => `${e.tagName}.${e.getAttribute('class')}`).slice(0, 8)"""
    )
    return found


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/ff/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    build()
    for theme in (Theme.LIGHT, Theme.DARK):
        with served(all_pages(theme)) as address, chromium() as browser:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.on("console", lambda message: print(message.text))
                page.on("pageerror", lambda error: print(error))
                for name in PAGES:
                    page.goto(f"{address}/{name}")
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
                    for fault in overflowing(page):
                        sys.stdout.write(f"{name} at {width}: {fault} sticks out\n")
                page.close()


if __name__ == "__main__":
    main()
