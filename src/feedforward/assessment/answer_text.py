"""Getting plain, bounded text and JSON objects out of whatever a model wrote."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*(?=\s|$)|[。！？]")
MOST_OPENINGS = 40
# Control, format, lone surrogate and private-use characters: none of them is printable.
_UNSEEN = ("Cc", "Cf", "Cs", "Co")


def objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The complete JSON objects in `text` that hold something, whatever stands around them.

    Prose and code fences before and behind do not matter. An object that is cut off or broken is not repaired, and the
    objects inside it are not taken for it either.
    """
    decoder = json.JSONDecoder(strict=False)
    position = text.find("{")
    for _ in range(MOST_OPENINGS):
        end = end_of_balanced(text, position) if position >= 0 else None
        if end is None:
            return
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and found:
            yield found
        position = text.find("{", end)


def end_of_balanced(text: str, start: int) -> int | None:
    """One past where the brace opened at `start` is closed again, leaving strings out; None if it never is."""
    depth = 0
    in_string = False
    escaped = False
    for position in range(start, len(text)):
        character = text[position]
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    return None


def clean_text(value: object) -> str:
    """A string without control, format and lone surrogate characters, white space tidied; "" for anything else.

    Line ends and tabs stay as a single line end or space; HTML stays as the text it is.
    """
    if not isinstance(value, str):
        return ""
    text = LINE_ENDS.sub("\n", value).replace("\t", " ")
    kept = text
    if not text.replace("\n", "").isprintable():
        kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    kept = re.sub(r"[^\S\n]+", " ", kept)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n{3,}", "\n\n", kept)).strip()


def shortened(text: str, most: int) -> str:
    """`text`, or as many of its first sentences as fit into `most` characters; a cut inside one ends with “…”."""
    if len(text) <= most:
        return text
    head = text[: most + 1]
    ends = [match.end() for match in SENTENCE_END.finditer(head) if match.end() <= most]
    if ends and ends[-1] >= most // 3:
        return text[: ends[-1]].rstrip()
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:") + "…"
