"""Sentences from draft to draft: each is told once and in its place, and what is the same never changed."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.drafts.differences import (
    Change,
    ChangeKind,
    Span,
    changed_words,
    differences,
    sentence_spans,
    too_long,
)
from feedforward.extraction.document import Block, BlockKind

OLD = (
    "Schools should open later. Young people sleep too little. The bus leaves at six in the morning. "
    "My sister falls asleep in her first lesson every day. Nobody learns in the dark."
)


def compared(old: str, new: str) -> tuple[Change, ...]:
    return differences(old, new, sentence_spans(old), sentence_spans(new))


def told(old: str, new: str) -> list[tuple[str, list[str], list[str]]]:
    return [
        (str(each.kind), [old[s.start : s.end] for s in each.old], [new[s.start : s.end] for s in each.new])
        for each in compared(old, new)
        if each.kind is not ChangeKind.KEPT
    ]


def test_a_sentence_that_was_added_removed_or_reworded_is_told_with_its_words() -> None:
    new = OLD.replace("Young people sleep too little. ", "").replace("in the morning", "every morning")
    new += " A later start costs a school nothing."
    assert told(OLD, new) == [
        ("removed", ["Young people sleep too little."], []),
        ("reworded", ["The bus leaves at six in the morning."], ["The bus leaves at six every morning."]),
        ("added", [], ["A later start costs a school nothing."]),
    ]


def test_a_sentence_that_stands_elsewhere_has_moved_and_the_others_stayed() -> None:
    first = "Schools should open later. "
    new = OLD.replace(first, "") + " " + first.strip()
    assert told(OLD, new) == [("moved", [first.strip()], [first.strip()])]


def test_a_moved_sentence_may_be_lightly_reworded_but_not_a_different_one() -> None:
    new = OLD.replace("My sister falls asleep in her first lesson every day. ", "")
    lightly = "My sister falls asleep in her first lesson each day."
    assert told(OLD, f"{lightly} {new}")[0][0] == "moved"
    other = "My brother never falls behind in any lesson."
    assert [each[0] for each in told(OLD, f"{other} {new}")] == ["added", "removed"]


def test_a_split_sentence_and_a_joined_one_are_one_change() -> None:
    long = "The bus leaves at six in the morning because the driver has three more schools to reach before eight."
    short = "The bus leaves at six in the morning. The driver has three more schools to reach before eight."
    assert [(kind, len(old), len(new)) for kind, old, new in told(long, short)] == [("reworded", 1, 2)]
    assert [(kind, len(old), len(new)) for kind, old, new in told(short, long)] == [("reworded", 2, 1)]


def test_white_space_and_the_form_of_quotation_marks_are_no_change() -> None:
    assert told("He said “no” twice.\n\nThen he left.", 'He  said "no"\ntwice.\n\nThen he left.') == []


def test_headings_table_rows_and_code_count_line_by_line() -> None:
    text = "A title\nx = 1\ny = 2"
    blocks = (Block(BlockKind.HEADING, 0, 7), Block(BlockKind.CODE, 8, len(text)))
    assert [text[start:end] for start, end in sentence_spans(text, blocks)] == ["A title", "x = 1", "y = 2"]


def test_an_empty_text_beside_a_full_one_is_all_added_or_all_removed() -> None:
    assert {kind for kind, _, _ in told("", OLD)} == {"added"}
    assert {kind for kind, _, _ in told(OLD, "")} == {"removed"}
    assert told("", "") == []


_SENTENCES = st.lists(
    st.sampled_from(
        [
            "Dogs bark.", "Dogs bark at night.", "Dogs bark at night and sleep by day.", "Cats sleep.", "It rained. It",
            "The rain fell on the old roof of the school.", "The rain fell on the roof.", "Why?",
            "最初の文です。", "\n\n",
        ]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip
_TEXTS = st.one_of(_SENTENCES, st.text(max_size=120))


@given(_TEXTS, _TEXTS)
def test_every_sentence_is_in_exactly_one_change_in_order_and_where_it_says(old: str, new: str) -> None:
    old_spans, new_spans = sentence_spans(old), sentence_spans(new)
    changes = differences(old, new, old_spans, new_spans)
    assert Counter(span for each in changes for span in each.old) == Counter(old_spans)
    assert [span for each in changes for span in each.new] == new_spans
    for each in changes:
        assert bool(each.old) == (each.kind is not ChangeKind.ADDED)
        assert bool(each.new) == (each.kind is not ChangeKind.REMOVED)
        assert list(each.old) == sorted(each.old)
        if each.kind is ChangeKind.KEPT:
            assert each.likeness == 1
    stayed = [each.old[0] for each in changes if each.kind in (ChangeKind.KEPT, ChangeKind.REWORDED)]
    assert stayed == sorted(stayed)
    for text, spans in ((old, old_spans), (new, new_spans)):
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@given(_TEXTS)
def test_a_text_beside_itself_is_all_kept(text: str) -> None:
    assert {each.kind for each in compared(text, text)} <= {ChangeKind.KEPT}


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_of_both_wordings_are_their_texts_again(old: str, new: str) -> None:
    was, now = changed_words(old, new)
    assert ("".join(each.text for each in was), "".join(each.text for each in now)) == (old, new)
    assert [each.text for each in was if not each.changed] != [""]


def test_only_the_words_that_differ_are_marked() -> None:
    was, now = changed_words("The bus leaves at six in the morning.", "The bus leaves at six every morning.")
    assert [each.text for each in was if each.changed] == ["in the"]
    assert [each.text for each in now if each.changed] == ["every"]


def _long(words: int, step: int) -> str:
    """Sentences of 14 words, of which every `step`th differs."""
    return " ".join(
        f"Sentence {place} says that the {place * 7 % 997} birds over town {place % 89} are counted "
        f"{'twice' if place % step else 'never'} each year."
        for place in range(words // 14)
    )


@pytest.mark.parametrize(("words", "most"), [(3_000, 0.3), (20_000, 2.0)])
def test_long_drafts_are_compared_in_their_time(words: int, most: float) -> None:
    old, new = _long(words, 3), _long(words, 4)
    spans = sentence_spans(old), sentence_spans(new)
    taken = []
    for _ in range(3):
        started = time.process_time()
        differences(old, new, *spans)
        taken.append(time.process_time() - started)
    assert min(taken) < most


@pytest.mark.parametrize("text", ["word " * 20_000, "The cat sat. " * 4_000, "字" * 20_000])
def test_texts_made_to_be_slow_are_not(text: str) -> None:
    started = time.process_time()
    compared(text, text[: len(text) // 2] + "Other words came in here. " + text[len(text) // 3 :])
    assert time.process_time() - started < 3


def test_what_no_page_could_compare_in_time_is_said_to_be_too_long() -> None:
    assert too_long([Span(0, 1)] * 2_001, [])
    assert not too_long(sentence_spans(_long(25_000, 2)))
