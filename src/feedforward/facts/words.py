"""Words and sentences of a stretch of text, with their places."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from feedforward.facts.lexicon import ABBREVIATIONS, NUMBERED_ABBREVIATIONS, SENTENCE_STARTERS

SIGNS = "぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
"""Chinese and Japanese signs as a class of a pattern: nothing parts their words, so each is counted as one."""
_LETTER = rf"[^\W\d_{SIGNS}]"
_WORD = re.compile(rf"{_LETTER}+(?:[’'‑-]{_LETTER}+)*|[{SIGNS}]|\d+(?:[.,:/]\d+)*")
_STOP = re.compile(r"(?:[.!?…]+|[。！？؟۔।]+)[\"'”’»)\]」』]*")
_LAST_TOKEN = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$|[^\W_]+$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*([^\W\d_]+|\d+)?")
_CLOSERS = "\"'”’»)]"


class Word(NamedTuple):
    """One word: `form` is lower case with a straight apostrophe; `text[start:end]` is how it was written."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its words; `paragraph` is the position of its paragraph, from 0."""

    start: int
    end: int
    words: tuple[Word, ...]
    paragraph: int


def words_in(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and numbers of `text[start:end]`."""
    return tuple(
        Word(match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text, start, end)
    )


def sentence_places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentences of `text[start:end]` stand, without the white space around them."""
    places: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.start() >= begin and _ends_a_sentence(text, match, begin, end):
            _append_trimmed(places, text, begin, match.end())
            begin = match.end()
    _append_trimmed(places, text, begin, end)
    return places


def _append_trimmed(places: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        if places and not any(character.isalnum() for character in text[start:end]):
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))


def _ends_a_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    after = stop.end()
    mark = stop.group()
    if after >= end or mark[0] in "。！？؟۔।":
        return True
    before = text[stop.start() - 1] if stop.start() > begin else ""
    if not text[after].isspace():
        return _is_glued_sentence(text, stop, begin, end)
    match = _NEXT_WORD.match(text, after, end)
    following = (match.group(1) or "") if match else ""
    if mark.startswith(("...", "…")) and following[:1].islower():
        return False
    if mark[-1] in _CLOSERS and following[:1].islower():
        return False
    if not mark.startswith(".") or len(mark.rstrip(_CLOSERS)) > 1:
        return True
    token_match = _LAST_TOKEN.search(text, max(begin, stop.start() - 40), stop.start())
    token = token_match.group() if token_match else before
    return not _continues(token, following)


def _continues(token: str, following: str) -> bool:
    """Whether the full stop after `token` belongs to it (an abbreviation, an initial) and the sentence goes on."""
    low = token.lower()
    if low in NUMBERED_ABBREVIATIONS:
        return following[:1].isdigit() or (low == "al" and not following.istitle())
    if low in ABBREVIATIONS:
        return True
    if "." in token or low in {"etc", "inc", "ltd", "co"}:
        return following[:1].islower() or (following not in SENTENCE_STARTERS and low not in {"etc", "a.m", "p.m"})
    if len(token) == 1 and token.isalpha() and token.isupper() and token not in {"I"}:
        return following not in SENTENCE_STARTERS
    return False


def _is_glued_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """ "school.They": two lower-case letters, one mark, a capital and a small letter, nothing between."""
    at = stop.start()
    after = stop.end()
    return (
        at - 2 >= begin
        and text[at - 2 : at].isalpha()
        and text[at - 2 : at].islower()
        and after + 1 < end
        and text[after].isupper()
        and text[after + 1].islower()
    )
