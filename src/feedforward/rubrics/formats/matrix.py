"""A rubric as the cells of a table, however it was laid out: levels as columns, or one row per level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import Imported, finished, number_in, one_line, shortened
from feedforward.rubrics.rules import Criterion, Level, Rubric, number_text

Cells = Sequence[str]

_CRITERION = {"", "criterion", "criteria", "category", "aspect", "dimension", "trait", "element", "skill", "component"}
_WEIGHT = {"weight", "weighting", "weight (%)", "weighting (%)", "%", "share", "worth", "value"}
_WORDS = {"description", "criterion description", "criteria description", "details", "what is looked at"}
_LEVEL = {"level", "rating", "label", "band"}
_POINTS = {"points", "score", "marks", "pts"}
_LEVEL_WORDS = {"description", "level description", "descriptor", "what it looks like", "definition"}
_FOR_MARKING = {"score", "scores", "mark", "marks", "points", "total", "comments", "comment", "feedback", "notes"}
_BEST = re.compile(
    r"excel|outstanding|exemplary|advanced|distin|capstone|superior|very good|exceed|mastery|strong|a\+?$|high|full",
    re.IGNORECASE,
)
# Longer ones are sentences, and patterns take too long over them.
_LONGEST_HEAD = 200
_NUMBER = r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?"
_UNIT = r"\s*(?:points?|pts?\.?|marks?)?"
_RANGE = re.compile(rf"(?P<label>.*?)[\s(:–-]*\(?(?P<low>\d+(?:[.,]\d+)?)\s*[–-]\s*(?P<high>\d+(?:[.,]\d+)?){_UNIT}\)?")
_HEADS = (
    re.compile(rf"(?P<label>.*\S)\s*\((?P<points>{_NUMBER}){_UNIT}\)", re.IGNORECASE | re.DOTALL),
    re.compile(rf"(?P<points>{_NUMBER}){_UNIT}\s*[:=–—-]\s*(?P<label>\S.*)", re.IGNORECASE | re.DOTALL),
    re.compile(
        rf"(?P<label>.*?\S)(?:\s*[:=–—]\s*|\s+-\s+)(?P<points>\d+(?:[.,]\d+)?){_UNIT}", re.IGNORECASE | re.DOTALL
    ),
    re.compile(
        r"(?P<label>.*?[^\s\d.,:=–—-])\s*[:=–—-]?\s+(?P<points>\d+(?:[.,]\d+)?)\s*(?:points?|pts?\.?|marks?)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<label>(?P<points>\d+(?:[.,]\d+)?)){_UNIT}", re.IGNORECASE),
)  # fmt: skip
_NAME_WEIGHT = re.compile(r"(.*\S)\s*\((\d+(?:[.,]\d+)?) ?%\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Head:
    """A level's column: its place, label, and points where the header says them."""

    place: int
    label: str
    points: float | None


def is_header(cells: Cells) -> bool:
    """Whether these cells can head a rubric's table."""
    return len(cells) >= 3 and sum(bool(cell.strip()) for cell in cells) >= 2


def imported_from(name: str, rows: Sequence[Cells], notes: Sequence[str] = ()) -> Imported:
    """The rubric in these rows, the first of them the header; RuleBroken where they hold none."""
    if not rows or not is_header(rows[0]):
        raise RuleBroken("There is no table with a heading row in it: criteria below each other, levels side by side.")
    told = list(notes)
    header = [_plain(cell) for cell in rows[0]]
    by_level = any(cell in _LEVEL for cell in header) and any(cell in _POINTS for cell in header)
    criteria = _by_level(header, rows[1:], told) if by_level else _by_criterion(rows[0], rows[1:], told)
    return finished(name, criteria, told)


def _plain(cell: str) -> str:
    return one_line(cell).casefold()


def _place(header: Sequence[str], known: set[str], after: int = 0) -> int | None:
    return next((place for place, cell in enumerate(header) if place >= after and cell in known), None)


def cell_at(row: Cells, place: int | None) -> str:
    """The cell, "" where the row is too short or there is no such column."""
    return row[place].strip() if place is not None and place < len(row) else ""


def _by_level(header: Sequence[str], rows: Sequence[Cells], told: list[str]) -> list[Criterion]:
    level, points = _place(header, _LEVEL), _place(header, _POINTS)
    words = _place(header, _LEVEL_WORDS, after=max(level or 0, points or 0))
    name, weight = _place(header, _CRITERION - {""}), _place(header, _WEIGHT)
    description = _place(header[: level or 0], _WORDS)
    found: list[tuple[Criterion, list[Level]]] = []
    for row in rows:
        title = cell_at(row, name)
        if not found or (title and title != found[-1][0].name):
            number = weight_in(cell_at(row, weight), title, told)
            found.append((Criterion("", title, number, cell_at(row, description), ()), []))
        label, text = cell_at(row, level), cell_at(row, words)
        if label or text or cell_at(row, points):
            found[-1][1].append(level_in(label, cell_at(row, points), text, title or found[-1][0].name, told))
    return [Criterion("", each.name, each.weight, each.description, tuple(levels)) for each, levels in found]


def level_in(label: str, points: str, text: str, criterion: str, told: list[str]) -> Level:
    """A level of a row; a note where its points cannot be read."""
    number = number_in(points)
    if number is None:
        told.append(
            f"“{shortened(criterion, 60)}”: level “{shortened(label, 60)}” has no points we can read and got 0."
        )
    return Level(label, number or 0.0, text)


def weight_in(text: str, criterion: str, told: list[str]) -> float:
    """The weight a cell says; 1 where it says none, with a note where it says something else."""
    number = number_in(text)
    if number is not None and number >= 0:
        return number
    if text:
        told.append(
            f"“{shortened(criterion, 60)}”: the weight “{shortened(text, 40)}” is no number we can read; it weighs 1."
        )
    return 1.0


def _by_criterion(header: Cells, rows: Sequence[Cells], told: list[str]) -> list[Criterion]:
    plain = [_plain(cell) for cell in header]
    weight = _place(plain, _WEIGHT, after=1)
    description = 1 if len(plain) > 1 and plain[1] in _WORDS else _place(plain[:3], _WORDS, after=1)
    marking = [place for place, cell in enumerate(plain) if place and cell in _FOR_MARKING]
    if marking:
        told.append(
            "Columns for marks and comments were left out: " + ", ".join(header[at].strip() for at in marking) + "."
        )
    heads = [
        _head(place, cell, told)
        for place, cell in enumerate(header)
        if place and place not in (weight, description, *marking) and one_line(cell)
    ]
    if not heads:
        raise RuleBroken("The table's heading row names no levels.")
    points = _points(heads, told)
    criteria = []
    for row in rows:
        title, number = cell_at(row, 0), weight_in(cell_at(row, weight), cell_at(row, 0), told)
        with_weight = _NAME_WEIGHT.fullmatch(title) if len(title) <= _LONGEST_HEAD else None
        if with_weight and weight is None:
            title, number = with_weight[1], float(with_weight[2].replace(",", "."))
        if not title and not any(cell.strip() for cell in row):
            continue
        levels = [Level(head.label, at, cell_at(row, head.place)) for head, at in zip(heads, points, strict=True)]
        lowest_first = reversed(levels) if points[0] > points[-1] else levels
        criteria.append(Criterion("", title, number, cell_at(row, description), tuple(lowest_first)))
    return criteria


def _head(place: int, cell: str, told: list[str]) -> _Head:
    text = one_line(cell)
    if len(text) > _LONGEST_HEAD:
        return _Head(place, text, None)
    written = _HEADS[0].fullmatch(text)
    ranged = None if written else _RANGE.fullmatch(text)
    if ranged:
        told.append(f"“{shortened(text, 60)}” is a range of points; the level keeps the highest of them.")
        return _Head(place, ranged["label"].strip(" (:–-") or text, number_in(ranged["high"]))
    for pattern in _HEADS:
        found = pattern.fullmatch(text)
        if found and number_in(found["points"]) is not None:
            return _Head(place, found["label"].strip(), number_in(found["points"]))
    return _Head(place, text, None)


def _points(heads: Sequence[_Head], told: list[str]) -> list[float]:
    """Each level's points; counted from 1 where the header does not say all, the better end as far as it shows."""
    said = [head.points for head in heads if head.points is not None]
    if len(said) == len(heads):
        return said
    steps = [float(number) for number in range(1, len(heads) + 1)]
    best_first = bool(_BEST.search(heads[0].label)) or not _BEST.search(heads[-1].label)
    best = heads[0].label if best_first else heads[-1].label
    told.append(
        f"The levels carry no points: they got 1 to {len(heads)}, with “{shortened(best, 60)}” as the highest. Check "
        "that this is the right way round."
    )
    return steps[::-1] if best_first else steps


def rows_of(rubric: Rubric) -> list[list[str]]:
    """The rubric as cells that `imported_from` reads back: levels side by side where all criteria have the same."""
    ladders = {tuple((level.label, level.points) for level in each.levels) for each in rubric.criteria}
    ladder = ladders.pop() if len(ladders) == 1 else ()
    if len(ladder) >= 1 and all(label == one_line(label) for label, _ in ladder):
        heads = [f"{label} ({number_text(points)})" for label, points in reversed(ladder)]
        return [
            ["Criterion", "Weight", "Description", *heads],
            *(
                [
                    each.name,
                    number_text(each.weight),
                    each.description,
                    *(lev.description for lev in reversed(each.levels)),
                ]
                for each in rubric.criteria
            ),
        ]
    rows = [["Criterion", "Weight", "Criterion description", "Level", "Points", "Level description"]]
    for each in rubric.criteria:
        start = [each.name, number_text(each.weight), each.description]
        levels = [[lev.label, number_text(lev.points), lev.description] for lev in reversed(each.levels)]
        first, *others = levels or [["", "", ""]]
        rows.append([*start, *first])
        rows.extend(["", "", "", *cells] for cells in others)
    return rows
