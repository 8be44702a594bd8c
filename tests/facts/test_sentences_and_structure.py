"""Sentences, paragraphs and languages told apart in texts of our own."""

import pytest

from feedforward.facts.gather import facts_of
from feedforward.facts.prose import prose_of
from feedforward.facts.words import sentence_places


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_places(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Silva met Mr. Jones at 3 p.m. in Leeds.", 1),
        ("It cost 3.5 million, e.g. in 2019. Nobody paid.", 2),
        ("J. K. Rowling wrote it. We read it.", 2),
        ("“Is it far?” he asked. It was.", 2),
        ("He left… and came back. Then it rained!", 2),
        ("Smith et al. (2019) disagree. See Fig. 3 and p. 12 for more.", 2),
        ("They live in the U.S. and Canada. The U.S. The end.", 3),
        ("We went to school.They stayed home.", 2),
        ("i like it. then we go home.", 2),
        ("It was better than I. She knew.", 2),
        ("Apples, pears, etc. were sold. Then etc. We left.", 3),
        ("See example.com and v1.2 for it.", 1),
    ],
)
def test_sentences_survive_abbreviations_initials_decimals_and_quotes(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


def test_paragraphs_are_what_blank_lines_part() -> None:
    facts = facts_of("One two three.\n\nFour five six.\n\nSeven eight.")
    assert facts.value("paragraphs") == 3
    assert facts.value("words") == 8


def test_the_reference_list_is_not_body() -> None:
    prose = prose_of("The body is here.\n\nReferences\n\nLee, A. (2019). A book.\n\nMann, B. (2020). Another.")
    assert len(prose.paragraphs) == 1
    assert len(prose.references) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dog was in the house and it would not come out for anything we had.", "English"),
        ("O cachorro estava na casa e não saía por nada que a gente tinha para ele.", "Portuguese"),
        ("El perro estaba en la casa y no salía por nada que los niños le daban.", "Spanish"),
        ("Le chien est dans la maison et il ne sort pas pour les enfants qui sont avec lui.", "French"),
        ("Der Hund ist in dem Haus und er kommt nicht zu uns, auch wenn wir ihn rufen.", "German"),
        ("狗在房子里不肯出来，我们怎么叫它也没有用。", "Chinese"),
        ("犬は家の中にいて、どうしても出てこようとしなかった。", "Japanese"),
        ("개는 집 안에 있었고 아무리 불러도 나오려고 하지 않았다.", "Korean"),
        ("Собака была в доме и не хотела выходить, как бы мы ни звали.", "a language in Cyrillic script"),
    ],
)
def test_the_language_is_told_by_its_little_words(text: str, language: str) -> None:
    assert facts_of(text).prose.language == language


def test_a_text_in_another_language_gets_only_what_holds_in_any() -> None:
    facts = facts_of("O cachorro estava na casa e não saía por nada que a gente tinha para ele.")
    assert "misspellings" not in facts
    assert "sentences" in facts


def test_long_sentences_and_long_paragraphs_are_placed() -> None:
    sentence = "We went " + "on and on " * 15 + "until night."
    facts = facts_of(sentence + "\n\n" + "It rained all day here. " * 60)
    assert facts["long_sentences"].places[0].start == 0
    assert facts.value("long_paragraphs") == 1


def test_three_sentences_with_the_same_opening_are_a_run_and_two_are_not() -> None:
    assert facts_of("We sing at home. We dance at home. We sleep at home. It is fun.").value("same_openings") == 1
    assert facts_of("We sing at home. We dance at home. It is the fun of it.").value("same_openings") == 0


def test_a_source_with_its_address_at_the_end_is_a_reference_without_a_heading() -> None:
    prose = prose_of("The body is here.\n\nLee, A. “Sleep.” The Daily, 3 May 2018, www.daily.example/sleep.")
    assert (len(prose.paragraphs), len(prose.references)) == (1, 1)
