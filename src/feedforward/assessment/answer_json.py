"""An answer as JSON and back: the form in which it is sealed into a reading's row."""

from collections.abc import Mapping
from typing import Any

from feedforward.assessment.answer import Addressed, Answer, CriterionReading, ReaderComment, Uptake
from feedforward.feedback.rules import CommentKind, Quote

ANSWER_PLACE = "answer"
RECORD_PLACE = "record"
"""Where a reading's answer, and its prompt with the raw reply, are sealed."""


def answer_to_json(answer: Answer) -> dict[str, Any]:
    return {
        "criteria": [{"key": each.key, "score": each.score, "rationale": each.rationale} for each in answer.criteria],
        "comments": [
            {
                "criterion_key": each.criterion_key,
                "kind": str(each.kind),
                "text": each.text,
                "quote": None if each.quote is None else [each.quote.text, each.quote.start, each.quote.end],
                "next_step": each.next_step,
                "supported": each.supported,
                "looked_in": each.looked_in,
            }
            for each in answer.comments
        ],
        "summary": answer.summary,
        "uptake": [
            {"ref": each.comment_ref, "addressed": str(each.addressed), "note": each.note} for each in answer.uptake
        ],
    }


def answer_from_json(stored: Mapping[str, Any]) -> Answer:
    return Answer(
        criteria=tuple(CriterionReading(each["key"], each["score"], each["rationale"]) for each in stored["criteria"]),
        comments=tuple(
            ReaderComment(
                criterion_key=each["criterion_key"],
                kind=CommentKind(each["kind"]),
                text=each["text"],
                quote=None if each["quote"] is None else Quote(*each["quote"]),
                next_step=each["next_step"],
                supported=each["supported"],
                looked_in=each["looked_in"],
            )
            for each in stored["comments"]
        ),
        summary=stored["summary"],
        uptake=tuple(Uptake(each["ref"], Addressed(each["addressed"]), each["note"]) for each in stored["uptake"]),
    )
