"""Ways to write a text so that only a machine reads it: found, undone, and kept with their places."""
# ruff: noqa: E501

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from feedforward.inspection.folding import View, folded
from feedforward.inspection.respacing import respaced

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{16,}(?:\s{0,2}[A-Za-z0-9+/_-]{16,})*={0,2})")
_HEX = re.compile(r"(?:0x)?(?:[0-9a-fA-F]{2}[ :,]?(?:0x|\\x)?){8,}")
_BITS = re.compile(r"(?:[01]{8} ?){6,}")
_PERCENT = re.compile(r"(?:[\w.~-]{0,12}%[0-9A-Fa-f]{2}){4,}[\w.~%-]{0,80}")
_ENTITIES = re.compile(r"(?:&#x?[0-9A-Fa-f]{1,6};\s?){6,}")
_CODE_POINTS = re.compile(r"(?:\\u[0-9a-fA-F]{4}\s?){6,}")
_SPACED = re.compile(
    r"(?<!\w)(?:[^\W\d_](?:[ .*_/|\-\u00b7\u2022]{1,3}(?=[^\W_])|[ ]{2,6}(?=[^\W_](?:\W|$)))){6,}[^\W\d_](?!\w)"
)
_GLUED = re.compile(r"(?<!\w)[A-Za-z]{18,}(?!\w)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNDERSCORED = re.compile(r"(?<=[^\W_])[_*|~^+](?=[^\W_])")
_CUT_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011\u00b7](?=[^\W\d_])")
_LEET_WORD = re.compile(
    r"(?<![\w@$!])(?=[\w@$!|+]*[A-Za-z])(?=[\w@$!|+]*[0-9@$!|+])[\w@$!|+]{2,}|(?<![\w.,])[1347](?= [A-Za-z0-9@$!]*\d?[A-Za-z])"
)
_LEET = str.maketrans("01345789@$!|+", "oieastbgasiit")
_LEET_WITH_L = str.maketrans("01345789@$!|+", "oleastbgasllt")
_ARE_LEET = re.compile(r"[A-Za-z][013457@$!][A-Za-z0-9@$!]|[013457@$!][A-Za-z][0-9@$!A-Za-z]")
_FREQUENT = frozenset(
    """
    the and this all for essay give given ignore marks mark score grade full highest maximum instructions previous
    rubric every with you les des que une est pour der die und das den alle los las una por por para per che non
    uma todas todos note nota noten puntos
    """.split()  # noqa: SIM905 many quoted words are no easier to read
)
_PIECES = re.compile(
    r"\b(?:half|halves|part|parts|piece|pieces|combine|combined|concatenat\w+|join|followed by|together|teil|teile|halfte|partie|moitie|parte|mitad|meta)\b"
    r"|\b[a-z] ?\+ ?[a-z]\b"
)
_QUOTED_PIECE = re.compile(r"[\"“'‘]([^\"“”'‘’\n]{3,80})[\"”'’]")


@dataclass(frozen=True, slots=True)
class Disguise:
    """What a stretch says when it is undone: `view` has the places of the original; `how` completes "written …"."""

    view: View
    how: str
    concealed: bool


def disguises(view: View) -> Iterator[Disguise]:
    """Every reading of a text apart from the one that meets the eye.

    `concealed` ones hold nothing but what was undone, so that less is needed to see an instruction in them.
    """
    for pattern, undo, how in _CODES:
        for found in pattern.finditer(view.text):
            if decoded := _readable(undo(found.group())):
                yield Disguise(_at(view, decoded, found.start(), found.end()), how, True)
    text = view.text
    moved = codecs.encode(text, "rot13")
    if _has_words(moved):
        yield Disguise(View(moved, view.places), "with each letter moved by 13 (rot13)", True)
    if _has_words(text[::-1]):
        yield Disguise(view.backwards(), "backwards", True)
    yield from _respelled(view)
    yield from _in_pieces(view)


def _has_words(text: str) -> bool:
    """Whether a text that was turned as a whole holds words at all: nearly all are gibberish then."""
    return len(_FREQUENT & set(re.findall(r"[^\W\d_]{3,}", text.lower()))) >= 2


def _respelled(view: View) -> Iterator[Disguise]:
    for table in (_LEET, _LEET_WITH_L):
        if len(_ARE_LEET.findall(view.text)) >= 3:
            changed = view.replaced(_LEET_WORD, lambda found, table=table: found.group().translate(table))  # type: ignore[misc]
            yield Disguise(changed, "with digits for letters", False)
    plain = folded(view)
    for found in _SPACED.finditer(plain.text):
        yield Disguise(_at(plain, _unspaced(found.group()), found.start(), found.end()), "letter by letter", True)
    for found in _GLUED.finditer(view.text):
        words = _CAMEL.sub(" ", found.group())
        words = words if " " in words else respaced(found.group().lower())
        yield Disguise(_at(view, words, found.start(), found.end()), "without spaces", True)
    if len(_SPACED.findall(plain.text)) >= 2:
        yield Disguise(plain.replaced(_SPACED, lambda found: _unspaced(found.group())), "letter by letter", False)
    if len(_UNDERSCORED.findall(view.text)) >= 2:
        yield Disguise(view.replaced(_UNDERSCORED, lambda _: " "), "with signs between the words", False)
        yield Disguise(view.replaced(_UNDERSCORED, lambda _: ""), "with signs within the words", False)
    if len(_CUT_WORD.findall(view.text)) >= 3:
        yield Disguise(view.replaced(_CUT_WORD, lambda _: ""), "with signs within the words", False)


def _in_pieces(view: View) -> Iterator[Disguise]:
    position = 0
    for paragraph in re.split(r"\n\n+", view.text):
        start = view.text.index(paragraph, position)
        position = start + len(paragraph)
        pieces = _QUOTED_PIECE.findall(paragraph)
        if 2 <= len(pieces) <= 8 and _PIECES.search(paragraph.lower()):
            yield Disguise(_at(view, " ".join(pieces), start, position), "in pieces", True)


def _at(view: View, said: str, start: int, end: int) -> View:
    """`said` as a view; each character has the place where the whole stretch begins, its end the stretch's end."""
    return View(said, (*([view.places[start]] * len(said)), view.places[end]))


def _unspaced(letters: str) -> str:
    words = re.split(r"[ ]{2,}|(?<=\w) ?[/|] ?(?=\w)", letters)
    joined = ["".join(sign for sign in word if sign.isalnum()) for word in words]
    return " ".join(respaced(word) if len(words) == 1 or len(word) > 14 else word for word in joined)


def _readable(data: bytes | str | None) -> str:
    """What was decoded, where people or machines could read it; "" otherwise."""
    if data is None:
        return ""
    try:
        said = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        return ""
    said = " ".join(said.split())
    good = sum(sign.isalpha() or sign.isspace() for sign in said)
    return said if len(said) >= 6 and good >= 0.8 * len(said) and said.isprintable() else ""


def _base64(written: str) -> bytes | None:
    packed = re.sub(r"\s", "", written).rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _hex(written: str) -> bytes | None:
    digits = re.sub(r"0x|\\x|[ :,]", "", written)
    try:
        return bytes.fromhex(digits[: len(digits) // 2 * 2])
    except ValueError:
        return None


def _bits(written: str) -> bytes:
    return bytes(int(octet, 2) for octet in re.findall(r"[01]{8}", written))


def _code_points(written: str) -> str:
    return "".join(chr(int(point, 16)) for point in re.findall(r"\\u([0-9a-fA-F]{4})", written))


_CODES: tuple[tuple[re.Pattern[str], Callable[[str], bytes | str | None], str], ...] = (
    (_BASE64, _base64, "in base64"),
    (_HEX, _hex, "in hexadecimal"),
    (_BITS, _bits, "in ones and zeros"),
    (_PERCENT, unquote, "with percent signs"),
    (_ENTITIES, html.unescape, "as HTML entities"),
    (_CODE_POINTS, _code_points, "as code points"),
)
