"""The ways in which the people of a roster are called: folded names, short forms, initials, other orders."""
# ruff: noqa: E501

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from feedforward.inspection.nicknames import COMMON_WORDS, NICKNAMES

_SPELT = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_PARTS = re.compile(r"[^\s,;.]+")
_LETTERS = re.compile(r"[^\W\d_]")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
# Particles belong to a family name and never stand for a person by themselves.
_PARTICLES = frozenset(
    "de del della di da do dos das du des von van der den ter te zu zum la le al el bin ibn bint ben abu y e st mac mc san ap".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a roster. `names` are full names as written ("Zoë de Vries", "de Vries, Zoë"); `ids` any other signs."""

    names: tuple[str, ...]
    emails: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name a person: folded `words`, in this order; `person` is the place on the roster.

    `lone` is a family or given name by itself; `family` says that it is a family name, `given` the folded given names.
    """

    words: tuple[str, ...]
    person: int
    lone: bool
    family: bool
    given: tuple[str, ...]


@lru_cache(maxsize=50_000)
def folded_name(word: str) -> str:
    """A word of a name in small letters, without accents, apostrophes and hyphens."""
    if word.isascii():
        plain = word.casefold()
    else:
        apart = unicodedata.normalize("NFKD", word.casefold().translate(_SPELT))
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
        plain = unicodedata.normalize("NFC", plain)
    return "".join(_LETTERS.findall(plain))


def _spellings(word: str) -> set[str]:
    return {folded_name(word), folded_name(unicodedata.normalize("NFC", word).casefold().translate(_GERMAN))} - {""}


def needs_capital(word: str) -> bool:
    """Whether a folded name is a word of everyday language as well, or too short to be told from one."""
    return len(word) <= 2 or word in COMMON_WORDS


def forms_of(person: Person, place: int) -> Iterator[Form]:
    """Every way of naming one person; of unspaced scripts only those with spaces between the parts."""
    for name in person.names:
        given, family = _halves(name)
        plain = tuple(folded_name(each) for each in given)
        for words, lone, is_family in _orders(given, family):
            for spelt in _spelt_out(words):
                if spelt:
                    yield Form(spelt, place, lone, is_family, plain)


def unspaced_names(person: Person) -> Iterator[str]:
    """Names in scripts without spaces, to be found as they stand: the whole name and given names of two signs or more."""
    for name in person.names:
        if not UNSPACED.search(name):
            continue
        joined = "".join(_PARTS.findall(name))
        yield joined
        parts = _PARTS.findall(name)
        if len(parts) > 1:
            yield from (part for part in parts if len(part) >= 2)
        elif len(joined) >= 3:
            yield joined[1:]


def _halves(name: str) -> tuple[list[str], list[str]]:
    """Given names and family names as far as the writing tells: the comma, or the last word with its particles."""
    family, comma, given = name.partition(",")
    if comma:
        return _PARTS.findall(given), _PARTS.findall(family)
    parts = _PARTS.findall(name)
    if len(parts) < 2:
        return parts, []
    at = len(parts) - 1
    at = next((place for place in range(1, at) if folded_name(parts[place]) in _PARTICLES), at)
    return parts[:at], parts[at:]


def _orders(given: list[str], family: list[str]) -> Iterator[tuple[list[str], bool, bool]]:
    """(words, by itself, is a family name) for each order and selection in which names are used."""
    core = [part for part in family if folded_name(part) not in _PARTICLES]
    firsts = [given[:count] for count in range(len(given), 0, -1)]
    for first in firsts:
        if family:
            yield [*first, *family], False, False
            yield [*family, *first], False, False
            yield [*(each[:1] for each in first), *family], False, False
            yield [*family, *(each[:1] for each in first)], False, False
            yield [first[0], *(each[:1] for each in first[1:]), *family], False, False
            yield [*first, family[0][:1]], False, False
            for part in core:
                yield [*first, part], False, False
                yield [*first, part[:1]], False, False
    if family:
        yield family, True, True
        if core != family:
            yield core, True, True
            yield [*given[:1], *core], False, False
        for part in core:
            for piece in {part, *re.split(r"[-\u2010\u2011]", part)}:
                yield [piece], True, True
    for each in given:
        if folded_name(each) in _PARTICLES or len(folded_name(each)) < 2:
            continue
        for piece in {each, *re.split(r"[-\u2010\u2011]", each)}:
            yield [piece], True, False
            for nickname in NICKNAMES.get(folded_name(piece), ()):
                yield [nickname], True, False
                if family:
                    yield [nickname, *family], False, False


def _spelt_out(words: Iterable[str]) -> set[tuple[str, ...]]:
    spelt: set[tuple[str, ...]] = {()}
    for word in words:
        spelt = {(*before, each) for before in spelt for each in _spellings(word)}
    return spelt
