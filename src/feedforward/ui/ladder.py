"""The level ladder: a criterion's levels as steps, the reached one marked and said; and the readers' spread on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from feedforward.ui.elements import (
    H3,
    Child,
    Circle,
    Desc,
    Div,
    Element,
    G,
    Li,
    Line,
    Ol,
    Rect,
    Span,
    Svg,
    SvgText,
    Title,
    Ul,
    written_once,
)
from feedforward.ui.layout import disclosure
from feedforward.ui.tables import Column, data_table


@dataclass(frozen=True, slots=True)
class ReaderDot:
    """One reader on the ladder: `position` counts levels from 0 and may lie between two; None where it gave no score.
    `text` says its level and score in words."""

    reader: str
    position: float | None
    text: str


@dataclass(frozen=True, slots=True)
class CriterionPath:
    """One criterion over the drafts: its `levels` from lowest up, and the index reached in each draft, or None."""

    criterion: str
    levels: Sequence[str]
    reached: Sequence[int | None]


def _said(levels: Sequence[str], reached: int | None) -> str:
    if reached is None or not 0 <= reached < len(levels):
        return "Not judged"
    return f"{levels[reached]}, level {reached + 1} of {len(levels)}"


def level_ladder(
    *,
    criterion: str,
    levels: Sequence[str],
    reached: int | None,
    score: str | None = None,
    earlier: Sequence[int | None] = (),
    note: Child = None,
    judged: bool = True,
) -> Element:
    """The steps from lowest to highest with their names. `reached` is an index into `levels` (None: nobody judged it),
    `score` a number in words where numbers are shown, `earlier` the levels before, `note` stands below;
    `judged=False` shows the criterion as it is, before any draft."""
    return Div(
        Div(
            H3(criterion),
            Span(_said(levels, reached), cls="ladder-said") if judged else None,
            Span(score, cls="ladder-score") if score else None,
            cls="ladder-head",
        ),
        _steps(criterion, tuple(levels), reached),
        _earlier(levels, reached, earlier) if earlier else None,
        Div(note, cls="ladder-note") if note else None,
        cls="ladder",
    )


@lru_cache(maxsize=1024)
def _steps(criterion: str, levels: tuple[str, ...], reached: int | None) -> Element:
    return written_once(
        Ol(
            *(
                Li(
                    Span(name, cls="step-name"),
                    Span(", reached", cls="only-heard") if place == reached else None,
                    cls=_step_class(place, reached),
                )
                for place, name in enumerate(levels)
            ),
            cls="steps",
            aria_label=f"Levels of {criterion}, from lowest to highest",
        )
    )


def _step_class(place: int, reached: int | None) -> str:
    if reached is None or place > reached:
        return "step"
    return "step step-reached" if place == reached else "step step-below"


def _earlier(levels: Sequence[str], reached: int | None, earlier: Sequence[int | None]) -> Element:
    """Draft 1 → 2 → 3 as small ladders in a row."""
    drafts = [*earlier, reached]
    return Ul(
        *(
            Li(
                small_ladder(levels=levels, reached=level, label=f"Draft {number}: {_said(levels, level)}"),
                Span(f"Draft {number}", aria_hidden="true"),
            )
            for number, level in enumerate(drafts, start=1)
        ),
        cls="small-ladders",
        aria_label="Levels over the drafts",
    )


def small_ladder(*, levels: Sequence[str], reached: int | None, label: str) -> Element:
    """A ladder as small as a word: rising bars, filled up to the level reached."""
    count = max(1, len(levels))
    bars = (
        Rect(
            x=str(place * 9 + 1),
            y=str(19 - _height(place, count)),
            width="7",
            height=str(_height(place, count)),
            rx="1.5",
            cls="bar-filled" if reached is not None and place <= reached else "bar-empty",
        )
        for place in range(count)
    )
    width = count * 9 + 1
    return Svg(
        Title(label), *bars, viewBox=f"0 0 {width} 20", width=str(width), height="20", role="img", cls="small-ladder"
    )


def _height(place: int, count: int) -> int:
    return 5 + round(13 * (place + 1) / count)


def spread(*, criterion: str, levels: Sequence[str], dots: Sequence[ReaderDot], merged: float | None = None) -> Element:
    """The readers as lettered dots over the steps, with the merged level as a line; the same in words below."""
    steps = max(1, len(levels))
    placed = [(chr(65 + number % 26), dot) for number, dot in enumerate(dots)]
    heights = _stacked([dot.position for dot in dots])
    tallest = max(heights, default=0)
    height = 34 + 24 * tallest
    drawn: list[Child] = [
        Line(x1=_place(0, steps), x2=_place(steps - 1, steps), y1=str(height - 8), y2=str(height - 8), cls="axis"),
        *(
            Line(x1=_place(step, steps), x2=_place(step, steps), y1=str(height - 12), y2=str(height - 4), cls="axis")
            for step in range(steps)
        ),
    ]
    if merged is not None:
        drawn.append(Line(x1=_place(merged, steps), x2=_place(merged, steps), y1="0", y2=str(height), cls="merged"))
    for (letter, dot), level in zip(placed, heights, strict=True):
        if dot.position is None:
            continue
        middle = height - 24 - 24 * level
        drawn.append(
            G(
                Circle(cx=_place(dot.position, steps), cy=str(middle), r="10", cls="dot"),
                SvgText(
                    letter, x=_place(dot.position, steps), y=str(middle + 4), text_anchor="middle", cls="dot-letter"
                ),
            )
        )
    words = "; ".join(f"{dot.reader}: {dot.text}" for dot in dots)
    return Div(
        Svg(
            Title(f"How the readers judged {criterion}"),
            Desc(words),
            *drawn,
            height=str(height),
            role="img",
            cls="spread-drawing",
        ),
        Ol(*(Li(name) for name in levels), cls="spread-levels", aria_hidden="true"),
        Ul(
            *(
                Li(Span(letter, cls="dot-key", aria_hidden="true"), dot.reader, ": ", dot.text)
                for letter, dot in placed
            ),
            cls="spread-readers",
        ),
        cls="spread",
    )


def _place(position: float, steps: int) -> str:
    """Where a position stands across the drawing: the middle of its step, in per cent."""
    return f"{(min(max(position, 0), steps - 1) + 0.5) / steps * 100:.2f}%"


def _stacked(positions: Sequence[float | None]) -> list[int]:
    """For each dot how many rows up it goes, so that dots close to each other do not cover each other."""
    rows: list[int] = []
    for number, position in enumerate(positions):
        taken = {
            rows[other]
            for other in range(number)
            if position is not None and (near := positions[other]) is not None and abs(near - position) < 0.3
        }
        rows.append(next(row for row in range(number + 1) if row not in taken))
    return rows


def drafts_ladders(*, title: str, paths: Sequence[CriterionPath], drafts: Sequence[str]) -> Element:
    """Progress: one row of small ladders per criterion, one for each of `drafts` (their names), and the same as a
    table."""
    return Div(
        H3(title),
        Ul(
            *(
                Li(
                    Span(path.criterion, cls="path-name"),
                    Ul(
                        *(
                            Li(
                                small_ladder(
                                    levels=path.levels, reached=level, label=f"{draft}: {_said(path.levels, level)}"
                                ),
                                Span(draft, aria_hidden="true"),
                            )
                            for draft, level in zip(drafts, path.reached, strict=True)
                        ),
                        cls="small-ladders",
                    ),
                    Span(_said(path.levels, path.reached[-1] if path.reached else None), cls="path-now"),
                )
                for path in paths
            ),
            cls="paths",
        ),
        disclosure(
            summary="The same as a table",
            body=data_table(
                caption=title,
                head=["Criterion", *(Column(draft) for draft in drafts)],
                rows=[[path.criterion, *(_said(path.levels, level) for level in path.reached)] for path in paths],
            ),
        ),
        cls="chart",
    )
