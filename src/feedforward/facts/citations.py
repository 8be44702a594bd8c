"""Citations in the text and in its notes, and the reference list, compared both ways."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import listed
from feedforward.facts.prose import Prose

_NAME = r"(?:(?:van|von|de|der|den|da|di|la|le|el|al|bin|Mc|Mac|O['’])[ -]?)*[A-ZÀ-ÖØ-Þ][\w'’À-ÿ-]{1,40}"
_NAMES = rf"{_NAME}(?:(?:,? (?:and|&|e|und|et|y) |, ){_NAME}){{0,12}}(?:,? et al\.?)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)[a-z]?|n\.d\."
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]\n]{1,200}[)\]]")
_AUTHOR_YEAR = re.compile(rf"({_NAMES}),? ({_YEAR})")
_NARRATIVE = re.compile(rf"({_NAMES}) \(({_YEAR})[^()]*\)")
_AUTHOR_PAGE = re.compile(rf"^\((?:see |qtd\. in )?({_NAMES}),?(?: “[^”]+”,?)? (?:pp?\. ?)?\d{{1,4}}(?:[-–]\d+)?\)$")
_NUMBERED = re.compile(r"\[(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")
_ENTRY_NUMBER = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]\s)")
_ENTRY_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)[a-z]?\b|n\.d\.")
_NOTE = re.compile(
    r"(?:\d{1,3}[.)]?\s+|\[\d{1,3}\]\s*|\^\d{1,3}\s*)?(?:(?:[Ss]ee|[Cc]f\.) )?"
    rf"(?P<names>(?:[A-ZÀ-Þ][\w.'’-]+ ){{0,3}}{_NAMES}), "
    r"[“\"*_‘A-ZÀ-Þ][^\n]{3,250}?(?:\d{1,4}(?:[-–]\d+)?|https?://\S+)\.?"
)
_WORD_SIGNS = r"\w+"
_LONGEST_NOTE = 500
_MONTHS = listed("""
    January February March April May June July August September October November December
    """)
_NOT_NAMES = _MONTHS | listed("""
    In Since By Until From During Before After The This As See Spring Summer Winter Autumn Fall
    """)


class Kind(StrEnum):
    """What a citation points with."""

    AUTHOR_YEAR = "author and year"
    AUTHOR_PAGE = "author and page"
    NUMBER = "number"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: the family names in it (empty when numbered) and its year or number as text."""

    place: Place
    names: tuple[str, ...]
    mark: str
    kind: Kind
    is_narrative: bool = False


def citations_in(prose: Prose) -> list[Citation]:
    """The citations of the body: (Lee, 2020), Lee (2020), (Lee 42) and [3]; each author and year once for each "
    "place."""
    found: dict[Place, Citation] = {}
    for match in prose.body_matches(_NARRATIVE):
        names = _family_names(match.group(1))
        if names:
            found[Place(*match.span())] = Citation(Place(*match.span()), names, match.group(2), Kind.AUTHOR_YEAR, True)
    for bracket in prose.body_matches(_IN_BRACKETS):
        numbered = _NUMBERED.fullmatch(bracket.group())
        if numbered:
            numbers = [int(number) for number in re.findall(r"\d+", numbered.group(1))]
            if re.search(r"[–-]", numbered.group(1)) and len(numbers) == 2 and 0 < numbers[1] - numbers[0] < 20:
                numbers = list(range(numbers[0], numbers[1] + 1))
            for index, number in enumerate(numbers):
                place = Place(bracket.start(), bracket.end() - (index if index < len(bracket.group()) - 2 else 0))
                found[place] = Citation(Place(*bracket.span()), (), str(number), Kind.NUMBER)
            continue
        for match in _AUTHOR_YEAR.finditer(prose.text, bracket.start(), bracket.end()):
            names = _family_names(match.group(1))
            if names:
                found[Place(*match.span())] = Citation(Place(*match.span()), names, match.group(2), Kind.AUTHOR_YEAR)
        page = _AUTHOR_PAGE.match(bracket.group())
        if page and (names := _family_names(page.group(1))) and not _AUTHOR_YEAR.search(bracket.group()):
            found[Place(*bracket.span())] = Citation(Place(*bracket.span()), names, "", Kind.AUTHOR_PAGE)
    for note in prose.footnotes:
        source = _NOTE.match(prose.text, note.start, min(note.end, note.start + _LONGEST_NOTE))
        if source and (names := _family_names(source["names"])):
            family = (names[0].rsplit(" ", 1)[-1], *names[1:])
            found[note] = Citation(note, family, "", Kind.NOTE)
    return [found[place] for place in sorted(found)]


def _family_names(names: str) -> tuple[str, ...]:
    parts = re.split(r",? (?:and|&|e|und|et|y) (?!al)|, ", re.sub(r",? et al\.?", "", names))
    return tuple(part.strip() for part in parts if part.strip() and part.strip() not in _NOT_NAMES)


def source_facts(prose: Prose, citations: Sequence[Citation]) -> Iterator[Fact]:
    """Citations and references both ways; in any language."""
    text = prose.text
    yield counted("citations", [(each.place, _shown(each)) for each in citations])
    yield counted("references", [(place, "") for place in prose.references])
    without: list[tuple[Place, str]] = []
    uncited: list[tuple[Place, str]] = []
    if prose.references:
        entries = [text[place.start : place.end] for place in prose.references]
        held = [_Entry.of(entry, at) for at, entry in enumerate(entries)]
        without = [
            (each.place, _shown(each)) for each in citations if not any(entry.is_cited_by(each) for entry in held)
        ]
        uncited = [
            (place, _entry_name(entries[at]))
            for at, place in enumerate(prose.references)
            if len(entries[at].split()) > 3 and not any(held[at].is_cited_by(each) for each in citations)
            and not _is_named_in_body(prose, entries[at])
        ]  # fmt: skip
    yield counted("citations_without_reference", without)
    yield counted("references_without_citation", uncited)


def _shown(citation: Citation) -> str:
    if not citation.names:
        return f"[{citation.mark}]"
    names = citation.names[0] if len(citation.names) == 1 else f"{citation.names[0]} and others"
    return f"{names}, {citation.mark}" if citation.mark else names


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the list as citations are held against it: `head` is what stands before about its middle."""

    number: str
    head: str
    years: frozenset[str]

    @classmethod
    def of(cls, entry: str, position: int) -> "_Entry":
        number = _ENTRY_NUMBER.match(entry)
        years = frozenset(year.rstrip("abcdefg") for year in _ENTRY_YEAR.findall(entry))
        head = _plain(entry[: max(120, len(entry) // 2)])
        return cls((number.group(1) or number.group(2)) if number else str(position + 1), head, years)

    def is_cited_by(self, citation: Citation) -> bool:
        if not citation.names:
            return citation.mark == self.number
        if _plain(citation.names[0]) not in self.head:
            return False
        return not citation.mark or not self.years or citation.mark.rstrip("abcdefg") in self.years


def _plain(text: str) -> str:
    """Lower case with one space for all that is no letter or digit, and one at each end."""
    return f" {' '.join(re.findall(_WORD_SIGNS, text.casefold()))} "


def _entry_name(entry: str) -> str:
    match = re.search(_NAME, _ENTRY_NUMBER.sub("", entry))
    return match.group() if match else ""


def _is_named_in_body(prose: Prose, entry: str) -> bool:
    """Whether the body names the source's author in another way ("As Orwell writes …"): then nothing is certain."""
    name = _entry_name(entry)
    if not name or not prose.paragraphs:
        return True
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    body = pattern.search(prose.text, prose.paragraphs[0].start, prose.paragraphs[-1].end)
    return bool(body or any(pattern.search(prose.text, note.start, note.end) for note in prose.footnotes))
