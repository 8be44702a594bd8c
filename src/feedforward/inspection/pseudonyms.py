"""Names, addresses, ids and telephone numbers replaced by placeholders, and put back, with every place kept both ways."""
# ruff: noqa: E501

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from feedforward.inspection.names import UNSPACED, Person, unspaced_names
from feedforward.inspection.people import People, Span

_EMAIL = re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}")
_PHONE = re.compile(
    r"(?<![\w.+/-])(?:\+\d{1,3}[ ./-]?(?:\(\d{1,5}\)[ ./-]?)?\d(?:[ ./-]?\d){5,12}|00\d{2}[ ./-]?\d(?:[ ./-]?\d){6,12}"
    r"|\(\d{2,5}\)[ ./-]?\d{3,4}[ ./-]?\d{3,5}|\d{3}[ .-]\d{3}[ .-]\d{4}|0\d{2,4}[ /-]\d{3,4}(?:[ -]?\d{2,4}){0,3})(?![\w/]|[.-]\d)"
)
_LABELLED_ID = re.compile(
    r"(?i)\b(?:student(?:en)?[ -]?(?:id|number|no|nummer|nr)|matrikel(?:nummer|nr)?|matriculation (?:number|no)|id number|numero de (?:estudiante|matricula)"
    r"|n[uú]mero de (?:estudiante|matr[ií]cula)|num[ée]ro d'[ée]tudiant|matricola|学号|學號)\.?\s{0,2}[:#]?\s{0,2}((?=[\w-]{0,8}\d)[A-Za-z0-9-]{4,16})\b"
)

_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_/.-]{0,40}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Replacement:
    """`original` stood at `start` to `end` of the text; in its place `placeholder` stands, from `sent_start` on."""

    start: int
    end: int
    sent_start: int
    placeholder: str
    original: str

    @property
    def sent_end(self) -> int:
        return self.sent_start + len(self.placeholder)


@dataclass(frozen=True)
class Pseudonymised:
    """A text without names: `text` is what may be sent, `replacements` in order."""

    text: str
    replacements: tuple[Replacement, ...]

    def restored(self, written: str) -> str:
        """`written` (the text itself, a quote from it, or an answer that speaks of its people) with the names back."""
        if not self._originals:
            return written
        pattern = re.compile("|".join(map(re.escape, self._originals)))
        return pattern.sub(lambda found: self._originals[found.group()], written)

    def in_original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that stands at `start` to `end` here; a placeholder that is touched is whole."""
        return self._moved(start, self._sent_starts, to_original=True, up=False), self._moved(
            end, self._sent_starts, to_original=True, up=True
        )

    def in_sent(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `text` for `start` to `end` of the original; a name that is touched is its whole placeholder."""
        return self._moved(start, self._starts, to_original=False, up=False), self._moved(
            end, self._starts, to_original=False, up=True
        )

    @cached_property
    def _originals(self) -> dict[str, str]:
        return {each.placeholder: each.original for each in self.replacements}

    @cached_property
    def _sent_starts(self) -> list[int]:
        return [each.sent_start for each in self.replacements]

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.replacements]

    def _moved(self, place: int, starts: list[int], *, to_original: bool, up: bool) -> int:
        at = bisect_right(starts, place) - 1
        if at < 0:
            return place
        each = self.replacements[at]
        here, there = (each.sent_start, each.sent_end), (each.start, each.end)
        if not to_original:
            here, there = there, here
        if place >= here[1]:
            return there[1] + place - here[1]
        return there[1] if up and place > here[0] else there[0]


def _bounded(sign: str) -> str:
    """A pattern for one sign; in scripts that write spaces it stands apart from other words."""
    return re.escape(sign) if UNSPACED.search(sign) else f"(?<!\\w){re.escape(sign)}(?!\\w)"


class Roster:
    """The people whose names are replaced; made once, used for many texts. Placeholders are numbered by its order."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = People(people)
        exact: dict[str, int] = {}
        for place, person in enumerate(people):
            for sign in (*person.emails, *person.ids, *unspaced_names(person)):
                if len(sign) >= 2:
                    exact.setdefault(sign.casefold(), place)
        self._exact = exact
        # Ids that are one token are looked up; only the others, and names without spaces, are searched for one by one.
        searched = sorted(
            (sign for sign in exact if not _TOKEN.fullmatch(sign) and not _EMAIL.fullmatch(sign)), key=len, reverse=True
        )
        self._signs = re.compile("|".join(map(_bounded, searched)), re.IGNORECASE) if searched else None

    def replace(self, text: str) -> Pseudonymised:
        """`text` without names; `replace(text).restored(replace(text).text) == text` for every text."""
        mark = "Person"
        while f"[{mark} " in text:
            mark += "_"
        numbers: dict[tuple[str, str], str] = {}
        forms: dict[str, int] = {}
        replacements: list[Replacement] = []
        pieces: list[str] = []
        position = length = 0
        for span in self._spans(text):
            original = text[span.start : span.end]
            key = (span.who, original)
            if key not in numbers:
                forms[span.who] = forms.get(span.who, 0) + 1
                form = f".{forms[span.who]}" if forms[span.who] > 1 else ""
                numbers[key] = f"[{mark} {span.who}{form}]"
            pieces += [text[position : span.start], numbers[key]]
            length += span.start - position
            replacements.append(Replacement(span.start, span.end, length, numbers[key], original))
            length += len(numbers[key])
            position = span.end
        pieces.append(text[position:])
        return Pseudonymised("".join(pieces), tuple(replacements))

    def _spans(self, text: str) -> list[Span]:
        """What is replaced, in order, without overlap: addresses and numbers before names, longer before shorter."""
        found = [Span(each.start(), each.end(), "") for each in _EMAIL.finditer(text)]
        found += [Span(*each.span(1), "") for each in _LABELLED_ID.finditer(text)]
        found += [Span(each.start(), each.end(), "") for each in _PHONE.finditer(text)]
        for each in _TOKEN.finditer(text):
            if (place := self._exact.get(each.group().casefold())) is not None:
                found.append(Span(*each.span(), str(place + 1)))
        if self._signs:
            found += [
                Span(*each.span(), str(self._exact.get(each.group().casefold(), 0) + 1))
                for each in self._signs.finditer(text)
                if each.group()
            ]
        found += self._people.spans(text)
        kept: list[Span] = []
        for span in sorted(found, key=lambda one: (one.start, -one.end, one.who)):
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
            elif span.end > kept[-1].end:
                kept[-1] = Span(kept[-1].start, span.end, kept[-1].who)
        contacts = 0
        named: list[Span] = []
        known: dict[str, str] = {}
        for span in kept:
            who = span.who or self._owner(text[span.start : span.end])
            if not who:
                original = text[span.start : span.end]
                if original not in known:
                    contacts += 1
                    known[original] = f"contact {contacts}"
                who = known[original]
            named.append(Span(span.start, span.end, who))
        return named

    def _owner(self, sign: str) -> str:
        place = self._exact.get(sign.casefold())
        return "" if place is None else str(place + 1)
