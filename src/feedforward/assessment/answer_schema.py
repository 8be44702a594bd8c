"""The agreed form of a model's answer: one key per criterion, and which key stands for which criterion."""

import re
from collections.abc import Mapping
from typing import Any

from feedforward.assessment.answer import Addressed
from feedforward.assessment.assignment_brief import Brief
from feedforward.assignments.choices import Detail, Shape
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Criterion, Rubric, fold, key_from_position

MOST_COMMENTS = {Detail.BRIEF: 2, Detail.STANDARD: 4, Detail.THOROUGH: 6}
SUMMARIES = {
    Shape.BOTH: "Two to four sentences to the writer: what works, and what to do first. No score, no grade.",
    Shape.CRITERIA: "Empty: this feedback has no summary.",
    Shape.OVERALL: "Four to eight sentences to the writer on the draft as a whole: what works, and what to do first. "
    "No score, no grade.",
}
READABLE_KEY = re.compile(r"[A-Za-z]\w{0,23}", re.ASCII)


def answer_keys(rubric: Rubric) -> Mapping[str, Criterion]:
    """The keys by which an answer speaks of criteria: the rubric's own where they are short words, else c1, c2 …

    Row ids are long and meaningless; models copy them wrongly and each costs tokens.
    """
    if all(READABLE_KEY.fullmatch(criterion.key) for criterion in rubric.criteria):
        return {criterion.key: criterion for criterion in rubric.criteria}
    return {key_from_position(position): criterion for position, criterion in enumerate(rubric.criteria)}


def criterion_called(name: str, rubric: Rubric) -> Criterion | None:
    """The criterion an answer means by `name`: its answer key, its own key or its name; None for anything else."""
    keys = answer_keys(rubric)
    if name in keys:
        return keys[name]
    for criterion in rubric.criteria:
        if name == criterion.key or fold(name) == fold(criterion.name):
            return criterion
    return None


def answer_schema(brief: Brief) -> dict[str, Any]:
    """The JSON schema of an answer to `brief`.

    {"criteria": {key: {"comments": [...], "rationale": str, "score": number | null}}, "summary": str} and, where there
    are earlier comments, "uptake": {ref: {"addressed": "yes" | "partly" | "no", "note": str}}. It keeps to the keywords
    that every provider with schema support accepts: bounds stand in the descriptions and are enforced when parsing.
    """
    properties: dict[str, Any] = {
        "criteria": strict_object(
            {key: criterion_schema(each, brief) for key, each in answer_keys(brief.rubric).items()}
        ),
        "summary": text(SUMMARIES[brief.shape]),
    }
    if brief.previous:
        properties["uptake"] = strict_object({earlier.ref: UPTAKE for earlier in brief.previous})
    return strict_object(properties)


def criterion_schema(criterion: Criterion, brief: Brief) -> dict[str, Any]:
    return strict_object(
        {
            "comments": {
                "type": "array",
                "items": COMMENT_ON_CODE if brief.work.is_code else COMMENT,
                "description": f"At most {MOST_COMMENTS[brief.detail]}, most useful first.",
            },
            "rationale": text("One to three sentences: which level fits, and which evidence decides it."),
            "score": {
                "type": ["number", "null"],
                "description": f"From {criterion.lowest:g} to {criterion.highest:g}; null if it cannot be judged.",
            },
        }
    )


def strict_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


_COMMENT: dict[str, Any] = {
    "kind": {"type": "string", "enum": [kind.value for kind in CommentKind]},
    "quote": text("At most 25 words copied exactly from the draft; empty only if something is missing from it."),
    "looked_in": text("If something is missing: where in the draft you looked for it. Otherwise empty."),
    "text": text("What you see there, and why it matters for this criterion. At most three sentences."),
    "next_step": text("One thing the writer can do next. Empty for a strength that needs none."),
}
COMMENT = strict_object(_COMMENT)
COMMENT_ON_CODE = strict_object(
    {**_COMMENT, "line": text("The number before the line on which the quote begins. Empty without a quote.")}
)
UPTAKE = strict_object(
    {
        "addressed": {"type": "string", "enum": [each.value for each in Addressed]},
        "note": text("One sentence: where in this draft that shows."),
    }
)
