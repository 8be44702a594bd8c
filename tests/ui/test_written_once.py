"""Elements whose HTML is made once: the same on every page, and never one that belongs to a single page."""

from datetime import UTC, datetime, timedelta

import pytest

from feedforward.ui.badges import Tone, badge
from feedforward.ui.dates import ago
from feedforward.ui.elements import A, Button, Div, render, written_once
from feedforward.ui.layout import ListItem, item_list


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


def test_rows_of_a_list_differ_where_any_part_of_them_does() -> None:
    now = datetime(2026, 11, 16, 12, tzinfo=UTC)
    rows = [
        ListItem("City trees", "/drafts/1", "WRIT 101", (badge("New"),), ago(now, "UTC", now)),
        ListItem("City trees", "/drafts/2", "WRIT 101", (badge("New"),), ago(now, "UTC", now)),
        ListItem("City trees", "/drafts/1", ("WRIT 101", " · ", "<late>"), (badge("New"),), ago(now, "UTC", now)),
        ListItem("City trees", "/drafts/1", "WRIT 101", (badge("Old"),), ago(now, "UTC", now)),
        ListItem("City trees", "/drafts/1", "WRIT 101", (badge("New"), None), ago(now, "UTC", now + timedelta(days=2))),
        ListItem("City trees", "/drafts/1", "WRIT 101", (), Button("Save", hx_post="/save")),
    ]
    shown = [render(item_list(items=[each]), "n1") for each in rows]
    assert len(set(shown)) == len(rows)
    assert shown == [render(item_list(items=[each]), "n1") for each in rows]
    assert render(item_list(items=[rows[-1]]), "n2").count('hx-nonce="n2"') == 1
    assert "<late>" not in "".join(shown)
