"""The draft's own words leave a text and come back exactly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.storage.passages import ERASED, fill_passages, lift_passages
from tests.assessment.made import DRAFT

COPIED = "They save a day of travel and a night in a hotel"


def test_a_copied_run_is_lifted_and_erased() -> None:
    text = f"You write “{COPIED}”, which is a reason."
    lifted = lift_passages(text, DRAFT)
    assert lifted.template == "You write “⟦1⟧”, which is a reason."
    assert lifted.passages == (COPIED,)
    assert fill_passages(lifted.template, lifted.passages) == text
    assert fill_passages(lifted.template, None) == f"You write “{ERASED}”, which is a reason."


def test_a_run_in_other_case_and_punctuation_is_lifted_as_it_stands() -> None:
    text = "you say: THEY save – a day of travel, and a Night in a hotel!"
    assert lift_passages(text, DRAFT).passages == ("THEY save – a day of travel, and a Night in a hotel",)


def test_seven_words_stay() -> None:
    text = "You say they save a day of travel and."
    assert lift_passages(text, DRAFT).passages == ()
    assert lift_passages(text, DRAFT, minimum_words=7).passages == ("they save a day of travel and",)


def test_runs_across_paragraphs_and_several_runs_are_lifted() -> None:
    text = (
        f"{COPIED}. However, most lines lose money. Elsewhere: a price worth paying, because flights cost the climate."
    )
    passages = lift_passages(text, DRAFT).passages
    assert len(passages) == 2
    assert passages[0].endswith("most lines lose money")


def test_scripts_without_spaces_count_characters() -> None:
    assert lift_passages("他写道学生应该每天读书，很好。", "我认为学生应该每天读书。").passages == ("学生应该每天读书",)


@pytest.mark.parametrize("text", ["⟦1⟧", "⟦⟦1⟧⟧", "⟦", "⟧", "⟦⟦⟦", f"⟦1⟧{COPIED}⟦2⟧", f"⟦{COPIED}⟧"])
def test_text_that_looks_like_markers_survives(text: str) -> None:
    lifted = lift_passages(text, DRAFT)
    assert fill_passages(lifted.template, lifted.passages) == text


def test_a_marker_without_its_passage_reads_as_erased() -> None:
    assert fill_passages("⟦2⟧", ("one",)) == ERASED


TEXTS = st.text(alphabet="ab ⟦⟧1.é漢", max_size=60)


@given(TEXTS, TEXTS, st.integers(1, 4))
def test_filling_is_the_inverse_of_lifting(text: str, draft: str, minimum: int) -> None:
    lifted = lift_passages(text, draft, minimum_words=minimum)
    assert fill_passages(lifted.template, lifted.passages) == text
    assert all(passage in text for passage in lifted.passages)


@given(st.lists(st.sampled_from(["red", "Blue", "green", "grey"]), min_size=8, max_size=30), st.data())
def test_no_run_of_the_draft_stays_behind(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 8))
    copied = " ".join(words[start : start + 8])
    lifted = lift_passages(f"You say {copied} there.", " ".join(words))
    assert copied not in lifted.template
    assert "You say" in lifted.template
