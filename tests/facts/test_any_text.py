"""Whatever the text is, facts come without an exception and their places lie in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.facts.gather import facts_of

PIECES = st.sampled_from(
    ["The ", "i ", "because ", "word", "“", "”", "(Lee, 2019)", "[1]",
     ". ", ",", "\n\n", "References\n\n", "Dr. ", "?", "…", "’s ",
     "however, ", "\u200b", "狗", "é", "1.5 ", "the the ", "\n", "…", "-", "a ", "it was ", "U.S. ",
     "Figure 2", "Table 1: ", "(Lee 4)", "Lee, A. (2019). ", "you ", "don't ", "!", "«", "»", "图3", "。", "؟"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=120).map("".join)))
def test_any_text_gives_facts_whose_places_lie_in_it(text: str) -> None:
    facts = facts_of(text, task=text[:50], word_min=3, word_max=8)
    assert facts.by_name == facts_of(text, task=text[:50], word_min=3, word_max=8).by_name
    assert not set(facts.left_out) & set(facts.by_name)
    for fact in facts.by_name.values():
        low, high = fact.range
        assert fact.value >= low
        assert high is None or fact.value <= high, fact.name
        assert len(fact.notes) in {0, len(fact.places)} or not fact.places
        for start, end in fact.places:
            assert 0 <= start < end <= len(text), fact.name


@pytest.mark.parametrize(
    "piece",
    [
        "word ", "We went home because it was late (Lee, 2019). ", "A. A. A: a, ", "“we “",
        "Lee, ", "狗", "a-", "a", "Aa", "(",
        "Figure 1 and 2, ", "the the ", "1. Anna Lee, Sleep, ", "\u0301", "a\n\n",
    ],
)  # fmt: skip
def test_a_text_of_twenty_thousand_words_made_to_slow_its_reader_does_not(piece: str) -> None:
    body = piece * (20_000 // max(1, len(piece.split())))
    entries = "\n\nReferences\n\n" + "\n".join(f"Lee, A. ({1900 + at % 100}). Sleep. {piece * 9}" for at in range(9))
    began = time.process_time()
    facts_of(body + entries, task="Discuss words and sleep")
    assert time.process_time() - began < 20
