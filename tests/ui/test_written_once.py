"""Elements whose HTML is made once: the same on every page, and never one that belongs to a single page."""

import pytest

from feedforward.ui.badges import Tone, badge
from feedforward.ui.elements import A, Button, Div, render, written_once


def test_what_carries_a_nonce_is_refused() -> None:
    with pytest.raises(ValueError, match="nonce"):
        written_once(Div(Button("Save", hx_post="/save")))


def test_it_reads_as_it_would_have_been_written_anyway() -> None:
    plain = Div(A("<Mira>", href="/people?a=1&b=2"), cls="me")
    html = render(plain, "n1")
    assert render(Div(written_once(plain), " and more"), "n2") == f"<div>{html} and more</div>"


def test_badges_with_other_words_or_tones_are_other_badges() -> None:
    shown = {render(badge(word, tone=tone), "n") for word in ("New", "<New>") for tone in (Tone.DONE, Tone.FAILED)}
    assert len(shown) == 4
    assert all("<New>" not in each for each in shown)
