"""A table as a word processor or a spreadsheet puts it on the clipboard: cells with tabs between them."""

import csv
import io
from collections.abc import Sequence

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import Exported, Imported, one_line
from feedforward.rubrics.formats.matrix import imported_from, is_header, rows_of
from feedforward.rubrics.rules import Rubric


def looks_like(text: str) -> bool:
    """Whether at least two of its lines have several cells."""
    return sum(line.count("\t") >= 2 for line in text.splitlines()[:400]) >= 2


def read(text: str) -> tuple[Imported, ...]:
    """The one rubric in it; a line with a single cell above the table is its name."""
    rows = [row for row in _cells(text) if any(cell.strip() for cell in row)]
    start = next((place for place, row in enumerate(rows) if is_header(row)), len(rows))
    name = next((row[0] for row in rows[:start] if row[0].strip()), "")
    notes: list[str] = []
    return (imported_from(name, _joined(rows[start:], notes), notes),)


def _cells(text: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
        # A quotation that opens a cell and never ends swallows the rest: then quotes are meant as quotes.
        if any("\t" in cell for row in rows for cell in row):
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise RuleBroken(f"It is not a table we can read: {error}.") from None
    return rows


def _joined(rows: Sequence[list[str]], notes: list[str]) -> list[list[str]]:
    """Rows whose cells were broken into several lines put together again."""
    whole: list[list[str]] = []
    width = len(rows[0]) if rows else 0
    for row in rows:
        missing = width - len(whole[-1]) if len(whole) > 1 else 0
        continues = len(whole) > 1 and (len(row) == 1 or (missing > 0 and len(row) - 1 <= missing))
        if continues:
            whole[-1][-1] = f"{whole[-1][-1]}\n{row[0]}"
            whole[-1].extend(row[1:])
            notes.append(
                "Some cells had several lines, which were put together; look whether each stands where it belongs."
            )
        else:
            whole.append(list(row))
    return whole


def write(rubric: Rubric) -> Exported:
    """The rubric as cells with tabs between them, to be pasted into a word processor or a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([one_line(rubric.name)])
    rows = rows_of(rubric)
    writer.writerows([cell.replace("\t", " ") for cell in row] for row in rows)
    tabs = any("\t" in cell for row in rows for cell in row)
    return Exported(out.getvalue().encode(), ("Tabs inside texts became spaces.",) if tabs else ())
