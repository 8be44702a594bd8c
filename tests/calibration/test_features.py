"""Facts and scores as numbers to learn from."""

import math

from hypothesis import given
from hypothesis import strategies as st

from feedforward.calibration.feature_groups import GROUP_SHARES, group_of
from feedforward.calibration.features import features_of_scores, features_of_text
from feedforward.facts.gather import facts_of

ENGLISH = "Parks are good for towns. People walk there, and children play because there is room.\n\n" * 8


def test_scores_that_were_not_given_are_not_there() -> None:
    assert features_of_scores({"Ideas": None, "Style": 2.5}) == {"own:Style": 2.5}


def test_a_text_in_another_language_has_no_english_words_or_facts() -> None:
    found = features_of_text(facts_of("A cidade precisa de mais parques, e todos sabem disso muito bem. " * 20))
    assert not any(name.startswith("word:") for name in found)
    assert "text:misspellings" not in found
    assert "text:log_words" in found


def test_every_feature_of_an_english_text_is_finite_and_of_a_known_group() -> None:
    found = features_of_text(facts_of(ENGLISH))
    assert {group_of(name) for name in found} == set(GROUP_SHARES)
    assert all(math.isfinite(value) for value in found.values())
    assert found == features_of_text(facts_of(ENGLISH))


@given(st.text(max_size=200))
def test_any_text_has_finite_features(text: str) -> None:
    assert all(math.isfinite(value) for value in features_of_text(facts_of(text)).values())
