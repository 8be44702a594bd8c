"""Rubrics as Canvas exports and imports them: CSV, one row per criterion, ratings as repeated or numbered columns."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import (
    Exported,
    Imported,
    finished,
    number_in,
    shortened,
    weighted_by_points,
    weights_not_in_points,
)
from feedforward.rubrics.rules import Criterion, Level, Rubric, number_text

_RATING = re.compile(r"(?:criteria |criterion )?rating ?(\d{0,3}) ?(name|title|description|points)? ?(\d{0,3})")
_HEADER = re.compile(r"criteri(a|on)[ _]name.*(rating[ _]?\d{0,3}[ _]?(name|points|description)|criteria[ _]enable)")
_KINDS = {"": "name", "title": "name"}
_COLUMNS = {
    "rubric name": "rubric", "rubric title": "rubric", "title": "rubric",
    "criteria name": "name", "criterion name": "name", "criteria": "name", "criterion": "name",
    "criteria description": "description", "criterion description": "description",
    "criteria long description": "description", "criteria enable range": "range", "enable range": "range",
}  # fmt: skip
_WRITTEN = ("Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range")
_WRITTEN_RATING = ("Rating Name", "Rating Description", "Rating Points")


@dataclass(slots=True)
class _Columns:
    """Where things stand in a row: the plain columns by name, ratings as kind → place, and what is not known."""

    plain: dict[str, int]
    ratings: list[dict[str, int]]
    unknown: list[str]


def looks_like(text: str) -> bool:
    """Whether the first line is the header of such a file."""
    first = text.lstrip("\ufeff \r\n").split("\n", 1)[0].casefold()
    return bool(_HEADER.search(first)) and max(first.count(each) for each in ",;\t") >= 2


def read(text: str) -> tuple[Imported, ...]:
    """The rubrics in the file, in their order; RuleBroken where it is no such file."""
    rows = _rows(text)
    columns = _columns(rows[0])
    width = len(rows[0])
    found: list[tuple[str, list[Criterion], list[str]]] = []
    for row in rows[1:]:
        name = _cell(row, columns.plain.get("rubric"))
        if not found or (name and name != found[-1][0]):
            found.append((name, [], []))
        _, criteria, notes = found[-1]
        if not _cell(row, columns.plain.get("name")) and not any(cell.strip() for cell in row[1:]):
            continue
        criteria.append(_criterion(row, columns, width, len(criteria), notes))
    if not found:
        raise RuleBroken("It has a header and no criterion below it.")
    told = [f"The column “{shortened(each, 60)}” is not known here and was left out." for each in columns.unknown]
    return tuple(_whole(name, criteria, [*told, *notes]) for name, criteria, notes in found)


def _whole(name: str, criteria: list[Criterion], notes: list[str]) -> Imported:
    weighted = weighted_by_points(criteria)
    if len({each.weight for each in weighted}) > 1:
        notes.append("Canvas adds points up, so each criterion got its highest points as its weight.")
    return finished(name, weighted, notes)


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        # Strictness would refuse quotes that spreadsheets write and read every day.
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise RuleBroken(f"It is not a table we can read: {error}.") from None
    if not rows:
        raise RuleBroken("It is empty.")
    return rows


def _columns(header: Sequence[str]) -> _Columns:
    columns = _Columns({}, [], [])
    numbered: dict[str, dict[str, int]] = {}
    for place, cell in enumerate(header):
        name = " ".join(cell.replace("_", " ").casefold().split())
        rating = _RATING.fullmatch(name)
        if rating and (rating[2] or rating[1]):
            kind, number = _KINDS.get(rating[2] or "", rating[2] or "name"), rating[1] or rating[3]
            if number:
                if number not in numbered:
                    numbered[number] = {}
                    columns.ratings.append(numbered[number])
                numbered[number].setdefault(kind, place)
            elif columns.ratings and kind not in columns.ratings[-1]:
                columns.ratings[-1][kind] = place
            else:
                columns.ratings.append({kind: place})
        elif name in _COLUMNS and _COLUMNS[name] not in columns.plain:
            columns.plain[_COLUMNS[name]] = place
        elif name:
            columns.unknown.append(cell)
    if "name" not in columns.plain:
        raise RuleBroken("It has no column “Criteria Name”.")
    return columns


def _criterion(row: list[str], columns: _Columns, width: int, position: int, notes: list[str]) -> Criterion:
    name = _cell(row, columns.plain["name"])
    shown = shortened(name or f"Criterion {position + 1}", 60)
    if _cell(row, columns.plain.get("range")).casefold() in ("true", "yes", "1"):
        notes.append(f"“{shown}”: Canvas takes a range of points per level here; each level keeps its highest points.")
    ratings = list(columns.ratings)
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        # A row may have more ratings than the header names: they go on in the header's own order.
        kinds = list(ratings[-1]) if ratings else ["name", "description", "points"]
        ratings += [
            {kind: start + offset for offset, kind in enumerate(kinds)} for start in range(width, len(row), len(kinds))
        ]
        notes.append(f"“{shown}” has more levels than the header has columns; they were read in the same order.")
    levels = []
    for places in ratings:
        label, words, points = (_cell(row, places.get(kind)) for kind in ("name", "description", "points"))
        if not (label or words or points):
            continue
        number = number_in(points)
        if number is None:
            notes.append(f"“{shown}”: level “{shortened(label, 60)}” has no points we can read and got 0.")
        levels.append(Level(label, number or 0.0, words))
    return Criterion("", name, 1.0, _cell(row, columns.plain.get("description")), tuple(reversed(levels)))


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def write(rubric: Rubric) -> Exported:
    """The rubric as Canvas takes it, levels from the highest down; weights cannot be carried."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    most = max(len(criterion.levels) for criterion in rubric.criteria)
    writer.writerow((*_WRITTEN, *_WRITTEN_RATING * most))
    for position, criterion in enumerate(rubric.criteria):
        cells = [rubric.name if position == 0 else "", criterion.name, criterion.description, "false"]
        for level in reversed(criterion.levels):
            cells += [level.label, level.description, number_text(level.points)]
        writer.writerow(cells)
    bare = [criterion.name for criterion in rubric.criteria if not criterion.levels]
    notes = [f"“{name}” has no levels, which Canvas may refuse." for name in bare]
    return Exported(out.getvalue().encode(), (*weights_not_in_points(rubric, "Canvas"), *notes))
