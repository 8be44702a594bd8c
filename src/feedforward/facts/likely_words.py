"""The word that a misspelt one is likely meant to be: near in letters or in sound, and often written."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from feedforward.facts.dictionary import frequencies, is_listed
from feedforward.facts.lexicon import listed
from feedforward.facts.mechanics import APOSTROPHES

_NEVER_SUGGESTED = listed(
    "fuck fucks fucked fucking shit shits crap bitch bitches slut whore porn sexy cock dick tits nude rape raped "
    "nigger fag retard retarded damn hell ass asses piss penis vagina anal sex kill killed suicide"
)
"""A suggestion must not startle anybody."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_OFTEN_ENOUGH = 2e-6
_SILENT = frozenset("aeiouyhw")
_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "x": "k", "v": "b", "j": "g", "d": "t"})
_COST_OF_EDIT, _OTHER_FIRST, _OTHER_SOUND = 2.6, 2.0, 1.6
_CLEAR, _LEAST_SHOWN, _LEAST_NEAR = 0.35, -9.3, -9.0
_SOFT_C = re.compile("c(?=[eiy])")


@dataclass(frozen=True, slots=True)
class Likely:
    """The likeliest word; whether no other one comes near it; whether it is so near that only a slip lies between."""

    word: str
    is_clear: bool
    is_near: bool


@cache
def _candidates() -> tuple[Mapping[str, float], Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Words worth suggesting with their frequency, by first letter, and by sound."""
    words = {
        word: frequency
        for word, frequency in frequencies().items()
        if frequency >= _OFTEN_ENOUGH
        and (len(word) > 2 or word in {"to", "of", "in", "is", "it", "we", "he", "my", "me", "us", "be", "by", "do"})
        and word.isascii()
        and word.isalpha()
        and word not in APOSTROPHES
        and word not in _NEVER_SUGGESTED
        and is_listed(word)
    }
    return words, _grouped((word[0], word) for word in words), _grouped((_sound(word), word) for word in words)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, word in pairs:
        found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


@lru_cache(maxsize=20_000)
def likely_word(form: str) -> Likely | None:
    """The common word a misspelt word of small ASCII letters is near to; None where there is none near enough."""
    from rapidfuzz.distance import OSA

    words, _, _ = _candidates()
    ranked = sorted(
        (
            (math.log10(words[word]) - _cost(form, word, edits), word)
            for word in _near(form)
            if (edits := OSA.distance(form, word, score_cutoff=3)) <= _most_edits(form, word)
        ),
        reverse=True,
    )
    if not ranked:
        return None
    best = ranked[0]
    others = [score for score, word in ranked[1:] if not _are_forms_of_one(word, best[1])]
    is_clear = best[0] >= _LEAST_SHOWN and (not others or best[0] - others[0] >= _CLEAR)
    return Likely(best[1], is_clear, best[0] >= _LEAST_NEAR)


def _near(form: str) -> frozenset[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words, by_letter, by_sound = _candidates()
    found = {word for word in _one_edit_away(form) if word in words}
    found.update(by_sound.get(_sound(form), ()))
    if len(form) >= 6:
        near = process.extract(form, by_letter.get(form[0], ()), scorer=OSA.distance, score_cutoff=2, limit=30)
        found.update(str(word) for word, _, _ in near)
    return frozenset(found)


def _most_edits(form: str, word: str) -> int:
    same_sound, same_first = _sound(form) == _sound(word), form[0] == word[0]
    shortest = min(len(form), len(word))
    if shortest >= 7 and same_sound and same_first:
        return 3
    if (shortest >= 5 and same_sound) or (shortest >= 7 and same_first):
        return 2
    return 1


def _cost(form: str, word: str, edits: int) -> float:
    cost = _COST_OF_EDIT * edits
    if form[0] != word[0]:
        cost += _OTHER_FIRST
    if _sound(form) != _sound(word):
        cost += _OTHER_SOUND
    if sorted(form) == sorted(word):
        cost -= 1.0  # letters that changed places
    return cost


@lru_cache(maxsize=40_000)
def _sound(word: str) -> str:
    """The consonants as they sound, doubled ones once, and whether a vowel opens the word."""
    heard = ["" if word[0] not in _SILENT else "a"]
    for letter in _SOFT_C.sub("s", word).replace("ph", "f").translate(_SOUNDS):
        if letter not in _SILENT and letter != heard[-1]:
            heard.append(letter)
    return "".join(heard)


def _are_forms_of_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short[:-1]) and len(long) - len(short) <= 3 and len(short) >= 4


def _one_edit_away(form: str) -> Iterator[str]:
    for at in range(len(form) + 1):
        start, rest = form[:at], form[at:]
        if rest:
            yield start + rest[1:]
        if len(rest) > 1:
            yield start + rest[1] + rest[0] + rest[2:]
        for letter in _ALPHABET:
            yield start + letter + rest
            if rest:
                yield start + letter + rest[1:]
