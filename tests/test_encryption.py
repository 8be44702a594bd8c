"""Sealing: only the right key at the right place opens it, and damage is told as what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.encryption import CannotDecrypt, KeyRing, new_content_key, seal, unseal

KEY = new_content_key()


@given(st.binary(max_size=2000), st.text(max_size=20))
def test_what_was_sealed_opens_again(content: bytes, place: str) -> None:
    assert unseal(KEY, seal(KEY, content, place), place) == content


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_changed_or_shortened_value_does_not_open(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, content, "file"))
    position = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(CannotDecrypt):
        unseal(KEY, bytes(sealed[:position]), "file")
    sealed[position] ^= 1
    with pytest.raises(CannotDecrypt):
        unseal(KEY, bytes(sealed), "file")


def test_a_value_moved_to_another_place_or_key_does_not_open() -> None:
    sealed = seal(KEY, b"words", "comment")
    for key, place in ((KEY, "summary"), (new_content_key(), "comment")):
        with pytest.raises(CannotDecrypt):
            unseal(key, sealed, place)


def test_the_same_content_never_looks_the_same_twice() -> None:
    assert seal(KEY, b"words", "x") != seal(KEY, b"words", "x")


def test_a_key_wrapped_under_another_secret_tells_which_setting_differs() -> None:
    wrapped = KeyRing("one secret").wrap(KEY)
    assert KEY not in wrapped
    with pytest.raises(CannotDecrypt, match="FEEDFORWARD_SECRET_KEY"):
        KeyRing("another secret").unwrap(wrapped)
    assert KeyRing("one secret").unwrap(wrapped) == KEY
