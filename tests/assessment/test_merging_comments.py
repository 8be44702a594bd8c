"""The same point of several readers is one comment with its support, and different points stay apart."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.assessment.answer import ReaderComment
from feedforward.assessment.merging_comments import MergedComment, ScoredReading, merge_comments, priorities
from feedforward.feedback.rules import CommentKind
from tests.assessment.made import RUBRIC, answer, comment

NO_SOURCE = "You claim that most lines lose money, and no source supports this number."
NO_SOURCE_TOO = "No source supports the number: most lines lose money is a claim without support."
NO_COUNTER = "The essay never mentions what people who prefer flying would answer to the argument."


def reading(reader: str, *comments: ReaderComment, run: int = 1) -> ScoredReading:
    return ScoredReading(reader, run, 1.0, answer(*comments))


def merged(*readings: ScoredReading) -> tuple[MergedComment, ...]:
    return merge_comments(readings, RUBRIC)


def test_different_points_stay_apart() -> None:
    found = merged(reading("a/x", comment(NO_SOURCE)), reading("b/y", comment(NO_COUNTER)))
    assert [each.support for each in found] == [1, 1]


def test_the_same_words_about_another_criterion_or_of_another_kind_stay_apart() -> None:
    found = merged(
        reading("a/x", comment(NO_SOURCE)),
        reading("b/y", comment(NO_SOURCE, key="language")),
        reading("c/z", comment(NO_SOURCE, kind=CommentKind.STRENGTH)),
    )
    assert [each.support for each in found] == [1, 1, 1]


def test_similar_words_about_different_places_stay_apart() -> None:
    first, second = comment(NO_SOURCE, quote=(0, 40)), comment(NO_SOURCE_TOO, quote=(100, 140))
    assert len(merged(reading("a/x", first), reading("b/y", second))) == 2


def test_two_comments_of_one_reading_never_merge() -> None:
    found = merged(
        reading("a/x", comment(NO_SOURCE, quote=(0, 40)), comment(NO_SOURCE_TOO, quote=(0, 40))),
        reading("b/y", comment(NO_SOURCE, quote=(0, 40))),
    )
    assert sorted(each.support for each in found) == [1, 2]


def test_the_same_point_is_one_comment_with_its_support() -> None:
    found = merged(
        reading("a/x", comment(NO_SOURCE)), reading("b/y", comment(NO_SOURCE_TOO)), reading("c/z", comment(NO_COUNTER))
    )
    assert [(each.support, each.of, each.readers) for each in found] == [(2, 3, ("a/x", "b/y")), (1, 3, ("c/z",))]


def test_overlapping_quotes_make_the_same_point() -> None:
    found = merged(
        reading("a/x", comment("Unclear who pays.", quote=(90, 140))),
        reading("b/y", comment("The money side lacks a reason.", quote=(100, 150))),
    )
    assert [each.support for each in found] == [2]


def test_runs_of_one_reader_count_once() -> None:
    found = merged(reading("a/x", comment(NO_SOURCE)), reading("a/x", comment(NO_SOURCE_TOO), run=2))
    assert [(each.support, each.of) for each in found] == [(1, 1)]


def test_the_clearest_words_are_kept() -> None:
    plain = comment(NO_SOURCE, next_step="")
    unsupported = comment(NO_SOURCE_TOO, supported=False)
    clear = comment(NO_SOURCE_TOO + " Readers will doubt it.", quote=(90, 120), next_step="Cite a report.")
    (found,) = merged(reading("a/x", plain), reading("b/y", unsupported), reading("c/z", clear))
    assert (found.text, found.next_step, found.quote) == (clear.text, "Cite a report.", clear.quote)
    assert (found.supported, found.support) == (True, 3)


def test_improvements_stand_before_strengths_content_before_grammar_and_support_counts() -> None:
    grammar = comment("Verbs and subjects disagree in several sentences of the draft.", key="language")
    strength = comment("The first sentence names the topic at once.", kind=CommentKind.STRENGTH)
    doubted = comment("It says that planes are forbidden in Europe.", supported=False)
    found = merged(
        reading("a/x", strength, grammar, comment(NO_COUNTER), doubted),
        reading("b/y", grammar, comment(NO_SOURCE)),
        reading("c/z", comment(NO_SOURCE_TOO)),
    )
    assert [each.text for each in found][1:] == [NO_COUNTER, grammar.text, strength.text, doubted.text]
    assert found[0].support == 2


def test_priorities_are_few_supported_improvements_from_several_criteria() -> None:
    claims = [comment(f"{word} {word} {word} {word} is missing.") for word in ("Alpha", "Beta", "Gamma", "Delta")]
    language = [comment("Commas separate subject and verb again and again.", key="language")]
    strength = [comment("A true strength stands here now.", kind=CommentKind.STRENGTH)]
    doubted = [comment("Something nobody wrote anywhere.", supported=False)]
    found = merged(reading("a/x", *claims, *language, *strength, *doubted))
    front = priorities(found, most=3)
    assert [each.criterion_key for each in front] == ["claim", "claim", "language"]
    assert len(priorities(found)) == 5
    assert all(each.kind is CommentKind.IMPROVEMENT and each.supported for each in priorities(found))
    assert priorities(()) == ()


COMMENTS = st.builds(
    comment,
    st.sampled_from([NO_SOURCE, NO_SOURCE_TOO, NO_COUNTER, "Short."]),
    key=st.sampled_from(["claim", "language", None]),
    kind=st.sampled_from(CommentKind),
    quote=st.sampled_from([None, (0, 20), (10, 30), (40, 60)]),
    next_step=st.sampled_from(["", "Do it."]),
    supported=st.booleans(),
)
READINGS = st.lists(
    st.tuples(st.sampled_from(["a/x", "b/y", "built-in"]), st.lists(COMMENTS, max_size=4)), min_size=1, max_size=3
)


@settings(max_examples=60)
@given(READINGS)
def test_order_does_not_matter_and_no_comment_is_lost_or_invented(made: list[tuple[str, list[ReaderComment]]]) -> None:
    readings = [reading(reader, *comments, run=run) for run, (reader, comments) in enumerate(made)]
    results = {merge_comments(order, RUBRIC) for order in permutations(readings)}
    assert len(results) == 1
    (found,) = results
    said = {each.text for one in readings for each in one.answer.comments}
    total = sum(len(one.answer.comments) for one in readings)
    most = max((len(one.answer.comments) for one in readings), default=0)
    assert most <= len(found) <= total
    assert {each.text for each in found} <= said
    readers = len({one.reader for one in readings})
    assert all(1 <= each.support == len(each.readers) <= each.of == readers for each in found)
