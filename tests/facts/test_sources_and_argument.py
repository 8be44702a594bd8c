"""Citations against the list both ways, marks of argument, words, task and limits."""

from feedforward.facts.gather import facts_of
from feedforward.facts.readability import syllables
from feedforward.facts.registry import FACTS
from feedforward.facts.vocabulary import mattr, mtld

BODY = (
    "Sleep matters for learning (Lee & Mann, 2019). As Okafor (2020) shows, it is short. Others say the same (Lee 42). "
    "It has been known since May (2015 was the year) and in 2016 (see below).\n\n"
)
LIST = "References\n\nLee, A., & Mann, B. (2019). Sleep. Press.\n\nWeber, T. (2011). Awake at night in school. Press."


def test_citations_of_three_styles_are_found_and_bare_years_are_not() -> None:
    assert facts_of(BODY)["citations"].notes == ("Lee and others, 2019", "Okafor, 2020", "Lee")


def test_citations_and_references_are_compared_both_ways() -> None:
    facts = facts_of(BODY + LIST)
    assert facts["citations_without_reference"].notes == ("Okafor, 2020",)
    assert facts["references_without_citation"].notes == ("Weber",)


def test_numbered_citations_match_their_entries() -> None:
    facts = facts_of(
        "It is so [1]. It is not [3].\n\nReferences\n\n[1] A. Lee, Sleep.\n\n[2] B. Mann, Night and day, Press."
    )
    assert facts["citations_without_reference"].notes == ("[3]",)


def test_a_source_named_in_the_text_another_way_is_not_called_uncited() -> None:
    assert facts_of("As Weber writes, it is so.\n\n" + LIST)["references_without_citation"].notes == ("Lee",)


def test_a_long_quotation_without_a_source_is_found_and_one_with_it_is_not() -> None:
    assert facts_of("She said “we were all there on that very day” to us.").value("quotations_without_citation") == 1
    assert facts_of("“We were all there on that very day” (Lee, 2019).").value("quotations_without_citation") == 0


def test_figures_numbers_and_questions_are_counted() -> None:
    facts = facts_of("Is it so? As Figure 2 shows, 40% of the 300 people came in 1999.")
    assert facts.value("questions") == 1
    assert facts.value("figure_mentions") == 1
    assert "40%" in facts["numbers"].notes
    assert "1999" not in facts["numbers"].notes


def test_position_reasons_evidence_and_other_views_are_marked() -> None:
    facts = facts_of(
        "I believe that the school should start later. It is good because we sleep. For example, my brother was awake. "
        "Some people argue that buses are hard to plan. However, they can be moved to the hour that is better for all."
    )
    for name in ("thesis_candidates", "reasons", "evidence", "other_views", "answers_to_other_views"):
        assert facts.value(name) >= 1, name


def test_links_are_told_apart_by_what_they_do() -> None:
    facts = facts_of(
        "First, we ate. However, it was late. Therefore we left. Also, it was the end. In conclusion, it was good."
    )
    for kind in ("sequencing", "contrasting", "causing", "adding", "concluding"):
        assert facts.value(f"links_{kind}") == 1, kind


def test_a_word_repeated_close_together_is_found_and_one_far_apart_is_not() -> None:
    close = "The lantern was old. The lantern was red. We had the lantern. It was a lantern of the house."
    assert facts_of(close)["repeated_words"].notes[0].startswith("lantern|4|")
    spread = (
        "The lantern was there. " + "It was what we had seen and it was in the old green valley by a river. " * 8
    ) * 4
    assert not [note for note in facts_of(spread)["repeated_words"].notes if note.startswith("lantern")]


def test_lexical_diversity_follows_its_definition() -> None:
    assert mattr(["a"] * 100) == 0.02
    assert mattr([]) == 0.0
    assert mtld([str(at) for at in range(60)]) == 60
    assert mtld(["a"] * 60) < 3


def test_syllables_are_near_enough() -> None:
    assert [syllables(word) for word in ("cat", "table", "made", "walked", "beautiful")] == [1, 2, 1, 1, 3]


def test_task_words_are_met_in_other_forms() -> None:
    facts = facts_of(
        "We are driving the cars of the town, and it is safe.", task="Discuss self-driving cars, safety and pollution"
    )
    assert "pollution" in facts["task_words_missing"].notes
    assert "cars" not in facts["task_words_missing"].notes


def test_limits_are_measured_only_where_there_are_any() -> None:
    assert facts_of("One two three.", word_max=2).value("words_over_limit") == 1
    assert facts_of("One two three.", word_min=5).value("words_under_limit") == 2
    assert "words_over_limit" not in facts_of("One two three.")


def test_every_fact_is_registered_with_unit_range_and_source() -> None:
    for name, fact in facts_of(BODY + LIST, task="Discuss sleep and school", word_min=1, word_max=9).by_name.items():
        definition = FACTS[name]
        assert definition.what
        assert definition.source
        assert fact.unit == definition.unit


def test_a_quotation_whose_speaker_is_named_beside_it_is_not_told_to_lack_a_source() -> None:
    for text in (
        "Ann Lee says in her book: “we were all there on that very day” to us.",
        "It was in the paper: “we were all there on that very day,” said Ann Lee to us.",
    ):
        assert facts_of(text).value("quotations_without_citation") == 0


def test_a_number_is_a_figure_and_no_source() -> None:
    facts = facts_of("We have been in the town for 20 years. According to Lee, the town is old. That is what we know.")
    assert facts["evidence"].notes == ("figure", "research")
