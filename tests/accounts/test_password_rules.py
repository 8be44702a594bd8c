"""Which passwords are taken: the easily guessed are named as such, long and unusual ones pass, nothing is cut off."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.accounts.password_rules import (
    LEAST_PASSWORD,
    MOST_PASSWORD,
    guesses,
    normalised,
    own_words,
    problem_with_password,
)
from feedforward.accounts.passwords import _fits, _nobody, hash_password


def problem(password: str, *place: str) -> str | None:
    return problem_with_password(password, email="ada@weather.example.edu", name="Ada Lovelace", place=place)


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * 201])
def test_too_short_and_too_long_is_told_with_the_number(password: str) -> None:
    told = problem(password)
    assert told is not None
    assert str(LEAST_PASSWORD) in told or str(MOST_PASSWORD) in told


@pytest.mark.parametrize(
    "password",
    ["password1234", "P@ssw0rd!!!!", "qwertyuiop123", "aaaaaaaaaaaa", "123456789012", "letmeinletmein",
     "1qaz2wsx3edc4rfv", "iloveyou1234", "international", "the the the the", "London2026!!", "a1!" * 60,
     "passwordpasswordpassword"],
)  # fmt: skip
def test_what_thieves_try_first_is_refused_however_it_is_dressed(password: str) -> None:
    told = problem(password)
    assert told is not None
    assert "guessed" in told


@pytest.mark.parametrize("password", ["ada.lovelace.1", "Weather-Lovelace", "FeedForward!Ada", "Lovelace Lovelace"])
def test_ones_own_name_and_address_and_the_product_are_no_password(password: str) -> None:
    told = problem(password)
    assert told is not None
    assert "your name" in told


def test_the_name_of_the_institution_counts_as_known() -> None:
    assert problem("Nordhausen-7q2") is None
    told = problem("Nordhausen-7q2", "University of Nordhausen")
    assert told is not None
    assert "this place" in told


@pytest.mark.parametrize(
    "password",
    ["a quiet desk by the window", "correct horse battery staple", "kX9#vQ2!pLw8", "blaue tinte am fenster",
     "ада пьёт чай утром", "blue whale sky ink", "!?§$%&/()=#*"],
)  # fmt: skip
def test_a_few_unrelated_words_or_random_signs_are_taken(password: str) -> None:
    assert problem(password) is None


@given(st.text(max_size=MOST_PASSWORD))
def test_every_text_gets_an_answer_and_none_repeats_the_password(password: str) -> None:
    told = problem(password)
    assert told is None or len(password) < 5 or password not in told


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_more_text_is_never_much_easier_to_guess(text: str, more: str) -> None:
    assert guesses(text, frozenset()) >= 0
    assert guesses(text + more, frozenset()) >= guesses(text, frozenset()) - 4.5


def test_the_longest_password_is_judged_within_a_moment() -> None:
    guesses("warm up", own_words(""))
    for password in ("x" * MOST_PASSWORD, "a1!" * 66, "password" * 25, "q1w2" * 50):
        started = time.process_time()
        problem(password)
        assert time.process_time() - started < 0.15


def test_a_hash_costs_whoever_guesses_as_much_as_owasp_asks_for() -> None:
    stored = hash_password("a quiet desk by the window")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _nobody().startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _fits("a quiet desk by the window", stored)


def test_nothing_is_cut_off_and_every_keyboard_writes_the_same_password() -> None:
    long = "a quiet desk by the window " * 7
    assert not _fits(long[:-1] + "x", hash_password(long))
    composed = unicodedata.normalize("NFC", "fünf größere Tische im Hof")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert _fits(decomposed, hash_password(composed))
    assert normalised("ﬁne") == "fine"
