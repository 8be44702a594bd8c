"""From a model's text to an answer: tolerant of wrapping, strict on content, nothing filled in."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from feedforward.assessment.answer import (
    Addressed,
    Answer,
    AnswerRejected,
    CriterionReading,
    ReaderComment,
    Uptake,
)
from feedforward.assessment.answer_schema import MOST_COMMENTS, criterion_called
from feedforward.assessment.answer_text import clean_text, objects_in, shortened
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.line_quotes import find_in_lines
from feedforward.extraction.code_lines import CodeLine
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Criterion, fold

LONGEST_COMMENT = 700
LONGEST_NEXT_STEP = 400
LONGEST_PLACE = 200
LONGEST_RATIONALE = 700
LONGEST_SUMMARY = 1200
LONGEST_NOTE = 300
NUMBER = re.compile(r"\s*([+-]?\d{1,9}(?:[.,]\d{1,9})?)\s*(?:points?|/\s*(\d{1,9}(?:[.,]\d{1,9})?))?\s*", re.IGNORECASE)


def parse_answer(text: str, brief: Brief, draft_text: str, lines: Sequence[CodeLine] = ()) -> Answer:
    """The answer a model's `text` holds, one reading per criterion of the rubric in its order.

    Code fences and prose around the JSON object are passed over. Unknown criteria are dropped, a missing one has no
    score, scores are clamped into the criterion's points, each quote is looked up in the draft, by the line named
    with it where there are `lines`. Raises AnswerRejected when no object is complete, or none says anything usable (a
    score or a comment) about any criterion.
    """
    for data in objects_in(text):
        found = by_criterion(data, brief)
        readings = tuple(reading(criterion, found.get(criterion.key, {})) for criterion in brief.rubric.criteria)
        comments = tuple(
            comment
            for criterion in brief.rubric.criteria
            for comment in comments_on(
                criterion, found.get(criterion.key, {}), draft_text, lines, MOST_COMMENTS[brief.detail]
            )
        )
        if comments or any(each.score is not None for each in readings):
            summary = shortened(clean_text(data.get("summary")), LONGEST_SUMMARY)
            return Answer(readings, comments, summary, uptake_in(data.get("uptake"), brief))
    raise AnswerRejected


def by_criterion(data: Mapping[str, Any], brief: Brief) -> dict[str, Mapping[str, Any]]:
    """What an answer says per criterion key; the criteria may also stand at the top. The first mention counts."""
    inner = data.get("criteria")
    found: dict[str, Mapping[str, Any]] = {}
    for name, value in (inner if isinstance(inner, dict) else data).items():
        criterion = criterion_called(name, brief.rubric)
        if criterion is not None and isinstance(value, dict):
            found.setdefault(criterion.key, value)
    return found


def reading(criterion: Criterion, value: Mapping[str, Any]) -> CriterionReading:
    rationale = shortened(clean_text(value.get("rationale")), LONGEST_RATIONALE)
    return CriterionReading(criterion.key, score_of(value.get("score"), criterion), rationale)


def score_of(value: object, criterion: Criterion) -> float | None:
    """A score inside the criterion's points, or None. "4", "4 points", "4/5" of 5 and a level's own label count too."""
    if isinstance(value, str):
        value = number_in(value, criterion)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return float(min(max(value, criterion.lowest), criterion.highest))


def number_in(value: str, criterion: Criterion) -> float | None:
    for level in criterion.levels:
        if fold(level.label) == fold(value):
            return level.points
    match = NUMBER.fullmatch(value)
    if match is None:
        return None
    if match[2] is not None and float(match[2].replace(",", ".")) != criterion.highest:
        return None
    return float(match[1].replace(",", "."))


def comments_on(
    criterion: Criterion, value: Mapping[str, Any], draft_text: str, lines: Sequence[CodeLine], most: int
) -> list[ReaderComment]:
    found: list[ReaderComment] = []
    listed = value.get("comments")
    for each in listed if isinstance(listed, list) else []:
        comment = comment_of(criterion, each, draft_text, lines) if isinstance(each, dict) else None
        if comment is not None and all(fold(comment.text) != fold(other.text) for other in found):
            found.append(comment)
        if len(found) == most:
            break
    return found


def comment_of(
    criterion: Criterion, value: Mapping[str, Any], draft_text: str, lines: Sequence[CodeLine] = ()
) -> ReaderComment | None:
    """The comment a value holds, None for one without words; the evidence rule of the answer's dataclass applies."""
    text = shortened(clean_text(value.get("text")), LONGEST_COMMENT)
    if not any(character.isalnum() for character in text):
        return None
    next_step = shortened(clean_text(value.get("next_step")), LONGEST_NEXT_STEP)
    looked_in = shortened(clean_text(value.get("looked_in")), LONGEST_PLACE)
    wanted = clean_text(value.get("quote"))
    match = find_in_lines(wanted, draft_text, lines, value.get("line")) if wanted else None
    return ReaderComment(
        criterion_key=criterion.key,
        kind=kind_of(value.get("kind"), next_step),
        text=text,
        quote=match[0] if match else None,
        next_step=next_step,
        supported=match is not None or (not wanted and bool(looked_in)),
        looked_in="" if wanted else looked_in,
    )


def kind_of(value: object, next_step: str) -> CommentKind:
    """The kind a reader named; of an unknown one, whether it asks for something decides."""
    try:
        return CommentKind(fold(value) if isinstance(value, str) else "")
    except ValueError:
        return CommentKind.IMPROVEMENT if next_step else CommentKind.GENERAL


def uptake_in(value: object, brief: Brief) -> tuple[Uptake, ...]:
    """What is said about earlier comments; unknown references and unknown verdicts are dropped."""
    if not isinstance(value, dict):
        return ()
    found: list[Uptake] = []
    for earlier in brief.previous:
        said = value.get(earlier.ref)
        if isinstance(said, dict) and said.get("addressed") in tuple(Addressed):
            note = shortened(clean_text(said.get("note")), LONGEST_NOTE)
            found.append(Uptake(earlier.ref, Addressed(said["addressed"]), note))
    return tuple(found)
