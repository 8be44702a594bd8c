"""How many of the labelled texts of a file are flagged, with intervals."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from feedforward.errors import RuleBroken
from feedforward.inspection.inspect import inspect_raw

INJECTION = "injection"
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`flagged` of `texts`."""

    flagged: int
    texts: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, each end between 0 and 1; (0, 1) of no texts."""
        if not self.texts:
            return 0.0, 1.0
        share, n = self.flagged / self.texts, self.texts
        middle = share + _Z * _Z / (2 * n)
        half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + _Z * _Z / n)), min(1.0, (middle + half) / (1 + _Z * _Z / n))

    def to_json(self) -> dict[str, Any]:
        """The share as plain values; the interval is null where there are no such texts."""
        interval = list(self.interval) if self.texts else None
        return {"flagged": self.flagged, "texts": self.texts, "interval": interval}

    def told(self) -> str:
        """The share in words: "39 of 39, 100.0 % (95 % interval 91.0 to 100.0)"."""
        if not self.texts:
            return "no such texts"
        low, high = self.interval
        share = 100 * self.flagged / self.texts
        return f"{self.flagged} of {self.texts}, {share:.1f} % (95 % interval {100 * low:.1f} to {100 * high:.1f})"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was flagged; `missed` and `alarms` are ids of texts, or their numbers from 1."""

    injections: Share
    others: Share
    missed: tuple[str, ...]
    alarms: tuple[str, ...]

    def lines(self) -> list[str]:
        """The figures for a terminal."""
        told = [f"injections found: {self.injections.told()}", f"other texts flagged: {self.others.told()}"]
        told += [f"not found: {', '.join(self.missed)}"] if self.missed else []
        return told + ([f"flagged: {', '.join(self.alarms)}"] if self.alarms else [])

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {
            "injections": self.injections.to_json(),
            "others": self.others.to_json(),
            "missed": list(self.missed),
            "alarms": list(self.alarms),
        }


def measured(path: Path) -> Figures:
    """The figures of a JSONL file of `{"text", "label", "id"?}`, or of a CSV file with such columns.

    A text without a label is taken for harmless. Raises RuleBroken where the file holds something else.
    """
    found: dict[bool, list[tuple[str, bool]]] = {True: [], False: []}
    try:
        for number, row in enumerate(_rows(path), start=1):
            flagged = bool(inspect_raw(row["text"]))
            found[row.get("label") == INJECTION].append((str(row.get("id") or number), flagged))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error):
        raise RuleBroken(f"{path}: each line needs a “text”, and a “label” where it is an injection.") from None
    return Figures(
        Share(sum(flagged for _, flagged in found[True]), len(found[True])),
        Share(sum(flagged for _, flagged in found[False]), len(found[False])),
        tuple(name for name, flagged in found[True] if not flagged),
        tuple(name for name, flagged in found[False] if flagged),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as opened:
        if path.suffix.lower() == ".csv":
            yield from csv.DictReader(opened)
            return
        for line in opened:
            if line.strip():
                yield json.loads(line)
