"""What was measured, held against its target, as a table or as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `most` and `least` are its targets; None for both: said for information."""

    part: str
    name: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.most is None and self.least is None:
            return None
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}".strip()
        return f"≥ {self.least:g} {self.unit}".strip() if self.least is not None else ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def print_table(figures: Sequence[Figure]) -> None:
    """One row per figure; a missed target says so."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="FeedForward, measured")
    for head in ("Part", "What"):
        table.add_column(head)
    for head in ("Measured", "Target"):
        table.add_column(head, justify="right")
    table.add_column("Verdict")
    table.add_column("Note", overflow="fold")
    before = ""
    for each in figures:
        verdict = {True: "[green]met[/green]", False: "[bold red]missed[/bold red]", None: ""}[each.met]
        shown = f"{each.value:,.4g}" if each.value < 1000 else f"{each.value:,.0f}"
        part = each.part if each.part != before else ""
        table.add_row(part, each.name, f"{shown} {each.unit}".strip(), each.target, verdict, each.note)
        before = each.part
    Console().print(table)
