"""The rubric linter: what would make readers disagree or students guess, found without any model."""

from feedforward.facts.language import language_of
from feedforward.facts.words import words_in
from feedforward.rubrics.linter_rules import Check, Finding, Kind, Severity
from feedforward.rubrics.linter_shape import SHAPE_CHECKS
from feedforward.rubrics.linter_topics import TOPIC_CHECKS
from feedforward.rubrics.linter_wording import WORDING_CHECKS
from feedforward.rubrics.linter_words import DEGREES, GENERIC, LITTLE, VAGUE
from feedforward.rubrics.rules import Rubric, problems_of

_ORDER = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.CONSIDER: 2}
ENGLISH_SHARE = 0.3


def lint(rubric: Rubric) -> tuple[Finding, ...]:
    """Every finding about the rubric, the weightiest first; none is no promise that the rubric is a good one."""
    found = [
        Finding(Kind.UNUSABLE, Severity.MUST, (), problem, "A rubric can be used when this is mended.")
        for problem in problems_of(rubric)
    ]
    checks: tuple[Check, ...] = SHAPE_CHECKS
    if reads_as_english(rubric):
        checks = (*checks, *WORDING_CHECKS, *TOPIC_CHECKS)
    for check in checks:
        found += check(rubric)
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def reads_as_english(rubric: Rubric) -> bool:
    """Whether the checks of wording may speak: rubrics are terse, so English is what is not plainly something else."""
    parts = [rubric.name]
    for criterion in rubric.criteria:
        parts += [criterion.name, criterion.description, *(level.description for level in criterion.levels)]
    text = ". ".join(part for part in parts if part)
    forms = [word.form for word in words_in(text, 0, len(text))]
    # "met" is a Dutch word too: what rubrics are made of says more than the little words of a language.
    if sum(form in VAGUE | DEGREES | LITTLE | GENERIC for form in forms) >= ENGLISH_SHARE * len(forms):
        return True
    return language_of(text, forms) in ("English", "unknown")
