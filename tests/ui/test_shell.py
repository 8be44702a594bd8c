"""The document around every page."""

from feedforward.ui.elements import Div, P
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind
from feedforward.ui.shell import ShellPerson, Theme, page, theme_from_cookie
from feedforward.ui.stages import Stage, StageState, stages
from tests.ui.gallery_pages import PAGES

PERSON = ShellPerson("Mira <Okafor>", "Student", (Link("Your account", "/account"),))


def test_a_title_cannot_leave_the_head() -> None:
    html = page(title="</title><script>", body=P("x"), person=None, nonce="n")
    assert "<title>&lt;/title&gt;&lt;script&gt; · FeedForward</title>" in html


def test_every_script_carries_the_nonce_and_nothing_is_inline() -> None:
    for draw in PAGES.values():
        html = draw(None)
        assert html.count("<script ") == html.count('nonce="gallery" defer></script>')
        assert "<style" not in html
        assert " style=" not in html


def test_htmx_is_loaded_only_where_something_asks_for_it() -> None:
    still = page(title="t", body=P("x"), person=None, nonce="n")
    moving = page(
        title="t", body=stages(steps=[Stage("Read", StageState.NOW)], poll_url="/stages"), person=None, nonce="n"
    )
    assert "htmx" not in still
    places = [moving.index(f'<script src="/static/{name}') for name in ("htmx", "hx-csp", "feedforward")]
    assert places == sorted(places)
    assert '"includeIndicatorCSS": false' in moving


def test_signing_out_is_a_post_and_offered_only_to_somebody_signed_in() -> None:
    html = page(title="t", body=P("x"), person=PERSON, nonce="n")
    assert '<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>' in html
    assert "Mira &lt;Okafor&gt;" in html
    assert "Sign out" not in page(title="t", body=P("x"), person=None, nonce="n")


def test_a_chosen_theme_stands_on_the_document_and_anything_else_is_no_choice() -> None:
    assert 'data-theme="dark"' in page(title="t", body=P("x"), person=None, nonce="n", theme=Theme.DARK)
    assert theme_from_cookie("light") is Theme.LIGHT
    assert theme_from_cookie('dark"><script>') is None
    assert theme_from_cookie(None) is None


def test_the_page_can_be_reloaded_where_there_is_no_script() -> None:
    html = page(title="t", body=P("x"), person=None, nonce="n", refresh_seconds=5)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript></head>' in html


def test_a_failure_is_announced_and_says_its_reason() -> None:
    notice = Notice("The file could not be read.", NoticeKind.FAILED, title="Not received.")
    html = page(title="t", body=Div(), person=None, nonce="n", notice=notice)
    assert 'role="alert"' in html
    assert "The file could not be read." in html


def test_stages_that_are_over_ask_no_more() -> None:
    html = page(title="t", body=stages(steps=[Stage("Read", StageState.DONE)], poll_url=None), person=None, nonce="n")
    assert "hx-" not in html
    assert 'role="status"' in html
