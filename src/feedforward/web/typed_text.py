"""What somebody typed, looked at before any rule of a feature."""

import unicodedata

# Format characters, controls, surrogates, unassigned, and every kind of space: nothing a reader would see.
_UNSEEN = ("Cf", "Cc", "Cs", "Cn", "Zs", "Zl", "Zp")
# Letters by category that have no shape: Hangul fillers and the blank Braille pattern.
_SHAPELESS = "\u115f\u1160\u3164\uffa0\u2800\u034f"


def is_blank(text: str) -> bool:
    """Whether nothing of this can be seen: a title of zero-width characters leaves a list entry nobody can click."""
    return all(unicodedata.category(each) in _UNSEEN or each in _SHAPELESS for each in text)


def version_typed(text: str) -> int:
    """The version a form carries; 0, which nothing stored has, where it is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
