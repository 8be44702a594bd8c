"""A reader's quote is found where it stands, however it was copied, and never where it does not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.answer import QuoteMatch
from feedforward.assessment.quotes import find_quote
from tests.assessment.made import DRAFT


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "“”",
        "night trains should be forbidden everywhere",
        "costs",
        "the",
        "a day",
        "Paris to Vienna costs less",
        "every line makes a profit nowadays in Europe",
        "… [...] ...",
    ],
)
def test_what_is_not_there_or_says_nothing_is_not_found(quote: str) -> None:
    draft = DRAFT + " the costs of a day; the costs of a day"
    assert find_quote(quote, draft) is None


@pytest.mark.parametrize(
    ("quote", "match", "found"),
    [
        ("They save a day of travel", QuoteMatch.EXACT, "They save a day of travel"),
        ("“They save a day of travel”", QuoteMatch.EXACT, "They save a day of travel"),
        ("they SAVE a day  of\ntravel", QuoteMatch.NORMALISED, "They save a day of travel"),
        ("I believe that's a price", QuoteMatch.NORMALISED, "I believe that’s a price"),
        ("track fees alone - so the state", QuoteMatch.NORMALISED, "track fees alone – so the state"),
        ("in a hotel. However, most lines", QuoteMatch.NORMALISED, "in a hotel.\n\nHowever, most lines"),
        ("They save a day ... in a hotel.", QuoteMatch.NORMALISED, "They save a day of travel and a night in a hotel."),
        ("...most lines lose money…", QuoteMatch.NORMALISED, "most lines lose money"),
        ("A ticket [...] costs less", QuoteMatch.NORMALISED, "A ticket from Vienna to Paris costs less"),
        ("They save a full day of travel and a night", QuoteMatch.FUZZY, None),
        ("flights cost the climat much more", QuoteMatch.FUZZY, None),
        ("Vienna", QuoteMatch.EXACT, "Vienna"),
    ],
)
def test_the_draft_s_own_words_come_back(quote: str, match: QuoteMatch, found: str | None) -> None:
    result = find_quote(quote, DRAFT)
    assert result is not None
    where, how = result
    assert how is match
    assert DRAFT[where.start : where.end] == where.text
    if found is not None:
        assert where.text == found


def test_a_quote_prefers_whole_words() -> None:
    found = find_quote("the art of war", "Bathe art of warts. We read the art of war.")
    assert found is not None
    assert found[0].start == len("Bathe art of warts. We read ")


def test_scripts_without_spaces_are_quoted_too() -> None:
    draft = "我认为学生应该每天读书。因为读书让人思考。"
    found = find_quote("学生应该每天读书", draft)
    assert found is not None
    assert found[0].text == "学生应该每天读书"
    assert find_quote("读书", draft) is None


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_passage_of_a_text_is_found_as_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = find_quote(text[start:end], text)
    if found is not None:
        assert text[found[0].start : found[0].end] == found[0].text


def test_long_drafts_are_searched_quickly() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(20_000)]
    draft = " ".join(words)
    passage = " ".join(words[-30:-10])
    started = time.perf_counter()
    assert find_quote(passage, draft) is not None
    assert find_quote(passage.upper().replace(" ", "  "), draft) is not None
    assert time.perf_counter() - started < 0.2


def test_a_quote_made_to_be_slow_is_not() -> None:
    started = time.perf_counter()
    find_quote("a a ... a a ... a b ... a c", "a " * 40_000)
    find_quote("'a" * 200, "a'" * 40_000)
    assert time.perf_counter() - started < 3
