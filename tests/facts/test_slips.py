"""Slips that are found, and near misses that are left alone."""

import pytest

from feedforward.facts.gather import Facts, facts_of

FILL = " That is what they said to us in the house by the sea."


def found(text: str, name: str) -> list[str]:
    facts: Facts = facts_of(text + FILL)
    return [facts.prose.text[place.start : place.end] for place in facts[name].places]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("becuase", "because"),
        ("enviroment", "environment"),
        ("oportunity", "opportunity"),
        ("alot", "a lot"),
        ("studenst", "students"),
        ("desicion", "decision"),
        ("clases", "class"),
        ("exprience", "experience"),
    ],
)
def test_a_misspelling_comes_with_the_likely_word(wrong: str, right: str) -> None:
    facts = facts_of(f"We did it {wrong} of the rain." + FILL)
    assert facts["misspellings"].notes == (right,)


@pytest.mark.parametrize(
    "word",
    [
        "juxtaposition",
        "attentiveness",
        "Nakamura",
        "organisation",
        "colour",
        "travelling",
        "heteroscedasticity",
        "procrastination",
        "wisp",
        "thaw",
        "counterargument",
        "schoolwork",
        "repurposing",
        "unlearnable",
        "swerving",
        "gentrification",
        "unaffordable",
        "paratransit",
        "chatbot",
        "manger",
        "backend",
    ],
)
def test_rare_words_names_and_both_spellings_are_no_misspellings(word: str) -> None:
    assert found(f"We saw the {word} of it.", "misspellings") == []


def test_a_word_near_to_no_other_is_a_misspelling_only_where_many_are_surely_misspelt() -> None:
    weak = "We did it becuase of the enviroment and the oportunity, and the qouxet was there."
    assert facts_of(weak)["misspellings"].notes == ("because", "environment", "opportunity", "")
    assert facts_of("We did it for the rain, and the qouxet was there." + FILL).value("misspellings") == 0


def test_a_saying_in_another_language_holds_no_misspellings() -> None:
    saying = "As my grandmother said, hay que tomar el toro por los cuernos para tener una vida mejor siempre."
    assert facts_of(saying + FILL * 3).value("misspellings") == 0


def test_a_suggestion_never_startles_and_a_term_of_the_subject_is_left_alone() -> None:
    assert "fuck" not in facts_of("We ran fsck and fukc on it." + FILL)["misspellings"].notes
    assert facts_of("The furbo was red. Each furbo is new. No furbo was seen." + FILL).value("misspellings") == 0


def test_twenty_thousand_words_that_nobody_knows_are_no_work_without_end() -> None:
    words = " ".join(
        f"{a}{b}{c}qz{d}" for a in "bcdfghklmn" for b in "aeiou" for c in "bcdfghklmnprst" for d in "aeiou"
    )
    facts = facts_of(("The people of this house said that it was " + words + ". ") * 2 + FILL * 400)
    assert len({facts.prose.text[place.start : place.end] for place in facts["misspellings"].places}) <= 300


def test_a_word_of_the_task_is_never_a_misspelling() -> None:
    text = "We saw the oportunity of it." + FILL
    assert facts_of(text, task="Discuss the oportunity").value("misspellings") == 0


@pytest.mark.parametrize(
    ("name", "text", "passages"),
    [
        ("doubled_words", "We saw the the house.", ["the the"]),
        ("doubled_words", "He had had enough; so that that was it.", []),
        ("lower_case_i", "Then i saw it and i'm glad.", ["i", "i'm"]),
        ("lower_case_i", "Some (i) cases, i.e. these, and part i) here.", []),
        ("missing_apostrophes", "We dont know and cant say.", ["dont", "cant"]),
        ("missing_apostrophes", "It lost its way, and the well was dry.", []),
        ("missing_spaces", "We came,saw and left.", ["came,"]),
        ("missing_spaces", "It cost 3,500 at www.shop.com,and a.b was there.", []),
        ("spaces_before_marks", "We came , and left .", ["came ,", "left ."]),
        ("word_form_slips", "They could of won.", ["could of"]),
        ("word_form_slips", "We could of course win.", []),
        ("word_form_slips", "She didn't went home.", ["didn't went"]),
        ("word_form_slips", "It was an hour, a university, a one-way street and a European law.", []),
        ("word_form_slips", "Does he have time? Should she do it?", []),
        ("word_form_slips", "They lost there homework and found some thing.", ["there homework", "some thing"]),
        ("word_form_slips", "Put it over there. There own the rest. It is out there own or not.", ["There own"]),
        ("word_form_slips", "He do not like it, and so does he.", ["He do"]),
        ("word_form_slips", "She want it. Did she want it? Let her know he make it.", ["She want", "he make"]),
        ("word_form_slips", "I have went to the doctor my self everyday.", ["have went", "my self", "everyday"]),
        ("word_form_slips", "My self-esteem is an everyday matter.", []),
        ("word_form_slips", "Its a dog and its tail has it's own mind.", ["Its a", "it's own"]),
        ("word_form_slips", "One of the reason is this. One of the problem areas is that.", ["One of the reason"]),
        ("word_form_slips", "To this people come, and all of this people know.", ["this people"]),
        ("word_form_slips", "It could has been. In May will has no vote.", ["could has"]),
        ("doubled_words", "What you want you you will have, and I gave it it back.", []),
        ("fragments", "We stayed home. Because the student would not care at all.",
         ["Because the student would not care at all."]),
        ("comma_splices", "We walked to the old house, it was empty that day.", ["house, it was"]),
        ("comma_splices", "When we walked to the old house, it was empty that day.", []),
        ("comma_splices", "In the end of that long day, it was empty there.", []),
        ("fragments", "We stayed. Because it was fun.", ["Because it was fun."]),
        ("fragments", "Why did we stay? Because it was fun.", []),
        ("fragments", "Because it was late, we stayed.", []),
        ("lower_case_starts", "We came. we left.", ["we"]),
    ],
)  # fmt: skip
def test_certain_slips_are_found_and_near_misses_are_not(name: str, text: str, passages: list[str]) -> None:
    assert found(text, name) == passages


def test_a_sentence_without_end_is_a_run_on_and_a_well_marked_long_one_is_not() -> None:
    endless = "we went there and then we saw it and it was big so we ran and they ran and " * 4 + "it ended."
    marked = "We saw, in this order, " + ", ".join(["the old house of a friend"] * 12) + "."
    assert found(endless, "run_ons")
    assert not found(marked, "run_ons")


def test_a_last_sentence_without_a_mark_is_found() -> None:
    facts = facts_of("We went to the house that stood by the sea and it was closed for the")
    assert facts.value("missing_end_marks") == 1


def test_a_paragraph_broken_in_the_middle_of_a_sentence_does_not_miss_its_mark() -> None:
    start = "We went to the house that stood by the sea and it was closed for the"
    assert facts_of(f"{start}\n\nPublic that came after us.").value("missing_end_marks") == 0
    assert facts_of(f"{start} day\n\nPublic things came after us.").value("missing_end_marks") == 1


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("The students doesn't want to do it. One of the students doesn't want it.", ["students doesn't"]),
        ("It helps you to prepared for it. We are used to needed changes.", ["to prepared"]),
        ("They can decided on it. What you can need is that.", ["can decided"]),
        ("It is good for each students. The people of another people's town.", ["each students"]),
    ],
)
def test_forms_that_do_not_go_together_are_found_and_their_near_misses_left(text: str, passages: list[str]) -> None:
    assert found(text, "word_form_slips") == passages
