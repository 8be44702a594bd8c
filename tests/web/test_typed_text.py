"""A text nobody can see counts as empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.web.typed_text import is_blank


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u200b \u2060\ufeff", "\u3164", "\u2800", "\u00ad", "\n\t"])
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)


@given(
    st.text(
        alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0\u2800"),
        min_size=1,
    )
)
def test_letters_numbers_and_signs_of_any_script_are_not_blank(text: str) -> None:
    assert not is_blank(f"\u200b{text}\u200b")
