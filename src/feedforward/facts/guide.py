"""The facts guide's tables, written from the registry: `python -m feedforward.facts.guide docs/guides/facts.md`."""

import re
import sys
from pathlib import Path

from feedforward.facts.definition import FactDefinition
from feedforward.facts.registry import FACTS

BEGIN = "<!-- tables from the registry begin -->"
END = "<!-- tables from the registry end -->"


def tables() -> str:
    """One table for each group, in the registry's order."""
    groups: dict[str, list[FactDefinition]] = {}
    for definition in FACTS.values():
        groups.setdefault(definition.group, []).append(definition)
    parts = []
    for title, definitions in groups.items():
        rows = [
            f"| `{each.name}` | {each.what} | {each.unit} | {_range(each.range)} | {each.applies} | {each.source} |"
            for each in definitions
        ]
        head = "| fact | what it is | unit | range | measured in | source |\n|---|---|---|---|---|---|\n"
        parts.append(f"### {title}\n\n{head}" + "\n".join(rows))
    return "\n\n".join(parts)


def with_tables(document: str) -> str:
    """The document with the tables of today between its two marks. Raises ValueError where the marks are missing."""
    found = re.search(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", document, re.DOTALL)
    if not found:
        raise ValueError("the document does not hold the marks between which the tables stand")
    return document[: found.start()] + f"{BEGIN}\n\n{tables()}\n\n{END}" + document[found.end() :]


def _range(ends: tuple[float, float | None]) -> str:
    low, high = ends
    return f"{low:g} to {high:g}" if high is not None else f"{low:g} and up"


if __name__ == "__main__":
    guide = Path(sys.argv[1])
    guide.write_text(with_tables(guide.read_text("utf-8")), "utf-8")
