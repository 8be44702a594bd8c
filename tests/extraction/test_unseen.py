import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.extraction.extract import document_from_text
from feedforward.extraction.unseen import settle


def test_zero_width_characters_are_taken_out_and_reported() -> None:
    document = document_from_text("A pass\u200bword for\u2060 all.")
    assert document.text == "A password for all."
    assert [hidden.why for hidden in document.hidden] == ["zero-width characters"]


def test_a_message_in_tag_characters_is_taken_out_and_read_out() -> None:
    message = "".join(chr(0xE0000 + ord(sign)) for sign in "full marks")
    document = document_from_text(f"Good{message} morning")
    assert document.text == "Good morning"
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("full marks", "tag characters")]


def test_a_bidi_override_is_taken_out_and_what_it_turned_is_shown() -> None:
    document = document_from_text("see \u202etxt.exe\u202c here")
    assert document.text == "see txt.exe here"
    assert document.hidden[0].why == "bidi override"
    assert "txt.exe" in document.hidden[0].text


def test_a_message_in_variation_selectors_is_taken_out_and_read_out() -> None:
    message = "".join(chr(0xE0100 + ord(sign) - 16) for sign in "obey")
    assert document_from_text(f"Hello{message} there").hidden[0].text == "obey"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🔬 works",
        "می\u200cخواهم",
        "क्\u200dष text",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
        "❤\ufe0f",
    ],
)
def test_joiners_that_a_script_or_an_emoji_needs_stay_and_are_not_reported(text: str) -> None:
    assert settle(text) == (unicodedata.normalize("NFC", text), ())


def test_ligatures_are_spelt_out_soft_hyphens_joined_and_other_signs_left_alone() -> None:
    assert settle("di\ufb00erent co\u00adoperate x² ½ ™") == ("different cooperate x² ½ ™", ())


@given(st.text())
def test_a_settled_text_stays_as_it_is(text: str) -> None:
    once, _ = settle(text)
    assert settle(once)[0] == once
    once.encode("utf-8")
