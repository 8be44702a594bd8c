"""What a linter's finding about a rubric is: pure values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from feedforward.rubrics.rules import Rubric

# The checks of wording know English words; in a language they do not know they would be silent or wrong.
ENGLISH_ONLY = "Only weights and levels were checked: the checks of wording know English alone."


class Kind(StrEnum):
    """What a finding is about."""

    UNUSABLE = "unusable"
    WEIGHTS = "weights"
    MISSING_TEXT = "missing_text"
    STEPS = "steps"
    TOO_MANY = "too_many"
    LEVELS_ALIKE = "levels_alike"
    DEGREE_ONLY = "degree_only"
    SHARED_TEXT = "shared_text"
    VAGUE = "vague"
    OVERLAP = "overlap"
    TWO_IN_ONE = "two_in_one"
    UNSEEN = "unseen"


class Severity(StrEnum):
    """How much it matters: cannot be used so; feedback will suffer; worth a thought."""

    MUST = "must"
    SHOULD = "should"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, for a person to weigh.

    `criteria` are the keys it is about (none: the whole rubric), `levels` the labels inside that criterion. `reason`
    says what is the matter and why, `mend` what to do. `mended` is the rubric with that done, where code can
    do it.
    """

    kind: Kind
    severity: Severity
    criteria: tuple[str, ...]
    reason: str
    mend: str
    levels: tuple[str, ...] = ()
    mended: Rubric | None = None


Check = Callable[[Rubric], Iterator[Finding]]
