"""Finding a reader's quote in code, by the line it named: what stands on many lines is meant on one."""

import re
from collections.abc import Sequence

from feedforward.assessment.answer import QuoteMatch
from feedforward.assessment.quotes import find_quote
from feedforward.extraction.code_lines import CodeLine
from feedforward.feedback.rules import Quote

_BEFORE, _AFTER = 2, 4
_NUMBERED = re.compile(r"^[ \t]*(?:\d{1,5}\.)?\d{1,6}\|[ \t]?", re.MULTILINE)
_LINE = re.compile(r"\s*(?:lines?\s*)?((?:\d{1,5}\.)?\d{1,6})\b.*", re.IGNORECASE | re.DOTALL)


def find_in_lines(
    quote: str, draft_text: str, lines: Sequence[CodeLine], named: object
) -> tuple[Quote, QuoteMatch] | None:
    """Where the quote stands: on the line that was named, else close to it, else anywhere; see `find_quote`.

    `named` is what the reader gave as the line: a number or a text such as "41", "line 41" or "3.4". Line numbers that
    were copied along with the quote are taken off. Without `lines` it is looked for anywhere, as it is.
    """
    if not lines:
        return find_quote(quote, draft_text)
    wanted = _NUMBERED.sub("", quote)
    at = _index(lines, named)
    if at is not None:
        near = lines[max(0, at - _BEFORE)], lines[min(at + _AFTER, len(lines) - 1)]
        for start, end in ((lines[at].start, lines[at].end), (near[0].start, near[1].end)):
            found = find_quote(wanted, draft_text[start:end])
            if found is not None:
                inside, match = found
                return Quote(inside.text, inside.start + start, inside.end + start), match
    return find_quote(wanted, draft_text)


def _index(lines: Sequence[CodeLine], named: object) -> int | None:
    if isinstance(named, bool) or not isinstance(named, int | float | str):
        return None
    said = _LINE.fullmatch(str(named)[:40])
    return next((at for at, line in enumerate(lines) if said and line.name == said[1]), None)
