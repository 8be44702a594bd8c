"""Which language a text is in, told plainly by its script and by how many of its words are the little words of one."""

import re
from collections.abc import Sequence

from feedforward.facts.lexicon import GRAMMAR_WORDS, OTHER_LANGUAGES

_KANA = re.compile(r"[぀-ヿ]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_HANGUL = re.compile(r"[가-힯]")
_SCRIPTS = (
    ("Arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("Greek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
)
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1cff\u1f00-\u1fff\u2e80-\ud7ff\uf900-\ufaff\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
ENGLISH_RATE = 0.22
FEWEST_WORDS = 8


def language_of(text: str, forms: Sequence[str]) -> str:
    """A language's English name; "a language in … script" or "another script" where only the script can be told;
    "unknown" for a text too short or too odd to tell."""
    letters = sum(character.isalpha() for character in text)
    if letters and len(_OTHER_SCRIPT.findall(text)) > letters * 0.3:
        return _by_script(text)
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


def _by_script(text: str) -> str:
    kana, han, hangul = (len(pattern.findall(text)) for pattern in (_KANA, _HAN, _HANGUL))
    found = {"Korean": hangul, "Japanese" if kana > 0.1 * (kana + han) else "Chinese": kana + han}
    found |= {f"a language in {name} script": len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    name, most = max(found.items(), key=lambda pair: pair[1])
    return name if most else "another script"


def _rate(forms: Sequence[str], words: frozenset[str]) -> float:
    return sum(form in words for form in forms) / len(forms)
