"""Pictures of figures as SVG made on the server: each with a title, a description and the same figures as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.ui.elements import Child, Desc, Element, Figcaption, Figure, Rect, Svg, SvgText, Title
from feedforward.ui.layout import disclosure
from feedforward.ui.tables import Column, data_table


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its `label`, its `value` (not negative), and the value as people read it (`$1.20`, `3 drafts`)."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row of a heat strip: a criterion, and how many stand in each column."""

    label: str
    counts: Sequence[int]


def bars(
    *, title: str, description: str, rows: Sequence[Bar], label_head: str = "", value_head: str = "Value"
) -> Element:
    """Lying bars, one below the other, the longest filling the width."""
    most = max((bar.value for bar in rows), default=0) or 1
    drawn: list[Child] = []
    for number, bar in enumerate(rows):
        top = number * 44
        drawn += [
            SvgText(bar.label, x="0", y=str(top + 14), cls="chart-label"),
            SvgText(bar.text, x="100%", y=str(top + 14), text_anchor="end", cls="chart-value"),
            Rect(x="0", y=str(top + 22), width="100%", height="10", rx="3", cls="bar-empty"),
            Rect(x="0", y=str(top + 22), width=f"{bar.value / most * 100:.2f}%", height="10", rx="3", cls="bar-filled"),
        ]
    table = data_table(
        caption=title,
        head=[label_head or "Name", Column(value_head, number=True)],
        rows=[[b.label, b.text] for b in rows],
    )
    return _chart(title, description, drawn, max(1, len(rows)) * 44, table)


def heat_strip(*, title: str, description: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> Element:
    """One strip per row, one cell per column; the more stand in a cell the darker it is, and its number is written."""
    most = max((count for row in rows for count in row.counts), default=0) or 1
    width = 100 / max(1, len(columns))
    drawn: list[Child] = []
    for number, row in enumerate(rows):
        top = number * 62
        drawn.append(SvgText(row.label, x="0", y=str(top + 14), cls="chart-label"))
        for place, count in enumerate(row.counts):
            left = place * width
            drawn += [
                Rect(x=f"{left:.2f}%", y=str(top + 22), width=f"{width:.2f}%", height="28", cls="cell-frame"),
                Rect(
                    x=f"{left:.2f}%",
                    y=str(top + 22),
                    width=f"{width:.2f}%",
                    height="28",
                    fill_opacity=f"{0.5 * count / most:.2f}",
                    cls="cell",
                ),
                SvgText(
                    str(count), x=f"{left + width / 2:.2f}%", y=str(top + 41), text_anchor="middle", cls="chart-count"
                ),
            ]
    bottom = len(rows) * 62
    drawn += [
        SvgText(
            _short(column),
            x=f"{place * width + width / 2:.2f}%",
            y=str(bottom + 6),
            text_anchor="middle",
            cls="chart-axis",
        )
        for place, column in enumerate(columns)
    ]
    table = data_table(
        caption=title,
        head=["Criterion", *(Column(column, number=True) for column in columns)],
        rows=[[row.label, *(str(count) for count in row.counts)] for row in rows],
    )
    return _chart(title, description, drawn, bottom + 14, table)


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"


def _chart(title: str, description: str, drawn: Sequence[Child], height: int, table: Element) -> Element:
    return Figure(
        Figcaption(title, cls="chart-title"),
        Svg(Title(title), Desc(description), *drawn, height=str(height), role="img", cls="chart-drawing"),
        disclosure(summary="The same figures as a table", body=table),
        cls="chart",
    )
