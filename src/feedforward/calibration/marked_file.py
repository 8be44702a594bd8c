"""Texts that people marked, from an uploaded table: any encoding, any usual separator, a column a criterion."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.errors import RuleBroken
from feedforward.extraction.plain_text import decoded
from feedforward.extraction.refusal import ExtractionRefused
from feedforward.rubrics.rules import Criterion, Rubric, fold

MOST_BYTES = 10_000_000
MOST_TEXTS = 500
LONGEST_TEXT = 60_000
FEWEST_WORDS = 20
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A text and its marks by criterion name, each on the scale of that criterion's points."""

    text: str
    marks: dict[str, float]


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """The lines that can be used, and how many lack a text of some length or a mark."""

    lines: tuple[MarkedLine, ...]
    left_out: int


def marked_file(data: bytes, rubric: Rubric, *, text_column: str) -> MarkedFile:
    """RuleBroken says which column is missing, or which line holds what is no mark."""
    if len(data) > MOST_BYTES:
        raise RuleBroken(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Take fewer texts.", "file")
    columns, rows = _table(data)
    by_name = {fold(name): at for at, name in reversed(list(enumerate(columns))) if name.strip()}
    shown = ", ".join(f"“{name.strip()[:60]}”" for name in columns if name.strip())[:600] or "none"
    at_text = by_name.get(fold(text_column))
    if at_text is None:
        raise RuleBroken(
            f"The file has no column “{text_column.strip()}”. Its first line names: {shown}.", "text_column"
        )
    missing = [each.name for each in rubric.criteria if fold(each.name) not in by_name]
    if missing:
        named = ", ".join(f"“{name}”" for name in missing)
        raise RuleBroken(f"There is no column of marks for {named}. The file’s first line names: {shown}.", "file")
    if len(rows) > MOST_TEXTS:
        raise RuleBroken(f"The file has {len(rows):,} lines; at most {MOST_TEXTS} are read. Take fewer texts.", "file")
    lines = []
    for number, row in rows:
        text = _cell(row, at_text)
        if len(text) > LONGEST_TEXT:
            raise RuleBroken(f"The text in line {number} is longer than {LONGEST_TEXT:,} characters.", "file")
        marks = {each.name: _mark(_cell(row, by_name[fold(each.name)]), each, number) for each in rubric.criteria}
        known = {name: mark for name, mark in marks.items() if mark is not None}
        if len(text.split()) >= FEWEST_WORDS and len(known) == len(rubric.criteria):
            lines.append(MarkedLine(text, known))
    return MarkedFile(tuple(lines), len(rows) - len(lines))


def _table(data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and every line that is not empty with its number in the file."""
    if data[:4] == b"PK\x03\x04":
        raise RuleBroken("This is a workbook, not a CSV file. In your spreadsheet, choose “Save as” and CSV.", "file")
    try:
        text = decoded(data)
    except ExtractionRefused:
        raise RuleBroken("This file is no text. Save the table as CSV and choose that file.", "file") from None
    first = text.lstrip("\ufeff").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=True)
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise RuleBroken(f"The file is not a proper table: {error}. Save it as CSV once more.", "file") from None
    if not lines or not any(cell.strip() for cell in lines[0][1]):
        raise RuleBroken("The file is empty, or its first line does not name the columns.", "file")
    return lines[0][1], [(number, line) for number, line in lines[1:] if any(cell.strip() for cell in line)]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].replace("\x00", "").strip() if at < len(row) else ""


def _mark(cell: str, criterion: Criterion, number: int) -> float | None:
    """A number, with a comma or a point, or the label of a level; None for an empty cell."""
    if not cell:
        return None
    for level in criterion.levels:
        if fold(cell) == fold(level.label):
            return level.points
    try:
        mark = float(cell.replace(",", ".")) if len(cell) <= 20 else math.nan
    except ValueError:
        mark = math.nan
    if not math.isfinite(mark):
        raise RuleBroken(
            f"Line {number}: the mark for “{criterion.name}” is “{cell[:40]}”, which is neither a number nor one of "
            "its levels.", "file",
        )  # fmt: skip
    if not criterion.lowest <= mark <= criterion.highest:
        raise RuleBroken(
            f"Line {number}: the mark {mark:g} for “{criterion.name}” lies outside the rubric’s "
            f"{criterion.lowest:g} to {criterion.highest:g}.", "file",
        )  # fmt: skip
    return mark
