"""Where a text speaks to a machine that marks it: the signs of neighbouring sentences, weighed together."""

import re
from dataclasses import dataclass

from feedforward.inspection.context import reported_stretches
from feedforward.inspection.folding import View, folded
from feedforward.inspection.signs import Says, Sign
from feedforward.inspection.signs_english import ENGLISH
from feedforward.inspection.signs_frames import FRAMES
from feedforward.inspection.signs_languages import FOREIGN_NEAR
from feedforward.inspection.signs_more_languages import FOREIGN_FAR

ENOUGH = 3.0
ENOUGH_WHEN_CONCEALED = 2.0
_WORDED = (*ENGLISH, *FOREIGN_NEAR, *FOREIGN_FAR)
# One of these must be there: who addresses a machine, or speaks of this text, has not yet asked for anything.
_ACTS = {Says.OVERRIDE, Says.AWARD, Says.ANSWER, Says.PRAISE, Says.FRAME, Says.SECRETS, Says.RESULT, Says.PRESSURE}
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*(?:\s+|$)|(?<=[。！？।])|\n+")
_RUNS_OF_SPACE = re.compile(r"[ \t]*\n[ \t]*(?=[a-z])(?<!\n)|[ \t]{2,}|\t")
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch (characters of the original) that speaks to a machine: what it does, how strongly, and its reading."""

    start: int
    end: int
    strength: float
    says: tuple[Says, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class _Found:
    sign: Sign
    start: int
    end: int


def speeches(view: View, *, enough: float = ENOUGH) -> list[Speech]:
    """The stretches of a view whose signs weigh `enough`, in order, not overlapping."""
    plain = folded(view).replaced(_RUNS_OF_SPACE, lambda _: " ")
    text = plain.text
    found = _found_in(text)
    if not found:
        return []
    sentences = _sentences(text)
    by_sentence: list[list[_Found]] = [[] for _ in sentences]
    at = 0
    for each in sorted(found, key=lambda one: one.start):
        while at + 1 < len(sentences) and sentences[at + 1][0] <= each.start:
            at += 1
        by_sentence[at].append(each)
    raw: list[Speech] = []
    for start, end, signs in _windows(sentences, by_sentence, enough):
        first, last = sentences[start][0], max(sentences[end][1], max(one.end for one in signs))
        last = first + len(text[first:last].rstrip())
        says = {one.sign.says: 0.0 for one in signs}
        for one in signs:
            says[one.sign.says] = max(says[one.sign.says], one.sign.weight)
        raw.append(
            Speech(
                plain.places[first],
                min(plain.places[last - 1] + 1, plain.places[-1]) if last else 0,
                sum(says.values()),
                tuple(sorted(says, key=lambda one: -says[one])),
                text[first:last],
            )
        )
    return raw


def _found_in(text: str) -> list[_Found]:
    reported = reported_stretches(text)
    found = [_Found(sign, each.start(), each.end()) for sign in FRAMES for each in sign.pattern.finditer(text)]
    for sign in _WORDED:
        if sign.needs and not any(piece in text for piece in sign.needs):
            continue
        for each in sign.pattern.finditer(text):
            # An order may begin with the sign that ends the sentence before.
            start = each.start() + len(each.group()) - len(each.group().lstrip(" .!?:;,\n"))
            if not any(a <= start < b for a, b in reported):
                found.append(_Found(sign, start, each.end()))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    for end in _SENTENCE_END.finditer(text):
        if text[position : end.start()].strip():
            spans.append((position, end.end()))
            position = end.end()
    if text[position:].strip() or not spans:
        spans.append((position, len(text)))
    return spans


def _strength(signs: list[_Found]) -> float:
    best: dict[Says, float] = {}
    for one in signs:
        best[one.sign.says] = max(best.get(one.sign.says, 0.0), one.sign.weight)
    return sum(best.values()) if best.keys() & _ACTS else 0.0


def _windows(
    sentences: list[tuple[int, int]], by_sentence: list[list[_Found]], enough: float
) -> list[tuple[int, int, list[_Found]]]:
    """Runs of sentences (first, last, their signs): the shortest that weigh enough, and what touches them joined."""
    taken: list[tuple[int, int, list[_Found]]] = []
    used: set[int] = set()
    for size in range(1, _MOST_SENTENCES + 1):
        for start in range(len(sentences) - size + 1):
            run = range(start, start + size)
            if used & set(run) or not by_sentence[start] or not by_sentence[start + size - 1]:
                continue
            signs = [one for at in run for one in by_sentence[at]]
            if _strength(signs) >= enough:
                taken.append((start, start + size - 1, signs))
                used |= set(run)
    return sorted(taken, key=lambda one: one[0])
