"""Measures of whole texts and signs of grammar trouble."""

import math

import pytest

from feedforward.facts.grammar_signs import SIGNS, grammar_signs
from feedforward.facts.measures import MEASURES, everyday_word_rates, measures_of, most_used_words
from feedforward.facts.prose import prose_of

PLAIN = "Parks help towns. We walk there in the morning, and our children play in the afternoon."


def test_a_text_without_words_has_no_measures() -> None:
    assert measures_of(prose_of("")) == {}
    assert measures_of(prose_of("12 + 13.")) == {}


def test_every_measure_is_documented_and_every_documented_one_is_taken() -> None:
    assert set(measures_of(prose_of(PLAIN))) == set(MEASURES)


def test_measures_are_what_they_say() -> None:
    found = measures_of(prose_of("One two two. Three, three, three?"))
    assert found["log_words"] == pytest.approx(math.log(6))
    assert found["log_types"] == pytest.approx(math.log(3))
    assert found["hapax_types"] == pytest.approx(1 / 3)
    assert found["marks_comma"] == pytest.approx(math.sqrt(200 / 6))
    assert found["log_sentences"] == pytest.approx(math.log(2))
    assert found["short_sentences"] == 1


def test_unknown_words_raise_their_rate() -> None:
    assert measures_of(prose_of(PLAIN))["unknown_words"] == 0
    assert measures_of(prose_of(PLAIN.replace("towns", "tonws")))["unknown_words"] > 0


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("She want a dog.", "she base"),
        ("They wants a dog.", "they s"),
        ("He can helped me.", "modal inflected"),
        ("I can going home.", "to ing"),
        ("This is show the way.", "be base"),
        ("I have went home.", "have past"),
        ("It was a dogs.", "one plural"),
        ("There were many student in there.", "many singular"),
        ("I went with he.", "subject after preposition"),
        ("It is good because is cheap.", "no subject"),
        ("A school is for learn.", "for base"),
        ("I do not know nothing.", "double negative"),
        ("This is better then that.", "confused"),
        ("I went home and it is late.", "tense mix"),
        ("Much students came.", "much plural"),
        ("He going home.", "ing after subject"),
        ("The is big.", "article verb"),
        ("The my dog is big.", "two articles"),
    ],
)
def test_each_sign_is_seen_where_it_stands(text: str, sign: str) -> None:
    assert grammar_signs(prose_of(text))[sign] == 1
    assert sign in SIGNS


def test_plain_english_has_no_signs() -> None:
    assert not grammar_signs(prose_of(PLAIN))


def test_words_in_two_sentences_or_with_a_mark_between_are_no_pair() -> None:
    assert not grammar_signs(prose_of("I walked with her. He came later, and she, want it or not, left."))


def test_the_most_used_words_are_a_closed_list_of_english() -> None:
    words = most_used_words(20)
    assert len(words) == 20
    assert {"the", "and", "of"} <= set(words)
    rates = everyday_word_rates(prose_of(PLAIN), words)
    assert set(rates) == set(words)
    assert rates["the"] > 0
