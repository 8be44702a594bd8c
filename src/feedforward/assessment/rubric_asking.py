"""What a model is asked about a rubric itself, and what may come of it: a proposal to edit, or a second opinion."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from feedforward.assessment.answer import AnswerRejected
from feedforward.assessment.answer_schema import criterion_called, strict_object, text
from feedforward.assessment.answer_text import clean_text, objects_in, shortened
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.prompt import harmless, rubric_part, task_part
from feedforward.llm.providers import Gateway, ModelCall, ModelReply, Provider
from feedforward.rubrics.builder import TypedCriterion, TypedLevel, TypedRubric, parse_rubric
from feedforward.rubrics.checkup import check_up
from feedforward.rubrics.files import rubric_to_data
from feedforward.rubrics.rules import Rubric, number_text

TEMPERATURE = 0.3
MAX_TOKENS = 4000
MOST_FINDINGS = 8
LONGEST_SAID = 500
FEWEST_CRITERIA, MOST_CRITERIA = 2, 8
T = TypeVar("T")

_PROPOSE = """\
You help an instructor to write an analytic rubric for formative feedback on students' drafts. An experienced colleague
would use it as it is.
- Three to six criteria, each about one thing that can be seen in the text itself. Nothing about participation, effort,
  punctuality or an oral talk. No two criteria about the same thing.
- Each criterion has three to five levels from lowest to highest points, the same number and labels for all.
- The description of a level says what one would see in a draft at that level: things that can be counted or quoted.
  Levels differ in kind, not in a word of degree. No words such as "good", "appropriate" or "clear" without saying what
  one would see.
- Weights add up to 100 and follow what the task asks for.
- Write in the language of the task.
"""
_OPINE = """\
You are an experienced assessor. Look at an instructor's rubric for formative feedback and name what would make two
readers disagree, or what a student could not act on: criteria that overlap, criteria nobody can judge from the text
alone, levels that differ only in a word of degree, words without an anchor, things the task asks for that no criterion
looks at, criteria the task does not ask for.
- At most eight findings, the weightiest first; an empty list where the rubric is sound. Invent nothing.
- Each finding gives the reason in one or two sentences and a mend in concrete words that could stand in the rubric.
- Rules have found the things listed last already: do not repeat them.
"""
_LEVEL = strict_object(
    {
        "label": text("A word or two."), "points": {"type": "number"},
        "description": text("What one would see in a draft at this level."),
    }
)  # fmt: skip
PROPOSAL_SCHEMA = strict_object(
    {
        "name": text("A short name for the rubric."),
        "criteria": {
            "type": "array",
            "items": strict_object(
                {
                    "name": text("What is looked at."), "weight": {"type": "number"},
                    "description": text("One sentence."), "levels": {"type": "array", "items": _LEVEL},
                }
            ),
        },
    }
)  # fmt: skip
OPINION_SCHEMA = strict_object(
    {
        "findings": {
            "type": "array",
            "items": strict_object(
                {
                    "criterion": text("The key or name of the criterion; empty for the rubric as a whole."),
                    "severity": {"type": "string", "enum": ["should", "consider"]},
                    "reason": text("What is the matter and why."), "mend": text("What to write instead."),
                }
            ),
        }
    }
)  # fmt: skip


def proposal_prompt(brief: Brief) -> tuple[str, str]:
    """What a model is told, and asked; the task is the instructor's own text."""
    form = '{"name": "", "criteria": [{"name": "", "weight": 0, "description": "", "levels": [{"label": "", '
    asked = f'{harmless(task_part(brief))}\nAnswer with one JSON object and nothing else:\n{form}"points": 0, '
    return _PROPOSE, f'{asked}"description": ""}}, …]}}, …]}}'


def opinion_prompt(brief: Brief) -> tuple[str, str]:
    """The same for a second opinion on the brief's rubric."""
    known = "\n".join(f"- {each.reason}" for each in check_up(brief.rubric).findings) or "- nothing"
    form = '{"findings": [{"criterion": "", "severity": "should" | "consider", "reason": "", "mend": ""}, …]}'
    said = f"{harmless(task_part(brief))}\n{harmless(rubric_part(brief))}\nFound by rules already:\n{harmless(known)}\n"
    return _OPINE, f"{said}\nAnswer with one JSON object and nothing else:\n{form}"


async def proposed_rubric(
    gateway: Gateway, provider: Provider, model: str, *, brief: Brief
) -> tuple[Mapping[str, Any], ModelReply]:
    """A rubric that could be saved, as `rubric_to_data` has it. Raises as `read_with_model` does."""

    def parse(said: str) -> Mapping[str, Any]:
        return rubric_to_data(proposal_in(said))

    return await _asked(gateway, provider, model, proposal_prompt(brief), PROPOSAL_SCHEMA, parse)


async def opinion_of(
    gateway: Gateway, provider: Provider, model: str, *, brief: Brief
) -> tuple[Mapping[str, Any], ModelReply]:
    """{"findings": [{"criterion": key or "", "severity", "reason", "mend"}]}. Raises as `read_with_model` does."""

    def parse(said: str) -> Mapping[str, Any]:
        return {"findings": findings_in(said, brief.rubric)}

    return await _asked(gateway, provider, model, opinion_prompt(brief), OPINION_SCHEMA, parse)


async def _asked(
    gateway: Gateway, provider: Provider, model: str, prompt: tuple[str, str], schema: Mapping[str, Any],
    parse: Callable[[str], T],
) -> tuple[T, ModelReply]:  # fmt: skip
    reply = await gateway.complete(
        ModelCall(
            provider=provider, model=model, system=prompt[0], user=prompt[1], schema=schema, temperature=TEMPERATURE,
            max_tokens=MAX_TOKENS, timeout_seconds=provider.timeout_seconds,
        )
    )  # fmt: skip
    try:
        return parse(reply.text), reply
    except AnswerRejected as rejected:
        rejected.spent = replace(reply, text="")
        raise


def proposal_in(said: str) -> Rubric:
    """The rubric a model's text holds; AnswerRejected unless it could be saved and has two to eight criteria."""
    for data in objects_in(said):
        criteria = tuple(_criterion(each) for each in _objects(data.get("criteria")))
        if not FEWEST_CRITERIA <= len(criteria) <= MOST_CRITERIA:
            continue
        parsed = parse_rubric(TypedRubric(_line(data.get("name")) or "Proposed rubric", criteria))
        if isinstance(parsed, Rubric) and all(level.description for each in parsed.criteria for level in each.levels):
            return parsed
    raise AnswerRejected


def findings_in(said: str, rubric: Rubric) -> list[dict[str, str]]:
    """What a model found, at most eight. A finding without reason or mend, or on a criterion there is not, is dropped;
    AnswerRejected where no object has a list of findings, or all that is in it was dropped."""
    for data in objects_in(said):
        listed = data.get("findings")
        if not isinstance(listed, list):
            continue
        found = [kept for each in _objects(listed) if (kept := _finding(each, rubric)) is not None]
        if found or not listed:
            return found[:MOST_FINDINGS]
    raise AnswerRejected


def _finding(value: Mapping[str, Any], rubric: Rubric) -> dict[str, str] | None:
    reason, mend = (shortened(clean_text(value.get(name)), LONGEST_SAID) for name in ("reason", "mend"))
    named = clean_text(value.get("criterion"))
    criterion = criterion_called(named, rubric) if named else None
    if not reason or not mend or (named and criterion is None):
        return None
    severity = "should" if value.get("severity") == "should" else "consider"
    return {"criterion": criterion.key if criterion else "", "severity": severity, "reason": reason, "mend": mend}


def _criterion(value: Mapping[str, Any]) -> TypedCriterion:
    return TypedCriterion(
        _line(value.get("name")), _number(value.get("weight")), clean_text(value.get("description")),
        tuple(
            TypedLevel(_line(each.get("label")), _number(each.get("points")), clean_text(each.get("description")))
            for each in _objects(value.get("levels"))
        ),
    )  # fmt: skip


def _line(value: object) -> str:
    return " ".join(clean_text(value).split())


def _number(value: object) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return number_text(float(value)) if good and isinstance(value, int | float) else ""


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def prompt_length(prompt: tuple[str, str], schema: Mapping[str, Any]) -> int:
    """Characters that are sent."""
    return len(prompt[0]) + len(prompt[1]) + len(json.dumps(schema))
