"""A rubric in Markdown: a heading and a table of levels per criterion, or one table with levels side by side."""

import re
from collections.abc import Sequence

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import Exported, Imported, finished, number_in
from feedforward.rubrics.formats.matrix import cell_at, imported_from, level_in
from feedforward.rubrics.rules import Criterion, Level, Rubric, number_text

_CLOSING = re.compile(r"(?<!\S)#+$")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_WEIGHT = re.compile(r"\**weight\**:?\**\s*(\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)\s*%?", re.IGNORECASE)
# One pattern for both, so that a backslash that is escaped itself escapes nothing.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|<br ?/?>", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether it holds a Markdown table."""
    return any(_is_rule(line) for line in text.split("\n")[:2000])


def _is_rule(line: str) -> bool:
    line = line.strip()
    return len(line) < 500 and "|" in line and bool(_RULE.fullmatch(line))


def read(text: str) -> tuple[Imported, ...]:
    """The one rubric in it; RuleBroken where there is no table."""
    name, blocks = "", _blocks(text)
    criteria: list[Criterion] = []
    notes: list[str] = []
    for title, depth, words, table in blocks:
        if not table:
            # The first heading above everything names the rubric; what is written there beside it has no place.
            name = name or title
            if words:
                notes.append("Text outside the criteria was left out.")
            continue
        header = [cell.casefold() for cell in table[0]]
        points = next((place for place, cell in enumerate(header) if cell in ("points", "score", "marks", "pts")), None)
        if header[0] not in ("level", "rating", "label", "band") or points is None:
            return (imported_from(name or (title if depth == 1 else ""), table, notes),)
        weight, description = _weight_and_words(words)
        criteria.append(Criterion("", title, weight, description, _levels(table, points, title, notes)))
    if not criteria:
        raise RuleBroken("There is no table in it.")
    return (finished(name, criteria, notes),)


def _levels(table: Sequence[Sequence[str]], points: int, title: str, notes: list[str]) -> tuple[Level, ...]:
    words = next((place for place in range(1, len(table[0])) if place != points), None)
    return tuple(
        level_in(cell_at(row, 0), cell_at(row, points), cell_at(row, words), title, notes)
        for row in reversed(table[1:])
    )


def _blocks(text: str) -> list[tuple[str, int, list[str], list[list[str]]]]:
    """Heading, its depth, the lines below it and the rows of the table after them; ("", 0, …) before the first."""
    blocks: list[tuple[str, int, list[str], list[list[str]]]] = [("", 0, [], [])]
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        depth = _depth(line)
        if depth:
            blocks.append((_words(_CLOSING.sub("", line[depth:].strip())), depth, [], []))
        elif at + 1 < len(lines) and "|" in line and _is_rule(lines[at + 1]) and not blocks[-1][3]:
            blocks[-1][3].append(_row(line))
            at += 1
            while at + 1 < len(lines) and "|" in lines[at + 1] and lines[at + 1].strip():
                at += 1
                blocks[-1][3].append(_row(lines[at]))
        elif not blocks[-1][3] and (line.strip() or blocks[-1][2]):
            blocks[-1][2].append(_unescaped(line))
        at += 1
    return [block for block in blocks if block != ("", 0, [], [])]


def _depth(line: str) -> int:
    """How deep a heading this line is; 0 where it is none."""
    marks = len(line) - len(line.lstrip("#"))
    return marks if 1 <= marks <= 6 and line[marks : marks + 1] in (" ", "\t") else 0


def _row(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    cells = re.split(r"(?<!\\)((?:\\\\)*)\|", line)
    # A pair of backslashes before a bar belongs to the cell: it is one backslash, and the bar ends the cell.
    joined = [cells[place] + (cells[place + 1] if place + 1 < len(cells) else "") for place in range(0, len(cells), 2)]
    if joined and not joined[-1].strip():
        joined.pop()
    return [_words(cell) for cell in joined]


def _words(cell: str) -> str:
    cell = cell.strip()
    for mark in ("**", "__", "*"):
        if len(cell) > 2 * len(mark) and cell.startswith(mark) and cell.endswith(mark) and mark not in cell[2:-2]:
            cell = cell[len(mark) : -len(mark)].strip()
    return _unescaped(cell)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: found[1] or "\n", text)


def _weight_and_words(lines: Sequence[str]) -> tuple[float, str]:
    found = _WEIGHT.fullmatch(lines[0].strip()) if lines and len(lines[0]) < 100 else None
    if found is None:
        return 1.0, "\n".join(lines)
    weight = number_in(found[1])
    return (1.0 if weight is None else weight), "\n".join(lines[1:])


def write(rubric: Rubric) -> Exported:
    """The rubric with a heading, its weight and a table of levels per criterion; carries everything."""
    parts = [f"# {_escaped(rubric.name)}\n"]
    for criterion in rubric.criteria:
        words = "\n".join(_line(line) for line in criterion.description.split("\n"))
        parts.append(f"## {_escaped(criterion.name)}\nWeight: {number_text(criterion.weight)}\n")
        parts.append(f"{words}\n" if words.strip() else "")
        parts.append("| Level | Points | Description |\n|---|---|---|")
        parts += [
            f"| {_escaped(level.label)} | {number_text(level.points)} | {_escaped(level.description)} |"
            for level in reversed(criterion.levels)
        ]
        parts.append("")
    return Exported(("\n".join(parts).rstrip("\n") + "\n").encode())


def _escaped(text: str) -> str:
    return re.sub(r"([\\|<*_#])", r"\\\1", text).replace("\n", "<br>")


def _line(line: str) -> str:
    return re.sub(r"([\\|<*_#])", r"\\\1", line)
