"""What every format gives and takes: a rubric with what could not be carried, and the limits all of them share."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedforward.errors import RuleBroken
from feedforward.rubrics.files import (
    LONGEST_DESCRIPTION,
    LONGEST_LABEL,
    LONGEST_NAME,
    MOST_CRITERIA,
    MOST_LEVELS,
    MOST_NUMBER,
)
from feedforward.rubrics.rules import Criterion, Rubric, key_from_position, number_text

MOST_BYTES = 1_000_000
NAMELESS = "Imported rubric"


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about the assignment beside its rubric; `due` as written there, `max_drafts` None if missing."""

    title: str = ""
    instructions: str = ""
    due: str = ""
    max_drafts: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A rubric read from a file, what could not be carried or was assumed (`notes`, whole sentences), and `about`.

    The rubric may have problems (`rules.problems_of`): a criterion without levels, two of the same name.
    """

    rubric: Rubric
    notes: tuple[str, ...] = ()
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A rubric as a file, UTF-8, and what this format could not carry (whole sentences, empty for nothing lost)."""

    data: bytes
    notes: tuple[str, ...] = ()


def finished(
    name: str, criteria: Sequence[Criterion], notes: Iterable[str] = (), about: About | None = None
) -> Imported:
    """The rubric within our limits: one-line names, levels from the lowest points up, keys in order.

    RuleBroken where it is empty or larger than a rubric may be. A name that is too long moves into the description.
    """
    told = list(notes)
    if not criteria:
        raise RuleBroken("There is no criterion in it.")
    if len(criteria) > MOST_CRITERIA:
        raise RuleBroken(f"It has {len(criteria)} criteria; a rubric may have {MOST_CRITERIA}.")
    named = one_line(name)
    if not named:
        named = NAMELESS
        told.append(f"It has no name of its own, so it is called “{NAMELESS}” for now.")
    if len(named) > LONGEST_NAME:
        named = shortened(named, LONGEST_NAME)
        told.append("Its name was too long and is shortened.")
    whole = tuple(_criterion(each, position, told) for position, each in enumerate(criteria))
    return Imported(Rubric(named, whole), tuple(dict.fromkeys(told)), about)


def _criterion(criterion: Criterion, position: int, told: list[str]) -> Criterion:
    name, description = one_line(criterion.name), clean(criterion.description)
    if not name:
        name = f"Criterion {position + 1}"
        told.append(f"Criterion {position + 1} has no name of its own.")
    shown = shortened(name, 60)
    if len(name) > LONGEST_NAME:
        description = f"{name}\n{description}".strip()
        name = shortened(name, LONGEST_NAME)
        told.append(f"“{shown}”: the name was too long; its whole text stands in the description now.")
    if len(criterion.levels) > MOST_LEVELS:
        raise RuleBroken(f"“{shown}” has {len(criterion.levels)} levels; a criterion may have {MOST_LEVELS}.")
    levels = []
    for level in criterion.levels:
        label, words = one_line(level.label), clean(level.description)
        if not label:
            label = f"{number_text(_within(level.points, shown))} points"
            told.append(f"“{shown}”: a level without a label is called “{label}”.")
        if len(label) > LONGEST_LABEL:
            words = f"{label}\n{words}".strip()
            label = shortened(label, LONGEST_LABEL)
            told.append(f"“{shown}”: a label was too long; its whole text stands in the level's description now.")
        _bounded(words, shown)
        levels.append(replace(level, label=label, points=_within(level.points, shown), description=words))
    _bounded(description, shown)
    return Criterion(
        key_from_position(position), name, _within(criterion.weight, shown), description,
        tuple(sorted(levels, key=lambda level: level.points)),
    )  # fmt: skip


def _within(number: float, shown: str) -> float:
    if not -MOST_NUMBER <= number <= MOST_NUMBER:
        raise RuleBroken(f"“{shown}”: a number is not between -{MOST_NUMBER:,} and {MOST_NUMBER:,}.")
    return float(number)


def _bounded(text: str, shown: str) -> None:
    if len(text) > LONGEST_DESCRIPTION:
        raise RuleBroken(f"“{shown}”: a description has more than {LONGEST_DESCRIPTION:,} characters.")


def clean(text: str) -> str:
    """The text without control characters, its lines ended in one way; half character pairs become “?”."""
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) != "Cc").strip()


def one_line(text: str) -> str:
    """The text as one line."""
    return " ".join(part for line in clean(text).splitlines() for part in line.split("\t") if part).strip()


def shortened(text: str, most: int) -> str:
    """The text, cut at a word with “…” where it has more than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut).rstrip() + "…"


def weighted_by_points(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Criteria of a format that adds points up: each weighs as much as its highest level; 1 where all are alike."""
    tops = [_top(criterion) for criterion in criteria]
    if len(set(tops)) == 1 or not any(tops):
        tops = [1.0] * len(tops)
    return tuple(replace(each, weight=top) for each, top in zip(criteria, tops, strict=True))


def weights_not_in_points(rubric: Rubric, product: str) -> tuple[str, ...]:
    """What to say where the weights cannot be seen from the points; `product` adds points up."""
    back = replace(rubric, criteria=weighted_by_points(rubric.criteria))
    same = all(
        abs(rubric.share(one) - back.share(other)) < 1e-9
        for one, other in zip(rubric.criteria, back.criteria, strict=True)
    )
    if same:
        return ()
    shares = ", ".join(f"{each.name} {rubric.share(each):.0%}" for each in rubric.criteria)
    return (f"{product} has no weights: there each criterion counts by its highest points, not as here ({shares}).",)


def _top(criterion: Criterion) -> float:
    return max((0.0, *(level.points for level in criterion.levels)))


def number_in(text: str) -> float | None:
    """The number a cell holds (`4`, `4,5`, `4 pts`, `25 %`); None where it holds none or more."""
    word = text.strip().casefold().rstrip("%").strip()
    for unit in ("points", "point", "pts", "pt", "marks", "mark"):
        word = word.removesuffix(unit).strip()
    try:
        number = float(word.replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) <= MOST_NUMBER else None
