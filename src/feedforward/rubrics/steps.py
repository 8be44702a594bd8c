"""The steps of the rubric builder: each gives the rubric as typed, changed in one place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from feedforward.rubrics.builder import NEW_CRITERION, TypedCriterion, TypedLevel, TypedRubric, is_number, number_typed
from feedforward.rubrics.files import LONGEST_NAME, MOST_CRITERIA, MOST_LEVELS
from feedforward.rubrics.rules import fold, number_text

_Each = TypeVar("_Each")


def changed(typed: TypedRubric, step: str) -> TypedRubric:
    """One step: `add-criterion`, `normalise`, `usual-levels` (where there are none), or one that names a criterion by
    its place from 0 (`up:2`): `up`, `down`, `move:2:0` (from, to), `copy`, `remove-criterion`, `add-level`, and with a
    level's place as well (`remove-level:2:0`) `remove-level`, `level-up`, `level-down`, `copy-level`.

    A step that points nowhere, or would make the rubric larger than it may be, changes nothing.
    """
    verb, *places = step.split(":")
    if not all(is_number(place) for place in places):
        return typed
    numbers = [int(place) for place in places]
    if not numbers:
        return _whole(typed, verb)
    at = numbers[0]
    if at >= len(typed.criteria):
        return typed
    if verb in ("up", "down", "move", "copy", "remove-criterion"):
        return replace(typed, criteria=_order(typed.criteria, verb, numbers))
    criteria = list(typed.criteria)
    criteria[at] = _one(criteria[at], verb, numbers[1:])
    return replace(typed, criteria=tuple(criteria))


def _whole(typed: TypedRubric, verb: str) -> TypedRubric:
    if verb == "add-criterion" and len(typed.criteria) < MOST_CRITERIA:
        return replace(typed, criteria=(*typed.criteria, NEW_CRITERION))
    if verb == "normalise":
        return normalised(typed)
    if verb == "usual-levels":
        return replace(typed, criteria=tuple(_one(each, verb, ()) for each in typed.criteria))
    return typed


def normalised(typed: TypedRubric) -> TypedRubric:
    """The same shares with weights that add up to 100, in whole numbers where they stay within half a percent.

    Unchanged where a weight is no number, or all are zero.
    """
    weights = [number_typed(each.weight) for each in typed.criteria]
    known = [each for each in weights if each is not None and each >= 0]
    total = sum(known)
    if len(known) < len(weights) or not total:
        return typed
    exact = [each / total * 100 for each in known]
    parts = [float(int(each)) for each in exact]
    # What rounding down left over goes to the largest remainders, so that the sum is 100.
    left = round(100 - sum(parts))
    for place in sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])[:left]:
        parts[place] += 1
    if any(part == 0 < was for part, was in zip(parts, exact, strict=True)):
        parts = [round(each, 2) for each in exact]
    return replace(
        typed,
        criteria=tuple(
            replace(each, weight=number_text(part)) for each, part in zip(typed.criteria, parts, strict=True)
        ),
    )


def _order(criteria: Sequence[TypedCriterion], verb: str, numbers: Sequence[int]) -> tuple[TypedCriterion, ...]:
    at = numbers[0]
    if verb == "copy" and len(numbers) == 1 and len(criteria) < MOST_CRITERIA:
        copy = replace(criteria[at], name=_free_name(criteria[at].name, [each.name for each in criteria]))
        return (*criteria[: at + 1], copy, *criteria[at + 1 :])
    if verb == "remove-criterion" and len(numbers) == 1:
        return (*criteria[:at], *criteria[at + 1 :])
    if verb in ("up", "down") and len(numbers) == 1:
        return _moved(criteria, at, at + (1 if verb == "down" else -1))
    if verb == "move" and len(numbers) == 2:
        return _moved(criteria, at, numbers[1])
    return tuple(criteria)


def _moved(things: Sequence[_Each], at: int, to: int) -> tuple[_Each, ...]:
    if not 0 <= to < len(things):
        return tuple(things)
    others = [*things[:at], *things[at + 1 :]]
    return (*others[:to], things[at], *others[to:])


def _free_name(name: str, taken: Sequence[str]) -> str:
    start = name.strip()[: LONGEST_NAME - 12]
    known = {fold(each) for each in taken}
    numbers = (f"{start} ({number})" for number in range(2, MOST_CRITERIA + 3))
    return next(each for each in numbers if fold(each) not in known) if start else ""


def _one(criterion: TypedCriterion, verb: str, numbers: Sequence[int]) -> TypedCriterion:
    levels = criterion.levels
    room = len(levels) < MOST_LEVELS
    if not numbers:
        if verb == "add-level" and room:
            return replace(criterion, levels=(*levels, next_level(criterion)))
        if verb == "usual-levels" and not levels:
            return replace(criterion, levels=NEW_CRITERION.levels)
        return criterion
    at = numbers[0]
    if len(numbers) > 1 or at >= len(levels):
        return criterion
    match verb:
        case "remove-level":
            return replace(criterion, levels=(*levels[:at], *levels[at + 1 :]))
        case "copy-level" if room:
            copy = replace(next_level(criterion), description=levels[at].description)
            return replace(criterion, levels=(*levels, copy))
        case "level-up":
            return _words_moved(criterion, at, at - 1)
        case "level-down":
            return _words_moved(criterion, at, at + 1)
    return criterion


def _words_moved(criterion: TypedCriterion, at: int, to: int) -> TypedCriterion:
    """The level's words in another place; points stay where they are, because they are the order of levels."""
    points = [level.points for level in criterion.levels]
    moved = _moved(criterion.levels, at, to)
    return replace(
        criterion, levels=tuple(replace(level, points=own) for level, own in zip(moved, points, strict=True))
    )


def next_level(criterion: TypedCriterion) -> TypedLevel:
    """A level one point above the highest, which is where a new one mostly goes."""
    points = [number for level in criterion.levels if (number := number_typed(level.points)) is not None]
    return TypedLevel(points=number_text(max(points) + 1) if points else "1")
