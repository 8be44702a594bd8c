"""Which language a text is in, told plainly by how many of its words are the little words of a language."""

import re
from collections.abc import Sequence

from feedforward.facts.lexicon import GRAMMAR_WORDS, OTHER_LANGUAGES

_OTHER_SCRIPT = re.compile(r"[Ͱ-ࣿऀ-࿿぀-ヿ㐀-鿿가-힯]")
ENGLISH_RATE = 0.22
FEWEST_WORDS = 8


def language_of(text: str, forms: Sequence[str]) -> str:
    """ "English", another language's English name, "another script", or "unknown" for a text too short or too odd to "
    "tell."""
    letters = sum(character.isalpha() for character in text)
    if letters and len(_OTHER_SCRIPT.findall(text)) > letters * 0.3:
        return "another script"
    if not forms:
        return "unknown"
    english = _rate(forms, GRAMMAR_WORDS)
    name, other = max(
        ((name, _rate(forms, words)) for name, words in OTHER_LANGUAGES.items()), key=lambda pair: pair[1]
    )
    if other > english and other > 0.2 and len(forms) >= FEWEST_WORDS:
        return name
    if english >= ENGLISH_RATE or (len(forms) < FEWEST_WORDS and english > 0):
        return "English"
    return "unknown"


def _rate(forms: Sequence[str], words: frozenset[str]) -> float:
    return sum(form in words for form in forms) / len(forms)
