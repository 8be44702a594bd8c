"""What a model wrote becomes an answer only as far as it holds: nothing is repaired, nothing filled in."""

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.answer import Addressed, Answer, AnswerRejected
from feedforward.assessment.answer_schema import answer_keys, answer_schema
from feedforward.assessment.answer_text import clean_text, shortened
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.parsing import parse_answer
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Rubric
from tests.assessment.made import BRIEF, DRAFT, EARLIER, RUBRIC

NOTE = {"kind": "improvement", "quote": "most lines lose money", "text": "No source.", "next_step": "Cite one."}


def said(claim: Any = None, **more: Any) -> dict[str, Any]:
    criteria = {"claim": claim if claim is not None else {"score": 3, "rationale": "Fine.", "comments": [NOTE]}}
    return {"criteria": criteria, "summary": "Good start.", **more}


def parsed(data: Any, brief: Brief = BRIEF) -> Answer:
    return parse_answer(json.dumps(data), brief, DRAFT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I think the essay is rather good: 4 out of 4.",
        "{}",
        "[]",
        "null",
        '{"criteria": {"claim": {"score": 3, "comments": []}, "summary": "cut off',
        '{"criteria": {"claim": {"score": 3}}, "summary": "cut',
        '{"criteria": {"unknown": {"score": 3}}}',
        '{"criteria": {"claim": {"score": null, "rationale": "hm"}}}',
        '{"criteria": {"claim": {"score": NaN}}}',
        '{"criteria": {"claim": {"score": Infinity}}}',
        '{"criteria": {"claim": {"score": true}}}',
        '{"criteria": {"claim": 4}}',
        "{" * 5000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        '{"criteria": {"claim": {"score": 1' + "0" * 5000 + "}}}",
    ],
)
def test_an_answer_without_a_usable_criterion_is_rejected(text: str) -> None:
    with pytest.raises(AnswerRejected) as caught:
        parse_answer(text, BRIEF, DRAFT)
    assert (caught.value.code, caught.value.retryable) == ("malformed", True)
    assert pickle.loads(pickle.dumps(caught.value)).code == "malformed"  # noqa: S301


@pytest.mark.parametrize(
    "wrapping", ["{}", "```json\n{}\n```", "Sure! Here it is:\n{}\nHope it helps {{smile}}", "{{}} {}"]
)
def test_prose_and_fences_around_the_object_do_not_matter(wrapping: str) -> None:
    text = wrapping.replace("{{", "\0").replace("}}", "\1").replace("{}", json.dumps(said()))
    answer = parse_answer(text.replace("\0", "{").replace("\1", "}"), BRIEF, DRAFT)
    assert answer.criteria[0].score == 3
    assert answer.summary == "Good start."


def test_every_criterion_has_a_reading_and_a_missing_one_no_score() -> None:
    answer = parsed(said())
    assert [(each.key, each.score) for each in answer.criteria] == [("claim", 3.0), ("language", None)]


@pytest.mark.parametrize(
    ("given_score", "score"),
    [
        (3, 3.0),
        (2.5, 2.5),
        (0, 1.0),
        (85, 4.0),
        (-1e300, 1.0),
        ("3", 3.0),
        ("2,5", 2.5),
        ("3 points", 3.0),
        ("3/4", 3.0),
        ("3/10", None),
        ("Strong", 4.0),
        (" developing ", 2.0),
        ("excellent", None),
        (None, None),
        (True, None),
        ([3], None),
        ({"value": 3}, None),
    ],
)
def test_scores_are_clamped_or_left_out(given_score: Any, score: float | None) -> None:
    answer = parsed(said({"score": given_score, "comments": [NOTE]}))
    assert answer.criteria[0].score == score


def test_quotes_are_verified() -> None:
    comments = [
        NOTE,
        {**NOTE, "text": "Invented.", "quote": "night trains are forbidden in most of Europe"},
        {**NOTE, "text": "Nothing on safety.", "quote": "", "looked_in": "all three paragraphs"},
        {**NOTE, "text": "No evidence at all.", "quote": "", "looked_in": ""},
    ]
    found = parsed(said({"score": 2, "comments": comments})).comments
    assert [each.supported for each in found] == [True, False, True, False]
    assert found[0].quote is not None
    assert DRAFT[found[0].quote.start : found[0].quote.end] == found[0].quote.text
    assert (found[2].quote, found[2].looked_in) == (None, "all three paragraphs")


def test_comments_are_capped_and_empty_ones_and_repeats_dropped() -> None:
    comments = [
        {"text": ""},
        {"text": "…"},
        "words",
        None,
        NOTE,
        NOTE,
        *({**NOTE, "text": f"Point {n}."} for n in range(9)),
    ]
    found = parsed(said({"score": 2, "comments": comments})).comments
    assert [each.text for each in found] == ["No source.", "Point 0.", "Point 1.", "Point 2."]


def test_an_unknown_kind_is_judged_by_its_next_step() -> None:
    comments = [{**NOTE, "kind": "praise"}, {**NOTE, "text": "Other.", "kind": 7, "next_step": ""}]
    found = parsed(said({"score": 2, "comments": comments})).comments
    assert [each.kind for each in found] == [CommentKind.IMPROVEMENT, CommentKind.GENERAL]


def test_controls_go_and_markup_stays_text() -> None:
    text = "A\x00 <b>bold</b>\x1b[31m \u202eclaim\u200b\r\nnext\U000e0041"
    found = parsed(said({"score": 2, "comments": [{**NOTE, "text": text}]})).comments[0]
    assert found.text == "A <b>bold</b>[31m claim\nnext"


def test_criteria_may_be_called_by_name_or_stand_at_the_top() -> None:
    assert parsed({"criteria": {"claim AND reasons": {"score": 2}}}).criteria[0].score == 2
    assert parsed({"language": {"score": 2}, "summary": "x"}).criteria[1].score == 2


def test_row_ids_are_spoken_of_as_c1_and_c2() -> None:
    criteria = tuple(type(each)(f"{n}0417", *(each.name, each.weight, each.description, each.levels))
                     for n, each in enumerate(RUBRIC.criteria))  # fmt: skip
    brief = Brief("T", "I", Rubric("R", criteria))
    assert list(answer_keys(brief.rubric)) == ["c1", "c2"]
    answer = parsed({"criteria": {"c2": {"score": 2}, "00417": {"score": 3}}}, brief)
    assert [(each.key, each.score) for each in answer.criteria] == [("00417", 3.0), ("10417", 2.0)]


def test_uptake_is_read_for_known_references_only() -> None:
    brief = Brief("T", "I", RUBRIC, previous=(EARLIER,))
    uptake = {"r1": {"addressed": "partly", "note": "A reason now."}, "r9": {"addressed": "yes", "note": ""}}
    answer = parsed(said(uptake=uptake), brief)
    assert [(each.comment_ref, each.addressed) for each in answer.uptake] == [("r1", Addressed.PARTLY)]
    useless: list[Any] = [{"r1": {"addressed": "maybe"}}, {"r1": {"addressed": ["yes"]}}, {"r1": "yes"}, [], None]
    for wrong in useless:
        assert parsed(said(uptake=wrong), brief).uptake == ()


def test_the_schema_asks_for_one_key_per_criterion_and_closes_every_object() -> None:
    schema = answer_schema(Brief("T", "I", RUBRIC, previous=(EARLIER,)))
    assert list(schema["properties"]["criteria"]["properties"]) == ["claim", "language"]
    assert list(schema["properties"]["uptake"]["properties"]) == ["r1"]
    assert "uptake" not in answer_schema(BRIEF)["properties"]

    def closed(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                assert part["required"] == list(part["properties"])
            for each in part.values():
                closed(each)

    closed(schema)


def test_long_texts_end_at_a_sentence() -> None:
    assert shortened("One two. Three four five six.", 20) == "One two."
    assert shortened("Onetwothreefourfive", 10) == "Onetwothr…"
    assert shortened("short", 10) == "short"


@given(st.text(max_size=400), st.integers(10, 100))
def test_shortening_never_exceeds_and_cleaning_is_stable(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
    assert clean_text(clean_text(text)) == clean_text(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20) | st.sampled_from(["3", "Strong"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["criteria", "claim", "language", "score", "comments", "text", "quote", "kind", "summary", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(JSON | st.text(max_size=300))
def test_whatever_comes_is_an_answer_within_bounds_or_rejected(data: Any) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    try:
        answer = parse_answer(text, BRIEF, DRAFT)
    except AnswerRejected:
        return
    assert [each.key for each in answer.criteria] == ["claim", "language"]
    assert all(each.score is None or 1 <= each.score <= 4 for each in answer.criteria)
    assert len(answer.comments) <= 8
