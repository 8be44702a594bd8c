"""Names leave a text and come back, cited authors stay, and every place is known on both sides."""
# ruff: noqa: E501

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.inspection.names import Person
from feedforward.inspection.pseudonyms import Roster
from tests.inspection.made_rosters import essay, roster

ANNA = Person(("Anna Müller",), ("anna@school.example",), ("s123456",))
ROSTER = Roster([ANNA, Person(("García Núñez, José",)), Person(("李小明",)), Person(("Mark Young",))])


def sent(text: str) -> str:
    return ROSTER.replace(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Müller and I agree.", "[Person 1] and I agree."),
        ("I asked ANNA MUELLER’s sister.", "I asked [Person 1]’s sister."),
        ("I asked A. Müller.", "I asked [Person 1]."),
        ("We met Anna\nMuller there.", "We met [Person 1] there."),
        ("then jose garcia came", "then [Person 2] came"),
        ("Pepe came late.", "[Person 2] came late."),
        ("昨天李小明来了，小明很高兴。", "昨天[Person 3]来了，[Person 3.2]很高兴。"),
        ("Write to anna@school.example or x.y@z.example.", "Write to [Person 1] or [Person contact 1]."),
        ("My number is S123456.", "My number is [Person 1]."),
        ("Call +49 151 2345678 today.", "Call [Person contact 1] today."),
        ("Matrikelnummer: 7654321", "Matrikelnummer: [Person contact 1]"),
    ],
)
def test_who_is_on_the_roster_is_replaced(text: str, expected: str) -> None:
    assert sent(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Young people mark the day.", "Müller (2019) disagrees, and Müller is right.", "See García Núñez et al. (2020).", "The writer Herta Müller won the prize.",
        "Anna Karenina is a novel.", "From 1914-1918 there were 1,234,567 of them.", "Annabelle sang.", "The mark is good.",
        "Müller, K. (2012). The long night. Oxford.", "ISBN 978-3-16-148410-0",
    ],
)  # fmt: skip
def test_cited_authors_other_people_and_everyday_words_stay(text: str) -> None:
    assert sent(text) == text


def test_an_answer_about_people_and_its_quotes_get_the_names_back() -> None:
    replaced = ROSTER.replace("Anna said no. ANNA laughed, and José left.")
    assert replaced.text == "[Person 1] said no. [Person 1.2] laughed, and [Person 2] left."
    assert (
        replaced.restored("You write “[Person 1.2] laughed”; does [Person 1] agree?")
        == "You write “ANNA laughed”; does Anna agree?"
    )


def test_places_are_known_both_ways_and_a_name_is_never_cut() -> None:
    text = "I saw Anna Müller run. José saw it."
    replaced = ROSTER.replace(text)
    start = replaced.text.index("run. [Person 2]")
    assert text[slice(*replaced.in_original(start, start + len("run. [Person 2]")))] == "run. José"
    inside = replaced.text.index("Person 1")
    assert text[slice(*replaced.in_original(inside, inside + 3))] == "Anna Müller"
    assert replaced.text[slice(*replaced.in_sent(text.index("Müller"), text.index(" run")))] == "[Person 1]"
    assert replaced.text[slice(*replaced.in_sent(text.index("run"), len(text)))] == "run. [Person 2] saw it."


def test_a_text_that_holds_a_placeholder_already_keeps_it() -> None:
    text = "[Person 1] met Anna."
    replaced = ROSTER.replace(text)
    assert replaced.text == "[Person 1] met [Person_ 1]."
    assert replaced.restored(replaced.text) == text


NAMES = st.text("abc éA'-.,\n李", min_size=0, max_size=12)


@settings(max_examples=150)
@given(
    st.lists(st.builds(lambda name, sign: Person((name,), (), (sign,)), NAMES, NAMES), max_size=4),
    st.lists(
        st.one_of(st.text(max_size=20), NAMES, st.just("[Person 1]"), st.just("a@b.cc "), st.just("[Person")),
        max_size=6,
    ),
)
def test_whatever_is_replaced_comes_back(people: list[Person], pieces: list[str]) -> None:
    text = "".join(pieces) + " ".join(name for person in people for name in person.names)
    replaced = Roster(people).replace(text)
    assert replaced.restored(replaced.text) == text
    for each in replaced.replacements:
        assert text[each.start : each.end] == each.original
        assert replaced.text[each.sent_start : each.sent_end] == each.placeholder
        assert replaced.in_original(each.sent_start, each.sent_end) == (each.start, each.end)
        assert replaced.in_sent(each.start, each.end) == (each.sent_start, each.sent_end)


def test_five_hundred_essays_lose_their_names_and_keep_their_authors() -> None:
    mentions = missed = authors = touched = 0
    lost = []
    for group in range(20):
        people = roster(group, 30)
        names = Roster(people)
        for number in range(25):
            made = essay(people, 1000 * group + number)
            replaced = names.replace(made.text)
            assert replaced.restored(replaced.text) == made.text
            spans = [(each.start, each.end) for each in replaced.replacements]
            mentions += len(made.people)
            authors += len(made.authors)
            touched += sum(any(a < end and b > start for a, b in spans) for start, end in made.authors)
            gone = [any(a <= start and b >= end - 1 for a, b in spans) for start, end in made.people]
            missed += gone.count(False)
            lost += [
                made.text[max(0, a - 30) : b + 30] for (a, b), found in zip(made.people, gone, strict=True) if not found
            ]
    assert mentions == 2500
    assert missed <= 0.01 * mentions, (missed, lost[:40])
    assert touched <= 0.005 * authors, (touched, authors)


def test_a_thousand_words_and_three_hundred_people_take_fifty_milliseconds() -> None:
    people = roster(7, 300)
    names = Roster(people)
    text = "\n".join(essay(people, number).text for number in range(12))
    words = text.split()[:1000]
    text = " ".join(words)
    times = []
    for _ in range(5):
        before = time.process_time()
        names.replace(text)
        times.append(time.process_time() - before)
    assert min(times) <= 0.05
