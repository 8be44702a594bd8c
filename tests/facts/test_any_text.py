"""Whatever the text is, facts come without an exception and their places lie in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.facts.gather import facts_of

PIECES = st.sampled_from(
    ["The ", "i ", "because ", "word", "“", "”", "(Lee, 2019)", "[1]",
     ". ", ",", "\n\n", "References\n\n", "Dr. ", "?", "…", "’s ",
     "however, ", "\u200b", "狗", "é", "1.5 ", "the the ", "\n", "…", "-", "a ", "it was ", "U.S. "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=120).map("".join)))
def test_any_text_gives_facts_whose_places_lie_in_it(text: str) -> None:
    facts = facts_of(text, task=text[:50], word_min=3, word_max=8)
    for fact in facts.by_name.values():
        low, high = fact.range
        assert fact.value >= low
        assert high is None or fact.value <= high, fact.name
        assert len(fact.notes) in {0, len(fact.places)} or not fact.places
        for start, end in fact.places:
            assert 0 <= start < end <= len(text), fact.name
