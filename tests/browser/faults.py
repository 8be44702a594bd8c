"""What nobody should meet on a page: accessibility faults, and things that stick out of it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def assert_faultless(page: Page) -> None:
    """Wide and light, then narrow and dark; the page is as it was afterwards."""
    for width, dark in ((1280, False), (390, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url} at {width}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
