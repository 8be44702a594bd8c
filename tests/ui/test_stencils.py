"""Stencils write what the elements would write, escape whatever fills them, and keep none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.ui.elements import A, Button, Child, Div, Element, P, Span, render
from feedforward.ui.stencils import Stencil
from feedforward.ui.tree import element


def _plain(words: Child, number: Child, note: Child, /, *, noted: bool, kind: str) -> Element:
    return Div(
        A(number, href=f"#comment-{number}", aria_label=f"Comment {number}", cls="number"),
        P("Says: ", words, title=words if isinstance(words, str) else ""),
        Span(note) if noted else None,
        cls=f"kind-{kind}",
    )


stencil = Stencil(_plain)
words = st.text() | st.sampled_from(['<script>"x"</script>', "hole-9c41e-0-end", "a'b\"c&d<e>", "\x00"])


@given(words, words, words, st.booleans())
def test_a_filled_stencil_is_what_the_elements_would_be(text: str, number: str, note: str, noted: bool) -> None:
    filled = render(stencil(text, number, note, noted=noted, kind="a"), "n1")
    assert filled == render(_plain(text, number, note, noted=noted, kind="a"), "n1")


def test_elements_fill_a_hole_among_children_with_the_page_s_nonce() -> None:
    asks = Button("More", hx_get="/more")
    html = render(Div(stencil("w", "1", [asks, None, Span("<")], noted=True, kind="a")), "n2")
    assert html.count('hx-nonce="n2"') == 1
    assert "<span>&lt;</span>" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "vbscript:x"])
def test_an_address_that_would_run_something_leads_nowhere(address: str) -> None:
    link = Stencil(_link)
    assert render(link(address), "n") == '<a href="#">Go</a>'
    assert render(link("/drafts/1?a=1&b=2"), "n") == '<a href="/drafts/1?a=1&amp;b=2">Go</a>'


def _link(address: str, /) -> Element:
    return A("Go", href=address)


def test_a_hole_that_could_become_more_than_a_value_is_refused() -> None:
    def scheme(word: str, /) -> Element:
        return A("Go", href=f"{word}:x")

    def host(word: str, /) -> Element:
        return A("Go", href=f"/{word}")

    def tag(word: str, /) -> Element:
        return element(f"x-{word}")

    assert render(Stencil(scheme)("javascript"), "n") == '<a href="#">Go</a>'
    for make in (host, tag):
        with pytest.raises(ValueError, match="hole"):
            Stencil(make)("a")


def test_a_stencil_that_carries_the_page_s_nonce_is_refused() -> None:
    def asks(word: str, /) -> Element:
        return Button(word, hx_get="/more")

    with pytest.raises(ValueError, match="nonce"):
        Stencil(asks)("a")


def test_the_number_of_holes_is_the_function_s() -> None:
    with pytest.raises(TypeError, match="holes"):
        stencil("a", noted=False, kind="a")
    with pytest.raises(TypeError, match="holes"):
        Stencil(lambda both: both)
