"""Paragraphs against thesis and task, readability by formula, persons, claims, and other languages."""

import pytest

from feedforward.facts.gather import facts_of
from feedforward.facts.registry import FACTS

OPENING = "Cities are loud and full. I believe that every city should build more parks for its children."
ON = (
    "Parks give children in a city a place where they can run. They meet others there, and they learn to share what "
    "they have found in the grass or in the sand by the water."
)
OFF = (
    "My uncle bought a red boat when the summer came, and he painted it at night with a brush that he had made of old "
    "rope. Nobody knew why it smelled of fish and oil for so many weeks."
)
CLOSING = "In conclusion, more parks would help."


def test_a_paragraph_that_takes_up_no_word_of_the_thesis_is_found() -> None:
    facts = facts_of(f"{OPENING}\n\n{ON}\n\n{OFF}\n\n{CLOSING}", task="Should a city build parks for children?")
    assert facts["paragraphs_off_thesis"].notes == ("paragraph 3",)
    assert facts["paragraphs_off_task"].notes == ("paragraph 3",)
    assert facts.value("thesis_overlap") == 0.5
    assert facts.value("task_overlap") == 0.5


def test_a_paragraph_whose_sentences_share_nothing_is_loose() -> None:
    end = "The dog was in the house with a man of it."
    loose = f"Boats sail far. Bread smells good. Towers fall down. Music plays loudly. {end}"
    tied = f"Boats sail far. Boats need wind. The wind pushes boats. Wind drives boats. {end}"
    assert facts_of(loose).value("loose_paragraphs") == 1
    assert facts_of(tied).value("loose_paragraphs") == 0


def test_reading_formulas_follow_their_definitions() -> None:
    facts = facts_of("The animal sat on the carpet. It was a remarkably beautiful creature.")
    words, sentences, letters, hard = 12, 2, 56, 3
    assert facts.value("gunning_fog") == pytest.approx(0.4 * (words / sentences + 100 * hard / words), abs=1e-3)
    assert facts.value("smog") == pytest.approx(1.043 * (30 * hard / sentences) ** 0.5 + 3.1291, abs=1e-3)
    assert facts.value("coleman_liau") > 0
    assert facts.value("coleman_liau") == pytest.approx(
        max(0, 5.88 * letters / words - 29.6 * sentences / words - 15.8), abs=1e-3
    )
    assert facts.value("automated_readability") == pytest.approx(
        max(0, 4.71 * letters / words + 0.5 * words / sentences - 21.43), abs=1e-3
    )
    assert facts.value("lix") == pytest.approx(words / sentences + 100 * 3 / words, abs=1e-3)


def test_a_turn_from_i_to_you_is_seen_and_you_alone_is_not() -> None:
    assert facts_of("I like the sea. You can swim there for hours.").value("person_shifts") == 1
    assert facts_of("You like the sea. You can swim there for hours.").value("person_shifts") == 0


def test_a_claim_alone_in_the_middle_is_found_and_one_with_a_reason_is_not() -> None:
    bare = "Schools must stop this. The day was long for all of them. It ended at four."
    proved = "Schools must stop this. It is bad because the day is long for all of them."
    whole = "This is what we think of it.\n\n{}\n\nThat was all there is to say."
    assert facts_of(whole.format(bare)).value("claims_without_support") == 1
    assert facts_of(whole.format(proved)).value("claims_without_support") == 0


def test_short_forms_are_counted_and_possessives_are_not() -> None:
    assert facts_of("We don't know, it's late, and the dog's bowl is there.").value("contractions") == 2


def test_a_title_without_a_mark_is_not_taken_for_the_introduction() -> None:
    facts = facts_of("A day by the sea\n\nWe went to the sea and it was cold.\n\nWe left.")
    place = facts["introduction_share"].places[0]
    assert facts.prose.text[place.start : place.end].startswith("We went")


def test_chinese_is_counted_by_signs_and_what_rests_on_words_is_left_out() -> None:
    facts = facts_of("狗在房子里。\n我们叫它，它不肯出来！")
    assert (facts.language, facts.value("words"), facts.value("paragraphs")) == ("Chinese", 14, 2)
    assert facts.value("exclamations") == 1
    assert {"mattr", "lix", "misspellings", "links_adding"} <= set(facts.left_out)
    assert not {"words", "code_lines", "words_over_limit"} & set(facts.left_out)
    assert "Readability" in facts.groups_left_out


def test_english_leaves_nothing_out_but_what_the_task_does_not_ask() -> None:
    left = facts_of(f"{OPENING}\n\n{ON}").left_out
    assert left == ()


def test_every_english_fact_is_absent_from_a_portuguese_text() -> None:
    facts = facts_of("O cachorro estava na casa e não saía por nada que a gente tinha para ele.")
    assert facts.language == "Portuguese"
    assert not [name for name in facts.by_name if FACTS[name].english_only]
    assert set(facts.left_out) == {name for name, each in FACTS.items() if each.english_only}
