"""How hard a text is to read, by published formulas: no formula knows meaning, so several stand side by side."""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache

import pyphen

from feedforward.facts.fact import Fact, measured
from feedforward.facts.prose import Prose

_LONGEST = 40


def reading_formulas(prose: Prose) -> Iterator[Fact]:
    """Six formulas made for English; all 0 for a text without words."""
    sentences = sum(bool(each.words) for each in prose.sentences)
    words = len(prose.words)
    if not words or not sentences:
        for name in ("reading_grade", "reading_ease", "gunning_fog", "smog", "coleman_liau", "automated_readability"):
            yield measured(name, 0)
        return
    counts = [syllables(form) for form in prose.forms]
    letters = sum(len(form) for form in prose.forms)
    hard = sum(count >= 3 for count in counts)
    per_sentence, per_word = words / sentences, sum(counts) / words
    yield measured("reading_grade", max(0.0, 0.39 * per_sentence + 11.8 * per_word - 15.59))
    yield measured("reading_ease", max(0.0, 206.835 - 1.015 * per_sentence - 84.6 * per_word))
    yield measured("gunning_fog", 0.4 * (per_sentence + 100 * hard / words))
    yield measured("smog", 1.043 * math.sqrt(30 * hard / sentences) + 3.1291)
    yield measured("coleman_liau", max(0.0, 5.88 * letters / words - 29.6 * sentences / words - 15.8))
    yield measured("automated_readability", max(0.0, 4.71 * letters / words + 0.5 * per_sentence - 21.43))


def lix(prose: Prose) -> Fact:
    """Björnsson's index, for any language that parts its words with spaces."""
    sentences = sum(bool(each.words) for each in prose.sentences)
    words = len(prose.words)
    long = sum(len(form) > 6 for form in prose.forms)
    return measured("lix", words / sentences + 100 * long / words if words and sentences else 0)


@lru_cache(maxsize=20_000)
def syllables(form: str) -> int:
    """Estimate: pyphen's break points and one more, at least the groups of vowels without a silent e for short
    words."""
    form = form[:_LONGEST]
    groups = len(re.findall(r"[aeiouy]+", form))
    if form.endswith("e") and not form.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if form.endswith("ed") and not form.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups, len(_hyphenation().positions(form)) + 1 if len(form) > 4 else 1)


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
