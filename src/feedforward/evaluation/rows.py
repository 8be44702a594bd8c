"""The marked texts of a CSV file, read strictly: columns by name, marks as numbers or inside a JSON column."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedforward.errors import RuleBroken

MOST_BYTES = 500_000_000
LONGEST_CELL = 2_000_000
EVERY_KEY = "*"


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One text with its marks by criterion, the task it answers and the group it belongs to, both "" if not given."""

    text: str
    marks: Mapping[str, float]
    task: str
    group: str


@dataclass(frozen=True, slots=True)
class MarkedRows:
    """The rows that can be used, the criteria in the order asked for, and how many rows lack a text or a mark."""

    rows: tuple[MarkedRow, ...]
    criteria: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a criterion's marks stand: a column, or a key of the JSON object in it."""

    name: str
    column: str
    key: str | None = None


def marked_rows(
    path: Path, *, text: str, scores: Sequence[str], task: str | None = None, group: str | None = None
) -> MarkedRows:
    """The rows with a text and all marks. `scores` name columns, COLUMN.KEY or COLUMN.*, several with commas between.

    RuleBroken names the column that is not there, or the row and value that is no number.
    """
    columns, rows = _table(path)
    for column in (text, task, group):
        if column is not None and column not in columns:
            raise _missing(path, column, columns)
    sources = _sources(path, scores, columns, rows)
    found = []
    for number, row in enumerate(rows, start=1):
        marks = {each.name: _mark(row, each, number) for each in sources}
        known = {name: mark for name, mark in marks.items() if mark is not None}
        words = row[text].replace("\x00", "").strip()
        if words and len(known) == len(sources):
            found.append(MarkedRow(words, known, row[task] if task else "", row[group].strip() if group else ""))
    return MarkedRows(tuple(found), tuple(each.name for each in sources), len(rows) - len(found))


def _table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuleBroken(f"{path} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleBroken(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    except UnicodeDecodeError:
        raise RuleBroken(f"{path} is not a UTF-8 text file: save it as “CSV UTF-8”.") from None
    csv.field_size_limit(LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RuleBroken(f"{path} is not a CSV file with commas: {error}.") from None
    if not lines or not any(lines[0]):
        raise RuleBroken(f"{path} is empty: its first line must name the columns.")
    columns = lines[0]
    rows = [dict(zip(columns, [*line, *[""] * len(columns)], strict=False)) for line in lines[1:] if any(line)]
    return columns, rows


def _missing(path: Path, column: str, columns: Sequence[str]) -> RuleBroken:
    shown = ", ".join(each for each in columns if each)
    return RuleBroken(f"{path} has no column “{column}”. It has: {shown[:500]}.")


def _sources(
    path: Path, scores: Sequence[str], columns: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> list[_Source]:
    wanted: list[str] = []
    for each in scores:
        wanted += [each] if each in columns else [part.strip() for part in each.split(",") if part.strip()]
    found: list[_Source] = []
    for name in wanted:
        column, dot, key = name.partition(".")
        if name in columns:
            found.append(_Source(name, name))
        elif not dot or column not in columns:
            raise _missing(path, column if dot else name, columns)
        elif key == EVERY_KEY:
            found += [_Source(each, column, each) for each in _keys(path, column, rows)]
        else:
            found.append(_Source(key, column, key))
    if not found:
        raise RuleBroken("Name at least one column of marks with --scores.")
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise RuleBroken(f"“{name}” is named twice in --scores.")
    return found


def _keys(path: Path, column: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The keys of the first row that has any."""
    for number, row in enumerate(rows, start=1):
        keys = list(_object(row[column], column, number))
        if keys:
            return keys
    raise RuleBroken(f"No row of {path} has marks in “{column}”.")


def _object(cell: str, column: str, number: int) -> Mapping[str, object]:
    if not cell.strip():
        return {}
    try:
        data = json.loads(cell)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise RuleBroken(f"Row {number}: “{column}” does not hold a JSON object such as {{“Cohesion”: 3}}.")
    return data


def _mark(row: Mapping[str, str], source: _Source, number: int) -> float | None:
    """The mark; None where there is none."""
    value: object = row[source.column]
    if source.key is not None:
        value = _object(row[source.column], source.column, number).get(source.key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        mark = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        mark = math.nan
    if not math.isfinite(mark):
        raise RuleBroken(f"Row {number}: the mark for “{source.name}” is “{str(value)[:40]}”, which is not a number.")
    return mark
