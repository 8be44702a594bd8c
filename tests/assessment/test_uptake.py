"""What became of an earlier comment: by what changed at its place, or by what it asks for."""

import pytest

from feedforward.assessment.answer import Addressed
from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.assessment.built_in.uptake import Judgement, judgements
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.rules import CommentKind, Standing
from feedforward.rubrics.rules import Rubric

FIRST = (
    "Schools should open later than they do now. Young people sleep too little and it shows.\n\n"
    "The bus leaves at six in the morning. My sister falls asleep in her first lesson every day. The teacher waits for "
    "her.\n\n"
    "Some lessons are lost before nine. The dark rooms make it worse for everyone who sits in them."
)


def judged(
    new: str, *, quote: str = "", text: str = "Look at this again.", step: str = "", kind: str = "improvement"
) -> Judgement:
    comment = EarlierComment("7", None, CommentKind(kind), text, quote, step)
    brief = Brief("Later schools", "Argue.", Rubric("R", ()), previous=(comment,))
    (found,) = judgements(brief, document_from_text(FIRST), document_from_text(new))
    return found


def place(new: str, found: Judgement) -> str:
    return new[found.place.start : found.place.end] if found.place else ""


BUS = "The bus leaves at six in the morning."


def test_a_passage_left_as_it_was_is_not_addressed() -> None:
    found = judged(FIRST, quote=BUS)
    assert (found.addressed, found.standing, place(FIRST, found)) == (Addressed.NO, Standing.EXACT, BUS)
    assert "as it was" in found.reason


def test_a_reworded_passage_is_found_again_and_partly_addressed() -> None:
    new = FIRST.replace("at six in the morning", "at six every morning")
    found = judged(new, quote=BUS)
    assert (found.addressed, found.standing) == (Addressed.PARTLY, Standing.REWORDED)
    assert place(new, found) == "The bus leaves at six every morning."


def test_a_rewritten_a_split_and_a_removed_sentence_are_addressed() -> None:
    rewritten = FIRST.replace(BUS, "Our bus, which comes from the next valley, leaves home at six.")
    split = FIRST.replace(
        "My sister falls asleep in her first lesson every day.",
        "My sister falls asleep. It happens in her first lesson every day.",
    )
    removed = FIRST.replace(f"{BUS} ", "")
    assert judged(rewritten, quote=BUS).addressed is Addressed.YES
    parts = judged(split, quote="My sister falls asleep in her first lesson")
    assert (parts.addressed, parts.reason) == (Addressed.YES, "The sentence it pointed at became 2 sentences.")
    gone = judged(removed, quote=BUS)
    assert (gone.addressed, gone.standing, gone.place) == (Addressed.YES, Standing.GONE, None)


def test_a_sentence_that_only_goes_on_is_partly_addressed_and_not_called_rewritten() -> None:
    new = FIRST.replace(BUS, f"{BUS[:-1]}, since the driver has three more schools to reach before the first lesson.")
    found = judged(new, quote=BUS)
    assert (found.addressed, found.standing) == (Addressed.PARTLY, Standing.REWORDED)
    assert found.reason == "The sentence it pointed at keeps its words and goes on with others."
    beside = judged(new.replace("first lesson. My", "first lesson. Nobody asked the parents. My"), quote=BUS)
    assert beside.reason == "The sentence it pointed at was reworded, with one new sentence beside it."


def test_a_sentence_added_beside_the_passage_is_partly() -> None:
    new = FIRST.replace(BUS, f"{BUS} That is because the driver has three more schools to reach.")
    found = judged(new, quote=BUS, step="Give one reason right after it.")
    assert (found.addressed, found.standing) == (Addressed.PARTLY, Standing.EXACT)
    assert "one new sentence stands beside it" in found.reason


def test_a_moved_passage_answers_a_comment_on_order_and_no_other() -> None:
    new = FIRST.replace(f"{BUS} ", "") + f" {BUS}"
    assert judged(new, quote=BUS, text="The order is hard to follow.").addressed is Addressed.YES
    found = judged(new, quote=BUS, text="This is a vague word.")
    assert (found.addressed, found.standing, place(new, found)) == (Addressed.NO, Standing.MOVED, BUS)


def test_a_strength_is_judged_as_kept_or_lost() -> None:
    assert judged(FIRST, quote=BUS, kind="strength").addressed is Addressed.YES
    assert judged(FIRST.replace(f"{BUS} ", ""), quote=BUS, kind="strength").addressed is Addressed.NO


MORE = {
    "The essay does not include a rebuttal.": "Some people say that a late start is bad for parents. But parents can "
    "bring children to a breakfast room.",
    "No source is named.": "A study found the same thing in forty schools (Lee, 2020).",
    "The draft has no conclusion.": "In conclusion, schools should open later, since young people sleep too little.",
}


@pytest.mark.parametrize("comment", MORE)
def test_what_was_missing_and_is_there_now_is_addressed(comment: str) -> None:
    assert judged(FIRST, text=comment).addressed is Addressed.NO
    found = judged(f"{FIRST}\n\n{MORE[comment]}", text=comment)
    assert found.addressed is Addressed.YES, found.reason
    assert found.standing is Standing.NO_PASSAGE


def test_a_comment_that_names_nothing_visible_is_left_to_a_person_where_much_changed() -> None:
    assert judged(FIRST, text="Be bolder.").addressed is Addressed.NO
    found = judged(FIRST.replace("worse", "far worse").replace("waits", "never waits"), text="Be bolder.")
    assert found.addressed is Addressed.PARTLY
    assert "for a person to say" in found.reason


def test_nothing_is_judged_where_the_draft_before_was_erased() -> None:
    comment = EarlierComment("7", None, CommentKind.IMPROVEMENT, "Look.", "", "")
    brief = Brief("T", "", Rubric("R", ()), previous=(comment,))
    assert judgements(brief, None, document_from_text(FIRST)) == ()


@pytest.mark.parametrize(
    "language", ["O cachorro estava na casa. A gente saiu de noite.", "今日は雨です。学校は休みです。"]
)
def test_texts_in_other_languages_are_judged_by_what_changed(language: str) -> None:
    comment = EarlierComment("7", None, CommentKind.IMPROVEMENT, "More evidence.", "", "")
    brief = Brief("T", "", Rubric("R", ()), previous=(comment,))
    (found,) = judgements(brief, document_from_text(language), document_from_text(language))
    assert found.addressed is Addressed.NO
