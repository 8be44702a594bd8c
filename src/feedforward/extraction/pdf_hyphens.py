"""Words that a PDF's lines cut in two are joined again; the hyphens of compounds stay."""

import re
from collections.abc import Sequence

HYPHENS = ("\x02", "\ufffe", "-", "\u2010", "\u00ad")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)")
_COMPOUND_STARTS = frozenset(
    (
        "self", "well", "ill", "half", "high", "low", "long", "short", "full", "part", "all", "ex", "non", "ever",
        "cost", "decision", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first",
        "second", "third", "cross", "vice", "mid", "left", "right", "large", "small", "user", "client", "peer", "time",
    )
)  # fmt: skip


def join(lines: Sequence[str], vocabulary: str) -> tuple[str, list[int]]:
    """The lines as running text, and where each begins in it. `vocabulary` is the whole document in lower case: a word
    seen elsewhere decides."""
    text = ""
    starts: list[int] = []
    for line in lines:
        line = line.strip(" ")
        if not text:
            text = line
        elif text.endswith(HYPHENS):
            text = _joined(text[:-1], text[-1], line, vocabulary)
        else:
            text = f"{text} {line}"
        starts.append(len(text) - len(line))
    return (text[:-1] + "-" if text.endswith(("\x02", "\ufffe")) else text), starts


def _joined(text: str, hyphen: str, line: str, vocabulary: str) -> str:
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(line)
    if hyphen == "\u00ad":
        return text + line
    if before is None or after is None:
        return f"{text}-{line}" if before or not text.endswith(" ") else f"{text}- {line}"
    first, second = before.group(1).lower(), after.group(1).lower()
    if not after.group(1)[0].islower() or f"{first}-{second}" in vocabulary:
        return f"{text}-{line}"
    if first + second in vocabulary:
        return text + line
    return f"{text}-{line}" if first in _COMPOUND_STARTS or "-" in first else text + line
