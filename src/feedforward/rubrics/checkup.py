"""The linter over a rubric while it is being built: what it finds, and one of its mends made."""

from dataclasses import dataclass

from feedforward.rubrics.builder import TypedRubric, is_number, parse_rubric, typed_from
from feedforward.rubrics.linter_rules import Finding
from feedforward.rubrics.rules import Rubric


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What was looked at and found; `rubric` is None while the form does not make one, `english` whether the words were
    looked at as well as the numbers."""

    rubric: Rubric | None
    findings: tuple[Finding, ...] = ()
    english: bool = True


def check_up(rubric: Rubric) -> CheckUp:
    """The linter over a whole rubric; takes some ten milliseconds."""
    # Imported here: the facts about words that it uses are not needed to start.
    from feedforward.rubrics.linter import lint, reads_as_english

    return CheckUp(rubric, lint(rubric), reads_as_english(rubric))


def check_up_typed(typed: TypedRubric) -> CheckUp:
    """The same for what stands in a builder."""
    rubric = parse_rubric(typed)
    return CheckUp(None) if isinstance(rubric, dict) else check_up(rubric)


def mended(typed: TypedRubric, kind: str, place: str) -> TypedRubric:
    """The rubric as typed with the finding's mend made; unchanged where that finding is not there (any more)."""
    findings = check_up_typed(typed).findings
    if not is_number(place) or int(place) >= len(findings):
        return typed
    found = findings[int(place)]
    return typed if found.kind != kind or found.mended is None else typed_from(found.mended)
