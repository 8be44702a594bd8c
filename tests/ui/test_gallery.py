"""The gallery in a real browser: no accessibility faults, nothing sticks out, and the scripts do what they promise."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from feedforward.assets_build import BuildFailed, build
from feedforward.ui.elements import render
from feedforward.ui.shell import Theme
from feedforward.ui.stages import Stage, StageState, stages
from tests.ui.gallery import CHROMIUM, all_pages, chromium, overflowing, served
from tests.ui.gallery_pages import PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        build()
    except BuildFailed as failure:
        pytest.skip(f"the assets cannot be built here: {failure.message}")
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    polled = stages(steps=[Stage("Released", StageState.DONE)], poll_url=None)
    pages = all_pages() | {
        "/drafts/1/stages": render(polled, "of-the-answer"),
        "/dark": PAGES["feedback"](Theme.DARK),
        "/after": PAGES["home"](None),
        "/sign-out": PAGES["home"](None),
    }
    with served(pages) as origin:
        yield origin


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, address: str, name: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{address}/{name}")
    assert overflowing(page) == []
    page.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true })")
    assert overflowing(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_mark_shows_its_comment_and_the_comment_its_mark(page: Page, address: str) -> None:
    page.goto(f"{address}/feedback")
    page.locator("#mark-k3").click()
    expect(page.locator("#comment-k3")).to_be_focused()
    expect(page.locator("#comment-k3")).to_have_class("comment comment-improvement is-active")
    page.locator("#comment-k1 .comment-number").click()
    expect(page.locator("#mark-k1")).to_be_focused()
    assert page.locator("mark.is-active").all_inner_texts() == ["Everybody knows that traffic makes people unhappy."]


def test_the_letters_walk_through_comments_and_press_their_buttons(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#comment-k2")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("e")
    assert page.url.endswith("#edit")
    page.keyboard.press("?")
    expect(page.locator("#keyboard-help")).to_be_visible()
    page.get_by_role("button", name="Letters work as keys").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.url.endswith("#edit")


def test_letters_typed_into_a_field_press_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    page.locator("#field-note").focus()
    page.keyboard.type("j r x")
    expect(page.locator("#field-note")).to_have_value("j r x")
    assert page.url.endswith("/review")


def test_what_was_typed_comes_back_after_the_page_was_closed(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    page.locator("#field-note").fill("Look at your second reason again.")
    expect(page.locator("[data-autosave-note]").last).to_contain_text("Kept in this browser")
    fresh = page.context.new_page()
    fresh.goto(f"{address}/review")
    expect(fresh.locator("#field-note")).to_have_value("Look at your second reason again.")
    expect(fresh.locator(".autosave-note")).to_contain_text("Brought back what you typed")


def _send_note(page: Page, address: str, to: str) -> None:
    """Types a note and sends its form, the server's answer being the page at `to`."""
    page.goto(f"{address}/review")
    page.locator("#field-note").fill("A note.")
    page.route("**/note", lambda route: route.fulfill(status=303, headers={"location": f"{address}{to}"}))
    page.get_by_role("button", name="Release").click()
    page.wait_for_url(f"**{to}")


def test_the_copy_is_gone_once_the_text_was_received(page: Page, address: str) -> None:
    _send_note(page, address, "/after")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_the_copy_stays_when_the_answer_is_the_sign_in_page(page: Page, address: str) -> None:
    _send_note(page, address, "/sign-in")
    page.goto(f"{address}/review")
    expect(page.locator("#field-note")).to_have_value("A note.")


def test_words_are_counted_as_they_are_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/assignment")
    page.locator("#field-text").fill("Four words and  counting")
    expect(page.locator("#field-text-count")).to_have_text("4 words · 600 to 900 wanted")


def test_the_error_summary_takes_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/assignment-form")
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="Give the assignment a title.").click()
    expect(page.locator("#field-title")).to_be_focused()


def test_stages_are_followed_until_they_are_over(page: Page, address: str) -> None:
    page.goto(f"{address}/assignment")
    expect(page.locator("#stages").first).to_contain_text("Readings")
    expect(page.locator("#stages").first).to_contain_text("Released", timeout=6000)
    assert page.locator("#stages").first.get_attribute("hx-get") is None


def test_the_chosen_appearance_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/home")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert {"theme": "dark"}.items() <= {c.get("name"): c.get("value") for c in page.context.cookies()}.items()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu")).not_to_have_attribute("open", "")


def test_nothing_is_asked_of_anybody_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/assignment")
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(address) for url in asked)


def test_the_page_can_be_read_and_used_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/feedback")
    page.locator("#mark-k1").click()
    assert page.url.endswith("#comment-k1")
    expect(page.get_by_text("2 more comments")).to_be_visible()
    context.close()
