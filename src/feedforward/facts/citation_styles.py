"""Which style of citing a text follows, told by its citations and its list together; and what falls out of it.

In the text alone APA, Harvard and Chicago (author-date) can look alike; the form of the entries tells them apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from feedforward.facts.citations import Citation, Kind
from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.prose import Prose

_YEAR = r"(?:1[5-9]\d\d|20\d\d)[a-z]?"
_YEAR_OR_NONE = rf"(?:{_YEAR}|n\.d\.)"
_NUMBERED = re.compile(r"\s*\[\d{1,3}\]\s+\S")
_IN_BRACKETS = (
    ("APA", re.compile(rf"\({_YEAR_OR_NONE}(?:, [^()]{{2,30}})?\)\.")),
    ("Harvard", re.compile(rf"\({_YEAR_OR_NONE}\),? ?['‘“A-ZÀ-Þ*_]")),
)
_AFTER_NAMES = (
    ("Harvard", re.compile(rf"[A-Z]\.?, {_YEAR}[.,] ")),
    ("Chicago (author-date)", re.compile(rf"\. {_YEAR_OR_NONE}\. [“\"*_A-ZÀ-Þ]")),
)
_AT_THE_END = (
    ("Chicago (notes)", re.compile(rf"[A-ZÀ-Þ]\w+: [^:\n]{{2,80}}, {_YEAR}\.?")),
    ("MLA", re.compile(rf", (?:\d{{1,2}} )?(?:[A-Z][a-z]{{2,8}}\.? )?{_YEAR}[.,]")),
)
_LONGEST_HEAD = 240
_LONGEST_ENTRY = 600
_FITTING = {
    Kind.AUTHOR_YEAR: ("APA", "Harvard", "Chicago (author-date)"),
    Kind.AUTHOR_PAGE: ("MLA",),
    Kind.NUMBER: ("IEEE",),
    Kind.NOTE: ("Chicago (notes)",),
}
_WORDS_FOR = {
    Kind.AUTHOR_YEAR: "author and year",
    Kind.AUTHOR_PAGE: "author and page",
    Kind.NUMBER: "a number",
    Kind.NOTE: "a note",
}
_FEWEST = 3


def style_facts(prose: Prose, citations: Sequence[Citation]) -> Iterator[Fact]:
    """The style recognised, citations of another kind than most, entries formed otherwise than most."""
    text = prose.text
    kinds = Counter(each.kind for each in citations if each.kind)
    entries = [(place, style) for place in prose.references if (style := entry_style(text[place.start : place.end]))]
    forms = Counter(style for _, style in entries)
    name = _style(text, citations, kinds, forms)
    first = [citations[0].place] if citations else [entries[0][0]] if entries else []
    yield measured("citation_style", float(bool(name)), first if name else [], [name] if name and first else [])
    most = kinds.most_common(1)[0][0] if kinds else None
    mixed = [
        (each.place, f"{_WORDS_FOR[each.kind]}, most are {_WORDS_FOR[most]}")
        for each in citations
        if most and each.kind is not most and kinds.total() >= _FEWEST and not each.is_narrative
    ]
    yield counted("mixed_citations", mixed if 2 * len(mixed) < len(citations) else [])
    usual = forms.most_common(1)[0] if forms else ("", 0)
    odd = [(place, f"{style}, most are {usual[0]}") for place, style in entries if style != usual[0]]
    yield counted("mixed_references", odd if len(entries) >= _FEWEST and usual[1] >= 2 * len(odd) else [])


def entry_style(entry: str) -> str:
    """The style an entry of the list is formed after; "" where none is sure."""
    if _NUMBERED.match(entry):
        return "IEEE"
    bracket = entry.find("(", 0, _LONGEST_HEAD)
    if bracket > 1:
        found = next((name for name, pattern in _IN_BRACKETS if pattern.match(entry, bracket)), "")
        if found:
            return found
    head, whole = entry[:_LONGEST_HEAD], entry[:_LONGEST_ENTRY]
    after_names = next((name for name, pattern in _AFTER_NAMES if pattern.search(head)), "")
    if after_names or ". " not in head:
        return after_names
    return next((name for name, pattern in _AT_THE_END if pattern.search(whole)), "")


def _style(text: str, citations: Sequence[Citation], kinds: Counter[Kind], forms: Counter[str]) -> str:
    if not kinds:
        return forms.most_common(1)[0][0] if forms.total() >= 2 else ""
    fitting = _FITTING[kinds.most_common(1)[0][0]]
    named = next((style for style, _ in forms.most_common() if style in fitting), "")
    if named or len(fitting) == 1:
        return named or fitting[0]
    return _by_commas(
        text, [each.place for each in citations if each.kind is Kind.AUTHOR_YEAR and not each.is_narrative]
    )


def _by_commas(text: str, places: Sequence[Place]) -> str:
    """Without a list: "&" is APA's; no comma before the year is Chicago's; a comma alone may be APA or Harvard."""
    written = [text[place.start : place.end] for place in places]
    if any("&" in each for each in written):
        return "APA"
    bare = sum(bool(re.search(rf"[^\W\d_,.] {_YEAR}", each)) for each in written)
    return "Chicago (author-date)" if written and 2 * bare > len(written) else ""
