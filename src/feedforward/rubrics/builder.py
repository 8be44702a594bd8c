"""A rubric while it is being built: everything as typed, the steps of the builder, and parsing the whole."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from feedforward.rubrics.files import (
    LONGEST_DESCRIPTION,
    LONGEST_LABEL,
    LONGEST_NAME,
    MOST_CRITERIA,
    MOST_LEVELS,
    MOST_NUMBER,
)
from feedforward.rubrics.rules import Criterion, Level, Rubric, fold, key_from_position, number_text, problems_of


@dataclass(frozen=True, slots=True)
class TypedLevel:
    """A level as typed."""

    label: str = ""
    points: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class TypedCriterion:
    """A criterion as typed, its levels in the order they stand in."""

    name: str = ""
    weight: str = "1"
    description: str = ""
    levels: tuple[TypedLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedRubric:
    """A rubric as typed."""

    name: str = ""
    criteria: tuple[TypedCriterion, ...] = ()

    @property
    def is_blank(self) -> bool:
        return self == blank_rubric() or (not self.name.strip() and not self.criteria)


NEW_CRITERION = TypedCriterion(
    levels=(
        TypedLevel("Beginning", "1"),
        TypedLevel("Developing", "2"),
        TypedLevel("Proficient", "3"),
        TypedLevel("Advanced", "4"),
    )
)


def blank_rubric() -> TypedRubric:
    """What the builder starts with: one criterion, its levels named, nothing described."""
    return TypedRubric("", (NEW_CRITERION,))


def typed_from(rubric: Rubric) -> TypedRubric:
    """A saved rubric back in the builder."""
    return TypedRubric(
        rubric.name,
        tuple(
            TypedCriterion(
                criterion.name, number_text(criterion.weight), criterion.description,
                tuple(
                    TypedLevel(level.label, number_text(level.points), level.description) for level in criterion.levels
                ),
            )
            for criterion in rubric.criteria
        ),
    )  # fmt: skip


def typed_in(sent: Mapping[str, str]) -> TypedRubric:
    """What the builder's form sent: `name`, `criterion.0.name`, `criterion.0.level.0.points` …; gaps are allowed."""
    numbers = sorted({int(parts[1]) for parts in _split(sent) if parts[1].isdecimal()})[: MOST_CRITERIA + 1]
    return TypedRubric(
        sent.get("name", ""), tuple(_typed_criterion(sent, f"criterion.{number}.") for number in numbers)
    )


def _split(sent: Mapping[str, str]) -> list[list[str]]:
    # Seven digits at most, because int() of a very long number takes very long.
    parts = [name.split(".") for name in sent if name.startswith("criterion.") and name.count(".") >= 2]
    return [each for each in parts if each[1].isascii() and len(each[1]) <= 7]


def _typed_criterion(sent: Mapping[str, str], start: str) -> TypedCriterion:
    found = {
        int(name.removeprefix(f"{start}level.").split(".")[0])
        for name in sent
        if name.startswith(f"{start}level.") and is_number(name.removeprefix(f"{start}level.").split(".")[0])
    }
    levels = tuple(
        TypedLevel(
            sent.get(f"{start}level.{number}.label", ""), sent.get(f"{start}level.{number}.points", ""),
            sent.get(f"{start}level.{number}.description", ""),
        )
        for number in sorted(found)[: MOST_LEVELS + 1]
    )  # fmt: skip
    return TypedCriterion(
        sent.get(f"{start}name", ""), sent.get(f"{start}weight", ""), sent.get(f"{start}description", ""), levels
    )


def is_number(text: str) -> bool:
    """Whether this is a place in a form's names: int() of a very long number takes very long."""
    return text.isascii() and text.isdecimal() and len(text) <= 7


def shares(typed: TypedRubric) -> list[str]:
    """Each criterion's part of the whole as it stands, in words (`25 %`); "" while its weight is no number."""
    weights = [number_typed(criterion.weight) for criterion in typed.criteria]
    total = sum(weight for weight in weights if weight and weight > 0)
    return [
        f"{weight / total * 100:.0f} %" if weight is not None and weight >= 0 and total else "" for weight in weights
    ]


def total_weight(typed: TypedRubric) -> float | None:
    """The sum of all weights; None while one of them is no number of zero or more."""
    weights = [number_typed(criterion.weight) for criterion in typed.criteria]
    known = [weight for weight in weights if weight is not None and weight >= 0]
    return sum(known) if len(known) == len(weights) else None


def parse_rubric(typed: TypedRubric) -> Rubric | dict[str, str]:
    """The rubric, its levels from the lowest points up; or field → what to change."""
    problems: dict[str, str] = {}
    _line(problems, "name", typed.name, LONGEST_NAME, "Give the rubric a name, so that you find it again.")
    criteria = []
    for position, criterion in enumerate(typed.criteria):
        start = f"criterion.{position}."
        _line(problems, f"{start}name", criterion.name, LONGEST_NAME, "Give the criterion a name.")
        if (
            any(fold(criterion.name) == fold(other.name) for other in typed.criteria[:position])
            and criterion.name.strip()
        ):
            problems[f"{start}name"] = (
                f"Another criterion is called “{criterion.name.strip()}”. Give each its own name."
            )
        weight = number_typed(criterion.weight)
        if weight is None or not 0 <= weight <= MOST_NUMBER:
            problems[f"{start}weight"] = "Enter a number of zero or more."
        _most(problems, f"{start}description", criterion.description)
        criteria.append(
            Criterion(
                key_from_position(position), criterion.name.strip(), weight or 0.0, criterion.description.strip(),
                _levels(problems, start, criterion),
            )
        )  # fmt: skip
    rubric = Rubric(typed.name.strip(), tuple(criteria))
    left = problems_of(rubric) if not problems else ()
    if left:
        problems[""] = " ".join(left)
    return problems or rubric


def _levels(problems: dict[str, str], start: str, criterion: TypedCriterion) -> tuple[Level, ...]:
    if len(criterion.levels) < 2:
        problems.setdefault(f"{start}name", "Add at least two levels to this criterion.")
    levels: list[Level] = []
    for step, level in enumerate(criterion.levels):
        place = f"{start}level.{step}."
        _line(problems, f"{place}label", level.label, LONGEST_LABEL, "Give the level a label.")
        points = number_typed(level.points)
        if points is None or not -MOST_NUMBER <= points <= MOST_NUMBER:
            problems[f"{place}points"] = "Enter a number."
            points = 0.0
        elif any(points == other.points for other in levels):
            problems[f"{place}points"] = "Another level of this criterion has the same points."
        if level.label.strip() and any(fold(level.label) == fold(other.label) for other in levels):
            problems[f"{place}label"] = "Another level of this criterion has the same label."
        _most(problems, f"{place}description", level.description)
        levels.append(Level(level.label.strip(), points, level.description.strip()))
    return tuple(sorted(levels, key=lambda level: level.points))


def _line(problems: dict[str, str], field: str, text: str, most: int, missing: str) -> None:
    if not text.strip():
        problems[field] = missing
    elif len(text.strip()) > most:
        problems[field] = f"Use at most {most} characters."


def _most(problems: dict[str, str], field: str, text: str) -> None:
    if len(text.strip()) > LONGEST_DESCRIPTION:
        problems[field] = f"Use at most {LONGEST_DESCRIPTION:,} characters."


def number_typed(typed: str) -> float | None:
    """The number typed, with a point or a comma; None where it is none."""
    try:
        number = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
