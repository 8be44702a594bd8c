"""Which sentence of an earlier text became which of a later one: pairs by their words, one partner for each."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.distance import LCSseq

REWORDED_AT_LEAST = 0.2
"""Share of words in common, in order, from which a sentence between the same neighbours is the old one reworded."""
ELSEWHERE_AT_LEAST = 0.72
"""The same for a sentence that stands elsewhere: only a lightly reworded one is said to have moved."""
MOST_CANDIDATES = 6
MOST_SHARERS = 40
"""A word that more sentences than this use says nothing about which one became which."""
NEAREST = 2
"""How many neighbours in the same gap are looked at though they share no rare word."""

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)*")
_QUOTES = str.maketrans("‘’“”«»", '\'\'""""')


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence made comparable: `key` is equal where only white space or the form of quotation marks differs."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentence `old` became sentence `new` (positions); `likeness` 1.0 where it is the same."""

    old: int
    new: int
    likeness: float


def folded(sentence: str) -> Folded:
    """The sentence as it is compared. In scripts without spaces every character is a word."""
    key = " ".join(sentence.translate(_QUOTES).split())
    return Folded(key, tuple(_WORD.findall(key.casefold())))


def pairs_of(old: Sequence[Folded], new: Sequence[Folded]) -> list[Pair]:
    """Each sentence in at most one pair, by `old`. The same sentences first, then the most alike."""
    same = _same(old, new)
    taken_old, taken_new = {each.old for each in same}, {each.new for each in same}
    gaps = _Gaps(in_order(same), len(old), len(new))
    found: list[tuple[float, int, int]] = []
    for place, candidates in _candidates(old, new, taken_old, taken_new, gaps):
        for other in candidates:
            near = gaps.of_old(place) == gaps.of_new(other)
            likeness = likeness_of(old[place].words, new[other].words)
            if likeness >= (REWORDED_AT_LEAST if near else ELSEWHERE_AT_LEAST):
                found.append((likeness, place, other))
    found.sort(key=lambda each: (-each[0], each[1], each[2]))
    pairs = list(same)
    for likeness, place, other in found:
        if place not in taken_old and other not in taken_new:
            taken_old.add(place)
            taken_new.add(other)
            pairs.append(Pair(place, other, min(likeness, 0.999)))
    return _without_far_ones(sorted(pairs, key=lambda pair: pair.old))


def likeness_of(first: Sequence[str], second: Sequence[str]) -> float:
    """The longest common run of words in order, gaps allowed, as a share of both lengths: 0 to 1."""
    if not first or not second:
        return 0.0
    return 2 * LCSseq.similarity(first, second) / (len(first) + len(second))


def in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs whose sentences stand in the same order in both texts: the ones that stayed."""
    ordered = sorted(pairs, key=lambda pair: pair.old)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, pair in enumerate(ordered):
        at = bisect_left(ends, pair.new)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [pair.new]
        last[at : at + 1] = [place]
    stayed: list[Pair] = []
    place = last[-1] if last else -1
    while place >= 0:
        stayed.append(ordered[place])
        place = before[place]
    return stayed[::-1]


def _same(old: Sequence[Folded], new: Sequence[Folded]) -> list[Pair]:
    """Equal sentences: as many as can be in order, then what is left of them wherever it stands."""
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(each.key, len(numbers)) for each in old]
    second = [numbers.setdefault(each.key, len(numbers)) for each in new]
    pairs = [
        Pair(block.a + step, block.b + step, 1.0)
        for block in LCSseq.opcodes(first, second).as_matching_blocks()
        for step in range(block.size)
    ]
    taken_old, taken_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    left: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(new) - 1, -1, -1):
        if place not in taken_new:
            left[second[place]].append(place)
    for place, number in enumerate(first):
        if place not in taken_old and left[number]:
            pairs.append(Pair(place, left[number].pop(), 1.0))
    return pairs


class _Gaps:
    """The stretches between sentences that stayed, numbered alike in both texts."""

    def __init__(self, stayed: Sequence[Pair], old: int, new: int) -> None:
        self._old = self._numbers([pair.old for pair in stayed], old)
        self._new = self._numbers([pair.new for pair in stayed], new)

    @staticmethod
    def _numbers(edges: Sequence[int], length: int) -> list[int]:
        numbers, gap, known = [], 0, set(edges)
        for place in range(length):
            gap += place in known
            numbers.append(gap)
        return numbers

    def of_old(self, place: int) -> int:
        return self._old[place]

    def of_new(self, place: int) -> int:
        return self._new[place]


def _candidates(
    old: Sequence[Folded], new: Sequence[Folded], taken_old: set[int], taken_new: set[int], gaps: _Gaps
) -> list[tuple[int, list[int]]]:
    """For each old sentence left the few new ones that share the most rare words, and its neighbours in the gap."""
    users: defaultdict[str, list[int]] = defaultdict(list)
    in_gap: defaultdict[int, list[int]] = defaultdict(list)
    for other, sentence in enumerate(new):
        if other not in taken_new:
            in_gap[gaps.of_new(other)].append(other)
            for word in set(sentence.words):
                users[word].append(other)
    found = []
    seen: defaultdict[int, int] = defaultdict(int)
    for place, sentence in enumerate(old):
        if place in taken_old:
            continue
        weights: defaultdict[int, float] = defaultdict(float)
        for word in set(sentence.words):
            sharers = users.get(word, ())
            if len(sharers) <= MOST_SHARERS:
                for other in sharers:
                    weights[other] += log(1 + MOST_SHARERS / len(sharers))
        best = sorted(weights, key=lambda other: (-weights[other], other))[:MOST_CANDIDATES]
        gap = gaps.of_old(place)
        at = seen[gap]
        seen[gap] += 1
        near = in_gap[gap][max(0, at - NEAREST) : at + NEAREST + 1]
        found.append((place, sorted({*best, *near})))
    return found


def _without_far_ones(pairs: list[Pair]) -> list[Pair]:
    """A sentence much reworded and out of order is not said to have moved: it went, and another came."""
    stayed = set(in_order(pairs))
    return [pair for pair in pairs if pair in stayed or pair.likeness >= ELSEWHERE_AT_LEAST]
