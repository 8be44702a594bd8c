"""Comments on figures, styles of citing, quotations left alone, unity, bare claims and persons: said, and not said."""

from feedforward.assessment.built_in.argument_points import argument_points
from feedforward.assessment.built_in.figure_points import figure_points
from feedforward.assessment.built_in.mechanics_points import mechanics_points
from feedforward.assessment.built_in.observation import Observation, quote_at
from feedforward.assessment.built_in.person_points import person_points
from feedforward.assessment.built_in.source_points import source_points
from feedforward.assessment.built_in.unity_points import unity_points
from feedforward.facts.gather import Facts, facts_of
from feedforward.feedback.rules import CommentKind

OPENING = "School uniforms should be worn in each school of the city. They make mornings easier for families.\n\n"
ENDING = "\n\nIn conclusion, uniforms should be worn, since they help families and schools of the city."
AWAY = (
    "Whales swim through the ocean in groups. A whale feeds on krill, and the ocean gives krill in spring. Each whale "
    "eats in the ocean for months. Sailors once hunted a whale for oil, and the ocean near Norway grew quiet of whale "
    "songs. Today nobody there hunts a whale."
)


def said(found: list[Observation], words: str) -> list[Observation]:
    return [each for each in found if words in each.what]


def quoted(facts: Facts, seen: Observation) -> str:
    quote = quote_at(facts, seen.place) if seen.place else None
    return quote.text if quote else ""


def test_a_figure_that_is_mentioned_and_not_there_is_asked_for_and_one_never_mentioned_is_named() -> None:
    facts = facts_of("The rise is steep, as Figure 2 shows.\n\nTable 1: Prices by year\n\nNothing else is told here.")
    missing, unmentioned = figure_points(facts)
    assert "Figure 2" in missing.what
    assert quoted(facts, missing) == "The rise is steep, as Figure 2 shows."
    assert "Table 1" in unmentioned.what
    assert "says what Table 1 shows" in unmentioned.next_step


def test_figures_that_meet_their_mentions_are_praised_and_a_text_without_any_hears_nothing() -> None:
    text = "Figure 1 and Table 1 show it.\n\nFigure 1: Prices\n\nTable 1: Wages\n\nThat is all there is."
    assert [each.kind for each in figure_points(facts_of(text))] == [CommentKind.STRENGTH]
    assert not list(figure_points(facts_of("There is no picture in this text at all.")))


def test_a_citation_and_an_entry_of_another_kind_are_each_named_once() -> None:
    text = (
        "Prices rose (Lee, 2019). Wages fell (Ng, 2020). Rents doubled (Ortiz, 2018). Food did too [4].\n\n"
        "References\n\nLee, A. (2019). Prices. Press.\n\nNg, B. (2020). Wages. Press.\n\n"
        "Ortiz, C. (2018). Rents. Press."
    )
    facts = facts_of(text)
    (mixed,) = said(list(source_points(facts, asked_for=True)), "Most sources are cited by")
    assert "author and year" in mixed.what
    assert "a number" in mixed.what
    assert quoted(facts, mixed).endswith("[4].")


def test_a_quotation_that_stands_alone_is_shown_and_a_motto_or_one_led_up_to_is_not() -> None:
    alone = "The law was new. “Every child of the land shall learn to read and write.” Few schools were built then."
    facts = facts_of(alone)
    (seen,) = said(list(source_points(facts, asked_for=False)), "stands as a sentence by itself")
    assert "Every child" in quoted(facts, seen)
    for text in (
        "“Every child of the land shall learn to read and write.”\n\nThe law was new, and few schools were built then.",
        "My teacher once said\n\n“Every child of the land shall learn to read and write.”\n\nFew schools were built.",
    ):
        assert not said(list(source_points(facts_of(text), asked_for=False)), "by itself")


def test_a_paragraph_that_leaves_position_and_task_is_named_with_its_own_words() -> None:
    task = "Discuss whether school uniforms help families and schools."
    facts = facts_of(OPENING + AWAY + ENDING, task=task)
    (seen,) = said(list(unity_points(facts)), "uses no main word of your position and none of the task")
    assert "“whale”" in seen.what
    assert "“ocean”" in seen.what
    assert quoted(facts, seen).startswith("Whales swim")
    stays = AWAY.replace("Whales swim", "Families with uniforms see that whales swim")
    assert not said(list(unity_points(facts_of(OPENING + stays + ENDING, task=task))), "no main word")


def test_the_last_paragraph_and_a_list_that_is_announced_are_left_alone() -> None:
    assert not list(unity_points(facts_of(OPENING + "Uniforms help the schools of the city.\n\n" + AWAY)))
    before = "That is how it was in the town for all of us.\n\n"
    listed = (
        before
        + "There are many sides to it. Police patrol roads. Bakers sell bread. Doctors heal wounds. Trains run late."
    )
    assert not list(unity_points(facts_of(listed)))
    assert said(list(unity_points(facts_of(listed.replace("many sides to it", "sides to that")))), "takes up a word")


def test_a_claim_is_quoted_only_where_its_whole_paragraph_gives_no_reason() -> None:
    bare = (
        "Uniforms should be kept in every class of the land. Clothes matter to children of that age. Colours matter "
        "too in the halls. Teachers like calm rooms in the morning. Parents like a quick start to the day, and so do "
        "small brothers and sisters of all sizes."
    )
    text = OPENING + bare + ENDING + " They help." * 20
    (seen,) = said(list(argument_points(facts_of(text))), "takes a position, and nowhere in its paragraph")
    assert quoted(facts_of(text), seen).startswith("Uniforms should be kept")
    assert not said(list(argument_points(facts_of(text.replace("Teachers like", "Because teachers like")))), "nowhere")


def test_turns_to_you_are_named_when_they_come_back_and_not_when_the_reader_is_meant() -> None:
    turn = "In the house they work late in the night. You get tired of it. They try it again. You never rest then. "
    (seen,) = person_points(facts_of(turn + "The school is open."))
    assert "twice" in seen.what
    assert "other people" in seen.what
    assert not list(person_points(facts_of(turn.replace("You get tired of it.", "As you can see, it tires."))))


def test_spelling_names_the_most_frequent_slip_first_and_what_has_no_likely_word_without_a_guess() -> None:
    text = (
        "The desicion was good becuase of the enviroment. Each desicion counts in the qouxet. We make a desicion when "
        "the oportunity is there, and the school helps us with it each day of the year."
    )
    facts = facts_of(text)
    (seen,) = said(list(mechanics_points(facts)), "may be misspelt")
    assert seen.what.index("“desicion” (decision?)") < seen.what.index("“becuase”")
    assert "three times" in seen.what
    assert "and two more" in seen.what
    assert seen.place
    assert facts.prose.text[seen.place.start :].startswith("desicion")
