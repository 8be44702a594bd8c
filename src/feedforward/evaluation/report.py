"""The figures of an evaluation as JSON, as a table for people and as a picture."""

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from feedforward.calibration.trials import CriterionResult
from feedforward.ui.elements import Child, Desc, Element, Line, Rect, Svg, SvgText, Title, render

_LEFT, _WIDTH, _ROW, _TOP = 190, 400, 34, 58


def results_as_json(results: Sequence[CriterionResult]) -> list[dict[str, Any]]:
    """The documented form of `criteria`: shares and kappas to four digits, None where a figure does not exist."""
    return [
        {
            "name": each.name,
            "n": each.agreement.n,
            "qwk": _rounded(each.agreement.qwk),
            "exact": _rounded(each.agreement.exact),
            "adjacent": _rounded(each.agreement.adjacent),
            "bias": _rounded(each.agreement.bias),
            "mae": _rounded(each.agreement.mae),
            "interval": None if each.interval is None else [_rounded(end) for end in each.interval],
            "covered": _rounded(each.covered),
        }
        for each in results
    ]


def mean_kappa(results: Sequence[CriterionResult]) -> float | None:
    """The mean over the criteria that have one."""
    known = [each.agreement.qwk for each in results if each.agreement.qwk is not None]
    return sum(known) / len(known) if known else None


def show(console: Console, results: Sequence[CriterionResult], *, method: str) -> None:
    """The table as a person reads it."""
    table = Table(title=escape(method), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Criterion")
    for head in ("n", "QWK", "95 in 100", "exact", "adjacent", "bias", "MAE", "in range"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in results:
        figures = each.agreement
        interval = "–" if each.interval is None else f"{each.interval[0]:.2f}–{each.interval[1]:.2f}"
        table.add_row(
            escape(each.name), str(figures.n), _shown(figures.qwk), interval, _percent(figures.exact),
            _percent(figures.adjacent), _shown(figures.bias, "+.2f"), _shown(figures.mae, ".2f"),
            _percent(each.covered),
        )  # fmt: skip
    mean = mean_kappa(results)
    table.add_section()
    table.add_row("Mean", "", _shown(mean), *[""] * 6)
    console.print(table)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(value: float | None, form: str = ".3f") -> str:
    return "–" if value is None else format(value, form)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def chart(results: Sequence[CriterionResult], *, method: str) -> str:
    """Kappas as bars with their intervals, as an SVG document of its own; below 0 a bar has no length."""
    drawn: list[Child] = []
    height = _TOP + _ROW * len(results) + 30
    for tick in range(0, 11, 2):
        x = _place(tick / 10)
        drawn += [
            Line(x1=x, x2=x, y1=str(_TOP), y2=str(height - 24), stroke="#d5d8dd"),
            SvgText(f"{tick / 10:g}", x=x, y=str(height - 8), text_anchor="middle", fill="#4b5563", font_size="12"),
        ]
    for row, each in enumerate(results):
        drawn += _bar(each, _TOP + _ROW * row + 8)
    shown = "; ".join(f"{each.name}: {_shown(each.agreement.qwk)}" for each in results)
    picture: Element = Svg(
        Title("Agreement with people (quadratic weighted kappa)"), Desc(f"{method}. {shown}"),
        Rect(x="0", y="0", width="100%", height="100%", fill="#ffffff"),
        SvgText("Agreement with people (QWK)", x="8", y="20", font_size="14", fill="#111827"),
        SvgText(method, x="8", y="40", font_size="12", fill="#4b5563"), *drawn,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_LEFT + _WIDTH + 90} {height}", role="img",
        font_family="system-ui, sans-serif",
    )  # fmt: skip
    return f"{render(picture, nonce='')}\n"


def _bar(result: CriterionResult, top: int) -> list[Child]:
    qwk = result.agreement.qwk
    middle = str(top + 9)
    name = result.name if len(result.name) <= 26 else f"{result.name[:25]}…"
    drawn: list[Child] = [
        SvgText(name, x=str(_LEFT - 10), y=str(top + 14), text_anchor="end", fill="#111827", font_size="13")
    ]
    if qwk is not None:
        width = f"{_WIDTH * min(max(qwk, 0.0), 1.0):.1f}"
        drawn.append(Rect(x=str(_LEFT), y=str(top), width=width, height="18", fill="#2f6f9f", rx="2"))
    if result.interval is not None:
        low, high = (_place(end) for end in result.interval)
        drawn.append(Line(x1=low, x2=high, y1=middle, y2=middle, stroke="#111827", stroke_width="2"))
        drawn += [
            Line(x1=x, x2=x, y1=str(top + 4), y2=str(top + 14), stroke="#111827", stroke_width="2") for x in (low, high)
        ]
    end = max(qwk or 0.0, result.interval[1] if result.interval else 0.0)
    drawn.append(
        SvgText(_shown(qwk), x=f"{float(_place(end)) + 8:.1f}", y=str(top + 14), fill="#111827", font_size="13")
    )
    return drawn


def _place(kappa: float) -> str:
    return f"{_LEFT + _WIDTH * min(max(kappa, 0.0), 1.0):.1f}"
