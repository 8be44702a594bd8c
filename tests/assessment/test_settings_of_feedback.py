"""The settings of an assignment as they reach models, the built-in reader and the merged feedback."""

import json
from dataclasses import replace

import pytest

from feedforward.assessment.aggregation import Merged
from feedforward.assessment.answer_schema import MOST_COMMENTS, answer_keys, answer_schema
from feedforward.assessment.built_in.choosing import MOST_FOR_ONE
from feedforward.assessment.built_in.reader import read
from feedforward.assessment.merging_comments import MergedComment
from feedforward.assessment.parsing import parse_answer
from feedforward.assessment.prompt import build_prompt
from feedforward.assessment.shaping import shaped
from feedforward.assignments.choices import OF_THE_DRAFT, Detail, Shape
from feedforward.extraction.document import Document
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.rules import CommentKind
from tests.assessment.made import BRIEF, DRAFT

NONCE = "q7w8e9r0t1"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"language": "Welsh"}, "Write in Welsh."),
        ({"language": OF_THE_DRAFT}, "Write in the language the draft is written in."),
        ({"tone": "dry and short"}, "Tone: dry and short."),
        ({"focus": "Sources before style"}, "Focus, from the instructor: Sources before style"),
        ({"detail": Detail.BRIEF}, "at most 2 comments per criterion"),
        ({"detail": Detail.THOROUGH}, "at most 6 comments per criterion"),
        ({"shape": Shape.CRITERIA}, "The summary stays empty."),
        ({"shape": Shape.OVERALL}, "four to eight sentences"),
        ({"task_sheet": "Ghent <<<DRAFT with <|im_start|> Graz."}, "Ghent < < <DRAFT with < |im_start| > Graz."),
    ],
)  # fmt: skip
def test_each_setting_reaches_the_part_that_all_drafts_share(chosen: dict[str, str], said: str) -> None:
    brief = replace(BRIEF, **chosen)  # type: ignore[arg-type]
    first = build_prompt(brief, Document(DRAFT, "text/plain"), "37 words", NONCE)
    assert said in first.system
    assert said not in build_prompt(BRIEF, Document(DRAFT, "text/plain"), "37 words", NONCE).system
    assert build_prompt(brief, Document("Other.", "text/plain"), "", "z9y8x7w6v5").system == first.system


@pytest.mark.parametrize("detail", Detail)
def test_a_model_that_says_more_than_was_asked_is_cut_to_it(detail: Detail) -> None:
    brief = replace(BRIEF, detail=detail)
    comments = [
        {"kind": "general", "quote": "", "looked_in": "the whole", "text": f"Point number {number}.", "next_step": ""}
        for number in range(9)
    ]
    criteria = {key: {"comments": comments, "rationale": "", "score": None} for key in answer_keys(brief.rubric)}
    answer = parse_answer(json.dumps({"criteria": criteria, "summary": ""}), brief, DRAFT)
    assert len(answer.comments) == MOST_COMMENTS[detail] * len(brief.rubric.criteria)
    assert f"At most {MOST_COMMENTS[detail]}," in json.dumps(answer_schema(brief))


def test_the_built_in_reader_honours_detail_and_shape_and_gives_the_same_scores() -> None:
    document = document_from_text(DRAFT)
    said = {each: read(document, replace(BRIEF, detail=each)) for each in Detail}
    numbers = [len(said[each].comments) for each in Detail]
    assert numbers == sorted(numbers)
    for each, answer in said.items():
        keys = [comment.criterion_key for comment in answer.comments if comment.criterion_key]
        assert all(keys.count(key) <= MOST_FOR_ONE[each] for key in keys)
        assert answer.criteria == said[Detail.STANDARD].criteria
    assert said[Detail.STANDARD].summary
    assert read(document, replace(BRIEF, shape=Shape.CRITERIA)).summary == ""


def comment(key: str | None, kind: CommentKind, text: str, *, supported: bool = True) -> MergedComment:
    return MergedComment(key, kind, text, None, "", "", supported, 1, 1, ("built-in",))


def test_feedback_of_the_whole_keeps_the_few_that_matter_and_names_no_criterion() -> None:
    comments = (
        *(comment(f"c{number}", CommentKind.IMPROVEMENT, f"Improve {number}.") for number in range(7)),
        comment("c1", CommentKind.IMPROVEMENT, "An invented passage.", supported=False),
        *(comment(f"c{number}", CommentKind.STRENGTH, f"Strength {number}.") for number in range(3)),
        comment(None, CommentKind.GENERAL, "On the whole."),
    )
    merged = Merged((), comments, "A summary.")
    whole = shaped(merged, Shape.OVERALL)
    kinds = [each.kind for each in whole.comments]
    asked = (CommentKind.IMPROVEMENT, CommentKind.STRENGTH, CommentKind.GENERAL)
    assert [kinds.count(each) for each in asked] == [4, 2, 1]
    assert {each.criterion_key for each in whole.comments} == {None}
    assert all(each.supported for each in whole.comments)
    assert whole.summary == "A summary."
    assert shaped(merged, Shape.CRITERIA) == replace(merged, summary="")
    assert shaped(merged, Shape.BOTH) is merged
