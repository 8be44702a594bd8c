"""Text in the form that patterns are written for, each character with its place in the original."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look like Latin ones; they count only inside a word that holds Latin letters as well.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝоɡν" + "вкмнт" + "αορυικτε" + "ϲɑʟɩ",
    "aeopcyxisjhdqwogv" + "bkmht" + "aopuikte" + "cali",
)
_MIXED_WORD = re.compile(r"[^\W\d_]+")
_SPELT = {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class View:
    """One way of reading a text: `places[i]` is where `text[i]` stands in the original, `places[len(text)]` its end."""

    text: str
    places: tuple[int, ...]

    def changed(self, rewritten: list[tuple[str, int, int]]) -> "View":
        """The view made of pieces: (new text, start and end here). A piece as long as its source keeps each place."""
        signs: list[str] = []
        places: list[int] = []
        for piece, start, end in rewritten:
            signs.append(piece)
            if len(piece) == end - start:
                places.extend(self.places[start:end])
            else:
                last = max(start, end - 1)
                places.extend(self.places[min(start + at, last)] for at in range(len(piece)))
        return View("".join(signs), (*places, self.places[-1]))

    def replaced(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> "View":
        """The view in which each match of `pattern` reads as `by` says."""
        pieces: list[tuple[str, int, int]] = []
        position = 0
        for found in pattern.finditer(self.text):
            pieces.append((self.text[position : found.start()], position, found.start()))
            pieces.append((by(found), found.start(), found.end()))
            position = found.end()
        if not position:
            return self
        pieces.append((self.text[position:], position, len(self.text)))
        return self.changed(pieces)

    def backwards(self) -> "View":
        """The view read from its end."""
        return View(self.text[::-1], (*self.places[-2::-1], self.places[0] if self.text else self.places[-1]))


def whole(text: str) -> View:
    """The text as it stands."""
    return View(text, tuple(range(len(text) + 1)))


@lru_cache(maxsize=20_000)
def _folded(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    bare = unicodedata.normalize("NFD", plain)
    if len(bare) > 1 and bare[0].isascii() and bare[0].isalpha():
        plain = "".join(part for part in bare if not unicodedata.combining(part))
    plain = plain.lower()
    return _SPELT.get(plain, plain).translate(_QUOTES)


def folded_pattern(pattern: str) -> str:
    """A pattern with its own letters folded as texts are; what is ASCII, and so all that is syntax, stays."""
    return "".join(letter if letter.isascii() else _folded(letter) for letter in pattern)


def _unmixed(found: re.Match[str]) -> str:
    word = found.group()
    if word.isascii() or not any(sign.isascii() for sign in word):
        return word
    return word.translate(_LOOK_ALIKES)


def folded(view: View) -> View:
    """The view in small letters without accents, wide, bold and circled letters made plain, look-alikes made Latin."""
    text = view.text
    if text.isascii():
        return View(text.lower().translate(_QUOTES), view.places)
    signs: list[str] = []
    places: list[int] = []
    for sign, place in zip(text, view.places, strict=False):
        plain = sign.lower() if sign.isascii() else _folded(sign)
        signs.append(plain)
        places.extend([place] * len(plain))
    return View(_MIXED_WORD.sub(_unmixed, "".join(signs)), (*places, view.places[-1]))
