"""The built-in reader: honest, exact, the same every time."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.assessment.answer import Answer
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.built_in.reader import read
from feedforward.assessment.built_in.topics import Topic, may_judge, topics_of
from feedforward.extraction.document import Block, BlockKind, Document
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Criterion, Level, Rubric

LEVELS = tuple(Level(str(points), points) for points in (1.0, 2.0, 3.0, 4.0))


def criterion(key: str, name: str, description: str = "") -> Criterion:
    return Criterion(key, name, 1.0, description, LEVELS)


RUBRIC = Rubric(
    "Essay",
    (
        criterion("thesis", "Thesis", "A clear position"),
        criterion("evidence", "Evidence", "Examples and sources support the claims"),
        criterion("order", "Organisation", "Order of paragraphs and links between them"),
        criterion("mechanics", "Conventions", "Spelling, capitals and punctuation"),
        criterion("insight", "Insight", "Original thinking"),
    ),
)
SLIPS = (
    "I beleive that our school should start later becuase we are tired. i wake up at six and i feel bad. my friends "
    "say "
    "the same thing and they dont sleep.\n\nThe bus comes at seven. We wait in the cold and it is dark. The "
    "enviroment of "
    "the bus is loud , so nobody can rest there. Everyone knows it. Everyone is tired. Everyone wants to sleep in.\n\n"
    "In the afternoon we have sport and we come home late. Then we have to do what the teachers gave us for the next "
    "day, "
    "and it takes two hours or more."
)


def document(text: str) -> Document:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(part)))
        start += len(part) + 2
    return Document(text, "text/plain", tuple(blocks), (), ())


def reading(text: str, **brief: object) -> Answer:
    return read(document(text), Brief("School day", "Argue for or against.", RUBRIC, **brief))  # type: ignore[arg-type]


def score(answer: Answer, key: str) -> float | None:
    return next(each.score for each in answer.criteria if each.key == key)


def test_a_blank_draft_gets_no_scores_and_one_comment() -> None:
    for text in ("", "Hello there"):
        answer = reading(text)
        assert [each.score for each in answer.criteria] == [None] * 5
        assert len(answer.comments) == 1
        assert answer.comments[0].quote is None


def test_misspellings_become_one_comment_with_its_suggestions() -> None:
    comments = [each for each in reading(SLIPS).comments if each.criterion_key == "mechanics"]
    spelling = [each for each in comments if "because" in each.text]
    assert len(spelling) == 1
    assert "“becuase” (because?)" in spelling[0].text
    assert spelling[0].quote is not None
    assert "beleive" in spelling[0].quote.text


def test_no_criterion_gets_more_than_three_comments_and_none_is_repeated() -> None:
    answer = reading(SLIPS)
    for each in RUBRIC.criteria:
        assert sum(comment.criterion_key == each.key for comment in answer.comments) <= 3
    assert len({comment.text for comment in answer.comments}) == len(answer.comments)


def test_meaning_is_not_scored_and_the_rationale_says_so() -> None:
    answer = reading(SLIPS * 3)
    assert score(answer, "insight") is None
    assert score(answer, "thesis") is None
    assert "does not judge" in next(each.rationale for each in answer.criteria if each.key == "insight")


def test_scores_are_points_of_the_rubric_and_never_the_top_step() -> None:
    answer = reading(SLIPS)
    assert score(answer, "mechanics") in {1.0, 2.0, 3.0}
    assert score(answer, "order") in {1.0, 2.0, 3.0}


def test_a_clean_text_gets_no_invented_slip_but_a_measured_strength() -> None:
    clean = SLIPS
    for wrong, right in (
        ("beleive", "believe"),
        ("becuase", "because"),
        (" i ", " I "),
        (". i", ". I"),
        (". my", ". My"),
        ("dont", "don't"),
        ("enviroment", "noise"),
        ("loud ,", "loud,"),
    ):
        clean = clean.replace(wrong, right)
    comments = [each for each in reading(clean + "\n\n" + clean).comments if each.criterion_key == "mechanics"]
    assert [each.kind for each in comments] == [CommentKind.STRENGTH]


def test_something_missing_says_where_it_was_looked_for() -> None:
    text = "The sea is wide. " + "We walked along it and it was grey. " * 20
    missing = [each for each in reading(text).comments if each.quote is None]
    assert missing
    assert all(each.looked_in and each.supported for each in missing)


def test_the_length_is_held_against_the_limits_where_there_are_any() -> None:
    answer = reading(SLIPS, word_min=500)
    assert any("at least 500" in each.text for each in answer.comments)
    assert not any("at least" in each.text for each in reading(SLIPS).comments)


def test_another_language_is_said_plainly_and_gets_no_english_comments() -> None:
    answer = reading("O cachorro estava na casa e não saía por nada que a gente tinha para ele. " * 12)
    assert "Portuguese" in answer.summary
    assert score(answer, "mechanics") is None
    assert not any("misspelt" in each.text for each in answer.comments)


def test_program_code_gets_no_level_and_nothing_about_prose() -> None:
    text = "public class Main { int x = 0; void run() { x = x + 1; } }\n" * 20
    code = Document(text, "text/x-java", (Block(BlockKind.CODE, 0, len(text)),), (), ())
    answer = read(code, Brief("Game", "", RUBRIC, kind="code"))
    assert not [each for each in answer.comments if "paragraph" in each.text]
    assert "program code" in answer.summary
    assert all(each.score is None for each in answer.criteria)


def test_a_criterion_is_understood_from_its_own_words() -> None:
    assert topics_of(criterion("a", "Conventions", "Grammar, spelling, punctuation"))[0] is Topic.CONVENTIONS
    assert Topic.OTHER_VIEWS in topics_of(criterion("b", "Rebuttal", "Takes up other views"))
    assert topics_of(criterion("c", "Humour", "Makes one laugh")) == ()
    organised = criterion("d", "Organisation", "Order of intro, body, conclusion and paragraphs")
    assert may_judge(organised, topics_of(organised))
    content = criterion("e", "Content and organisation", "Ideas are original and evidence supports them")
    assert not may_judge(content, topics_of(content))


def test_facts_for_a_prompt_are_short_and_quote_no_more_than_single_words() -> None:
    block = facts_for_prompt(
        document(SLIPS), Brief("School day", "Argue for or against a later start.", RUBRIC, word_max=300)
    )
    assert len(block.splitlines()) <= 12
    words = SLIPS.split()
    assert not any(" ".join(words[at : at + 4]) in block for at in range(len(words) - 3))


def test_twenty_thousand_words_are_read_within_two_seconds() -> None:
    text = "\n\n".join([SLIPS] * 165)
    reading(SLIPS)
    begin = time.process_time()
    reading(text)
    assert time.process_time() - begin < 2.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SLIPS.split(" ")), st.text(max_size=12)), max_size=150).map(" ".join))
def test_any_draft_gives_exact_quotes_and_the_same_answer_twice(text: str) -> None:
    answer = reading(text)
    assert answer == reading(text)
    for comment in answer.comments:
        if comment.quote:
            assert comment.quote.text == text[comment.quote.start : comment.quote.end]
            assert len(comment.quote.text) <= 260
        else:
            assert comment.looked_in


def test_code_is_told_where_and_why_by_the_criterion_that_asks_for_it() -> None:
    lines = (
        ["def handle(data):"] + [f"    total_{at} = data[{at}] + {at}" for at in range(45)] + ["    return total_3", ""]
    )
    text = "\n".join(lines)
    code = Document(text, "text/x-python", (Block(BlockKind.CODE, 0, len(text)),), (), ())
    rubric = Rubric("Code", (criterion("doc", "Documentation", ""), criterion("fun", "Structure of functions", "")))
    answer = read(code, Brief("Sums", "", rubric, kind="code"))
    said = [(each.criterion_key, each.text) for each in answer.comments]
    assert any(key == "fun" and "“handle” has" in text for key, text in said)
    assert any(key == "doc" and "without any comment" in text for key, text in said)
    assert all(each.score is None for each in answer.criteria)


def test_a_draft_with_little_to_praise_gets_one_true_strength_and_no_praise_for_a_slip() -> None:
    text = "becuase the studen go to scool and they is like it. " * 12
    answer = read(document_from_text(text), Brief("School", "Is school good?", RUBRIC))
    praised = [each for each in answer.comments if each.kind is CommentKind.STRENGTH]
    assert len(praised) == 1
    assert praised[0].quote is None or "scool" not in praised[0].quote.text


def test_a_text_in_a_script_without_spaces_is_read() -> None:
    text = "孩童时的我们，真的是每天都在寻找着刺激。我们捣它的老巢去。\n" * 6
    answer = read(document_from_text(text), Brief("童年", "", RUBRIC))
    assert all(each.score is None for each in answer.criteria)


def test_sources_are_not_asked_for_where_they_are_one_way_among_others() -> None:
    essay = " ".join(f"The garden of the school is good for reason {at}." for at in range(30))
    either = Rubric("R", (criterion("e", "Evidence", "Examples or sources support the claims."),))
    wanted = Rubric("R", (criterion("e", "Sources", "Sources are cited."),))
    said = [
        any("no citation" in each.text for each in read(document_from_text(essay), Brief("T", "", rubric)).comments)
        for rubric in (either, wanted)
    ]
    assert said == [False, True]
