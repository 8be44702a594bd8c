"""Runs of text on a PDF page become lines in the order in which a person reads them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from feedforward.extraction.pdf_objects import Box, Run

_CELL_GAP = 1.8
_WORD_GAP = 0.25
_NARROWEST_GUTTER = 7.0


@dataclass(slots=True)
class Line:
    """One line of one column; `top_of_page` and `page_height` say where on the page it stands."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int
    height_on_page: float = 0.5
    sizes: Counter[float] = field(default_factory=Counter)

    def take(self, run: "Line", gap: str) -> None:
        """Continue this line with what stands right of it."""
        self.text = f"{self.text.rstrip()}{gap}{run.text.lstrip()}" if gap else self.text + run.text
        self.right = max(self.right, run.right)
        self.bold = self.bold and run.bold
        self.sizes.update(run.sizes)
        if run.size > self.size:
            self.baseline = run.baseline
        self.size = self.sizes.most_common(1)[0][0]


def lines_of_page(runs: Sequence[Run], page: int, box: Box) -> list[Line]:
    """The lines of page number `page`, columns one after the other, text written in another direction at the end."""
    if not runs:
        return []
    turns: Counter[int] = Counter()
    for run in runs:
        turns[run.quarter] += len(run.text)
    main = turns.most_common(1)[0][0]
    upright = _merged([_line(run, page, box) for run in runs if run.quarter == main])
    turned = _merged([_line(run, page, box) for run in runs if run.quarter != main])
    if _needs_sorting(upright):
        upright = _merged(_by_columns(upright))
    return [*_rows(upright), *turned]


def _line(run: Run, page: int, box: Box) -> Line:
    left, _, right, _ = _turned(run.box, run.quarter)
    x, y = run.baseline
    baseline = (y, -x, -y, x)[run.quarter]
    low, high = _turned(box, run.quarter)[1::2]
    size = round(run.size, 1)
    height = (baseline - low) / max(1.0, high - low)
    return Line(run.text, left, right, baseline, size, run.bold, page, height, Counter({size: len(run.text)}))


def _turned(box: Box, quarter: int) -> Box:
    left, bottom, right, top = box
    return (box, (bottom, -right, top, -left), (-right, -top, -left, -bottom), (-top, left, -bottom, right))[quarter]


def _same_row(line: Line, other: Line) -> bool:
    return abs(line.baseline - other.baseline) <= 0.45 * max(line.size, other.size)


def _merged(runs: Iterable[Line]) -> list[Line]:
    """Neighbours on one row become one line; a wide gap (a gutter, a table cell) keeps them apart."""
    lines: list[Line] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last and _same_row(last, run):
            size = max(last.size, run.size)
            gap = run.left - last.right
            if -0.5 * size <= gap <= _CELL_GAP * size:
                spaced = gap > _WORD_GAP * size or last.text.endswith(" ") or run.text.startswith(" ")
                last.take(run, " " if spaced else "")
                continue
        lines.append(run)
    return lines


def _rows(lines: list[Line]) -> list[Line]:
    """Pieces that were left apart on one row (cells, a heading's number) become one line with tabs between them."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last and _same_row(last, line) and line.left >= last.right:
            last.take(line, "\t")
        else:
            rows.append(line)
    return rows


def _needs_sorting(lines: list[Line]) -> bool:
    """Whether the drawing order is not the reading order: it climbs without moving to a next column, or it crosses
    a gutter on row after row."""
    climbs = sum(
        after.baseline > before.baseline + 2 * before.size and after.left < before.right
        for before, after in pairwise(lines)
    )
    if climbs > max(3, 0.1 * len(lines)):
        return True
    across = [
        (before, after)
        for before, after in pairwise(lines)
        if _same_row(before, after) and after.left > before.right and len(before.text) > 20 and len(after.text) > 20
    ]
    return len(across) >= 5 and bool(_gutters(lines))


def _gutters(lines: list[Line]) -> list[float]:
    """The middles of the upright stripes that hardly any line crosses, with lines on both sides."""
    first, last = int(min(line.left for line in lines)), int(max(line.right for line in lines)) + 1
    if last - first > 20_000:
        return []
    crossing = [0] * (last - first + 2)
    for line in lines:
        crossing[int(line.left) - first] += 1
        crossing[min(len(crossing) - 1, int(line.right) - first + 1)] -= 1
    gutters: list[float] = []
    depth = 0
    start: int | None = None
    most = 0.12 * len(lines)
    for offset, change in enumerate(crossing):
        depth += change
        if depth <= most and start is None:
            start = offset
        elif depth > most and start is not None:
            middle = first + (start + offset) / 2
            left = sum(line.right <= middle for line in lines)
            right = sum(line.left >= middle for line in lines)
            if offset - start >= _NARROWEST_GUTTER and min(left, right) >= 0.15 * len(lines):
                gutters.append(middle)
            start = None
    return gutters


def _by_columns(lines: list[Line]) -> list[Line]:
    """Top to bottom; between two lines that cross the gutters, one column after the other."""
    gutters = _gutters(lines)
    ordered: list[Line] = []
    band: list[Line] = []

    def flush() -> None:
        ordered.extend(sorted(band, key=lambda line: sum(line.left >= gutter for gutter in gutters)))
        band.clear()

    for line in _top_down(lines):
        if any(line.left < gutter < line.right for gutter in gutters):
            flush()
            ordered.append(line)
        else:
            band.append(line)
    flush()
    return ordered


def _top_down(lines: list[Line]) -> list[Line]:
    """Rows from the top, each from the left: lines whose baselines hardly differ are one row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.baseline):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.left)]
