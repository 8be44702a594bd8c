"""How wide and how common the words are, and which come back too often too close together."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from feedforward.facts.dictionary import frequencies
from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.lexicon import INFORMAL_WORDS, VAGUE_WORDS
from feedforward.facts.prose import Prose, is_content
from feedforward.facts.words import Word

WINDOW = 50
NEAR = 60
OFTEN = 4
_MTLD_THRESHOLD = 0.72
_SHORT_ENDINGS = ("n't", "'re", "'ve", "'ll", "'d", "'m")
_SHORT_WITH_S = frozenset(["it's", "that's", "there's", "he's", "she's", "what's", "who's", "let's", "here's"])


def word_range(prose: Prose) -> Fact:
    """Moving-average type–token ratio over 50 words; over the whole where the text is shorter."""
    return measured("mattr", mattr(prose.forms))


def mattr(forms: Sequence[str]) -> float:
    """Between 0 and 1; 0 for no words."""
    if len(forms) <= WINDOW:
        return len(set(forms)) / len(forms) if forms else 0.0
    counts = Counter(forms[:WINDOW])
    total = len(counts)
    for at in range(WINDOW, len(forms)):
        gone = forms[at - WINDOW]
        counts[gone] -= 1
        if not counts[gone]:
            del counts[gone]
        counts[forms[at]] += 1
        total += len(counts)
    return total / ((len(forms) - WINDOW + 1) * WINDOW)


def mtld(forms: Sequence[str]) -> float:
    """Mean of both directions; 0 for no words."""
    return (_mtld_one_way(forms) + _mtld_one_way(forms[::-1])) / 2 if forms else 0.0


def _mtld_one_way(forms: Sequence[str]) -> float:
    factors, seen, count, ratio = 0.0, set[str](), 0, 1.0
    for form in forms:
        count += 1
        seen.add(form)
        ratio = len(seen) / count
        if ratio <= _MTLD_THRESHOLD:
            factors, seen, count, ratio = factors + 1, set(), 0, 1.0
    if count:
        factors += (1 - ratio) / (1 - _MTLD_THRESHOLD)
    return len(forms) / factors if factors else float(len(forms))


def zipf(form: str) -> float:
    """Zipf frequency of a word by the small list: 0 for a word it does not know, 3 to 8 for the others."""
    frequency = frequencies().get(form, 0.0)
    return math.log10(frequency) + 9 if frequency else 0.0


def vocabulary_facts(prose: Prose, task_forms: frozenset[str], misspelt: frozenset[Place]) -> Iterator[Fact]:
    """Range, frequency level, repetition and words that say little. English only."""
    content = [word for word in prose.content_words if Place(word.start, word.end) not in misspelt]
    levels = {form: zipf(form) for form in {word.form for word in content}}
    known = [level for level in levels.values() if level]
    yield measured("mtld", mtld(prose.forms))
    yield measured("word_frequency", sum(known) / len(known) if known else 0)
    rare = {form for form, level in levels.items() if 3 <= level < 4.2 and len(form) > 5}
    yield counted("rare_words", list(_first_places(prose, content, rare - task_forms)))
    total = len(prose.words)
    carrying = sum(is_content(form) for form in prose.forms)
    yield measured("lexical_density", carrying / total if total else 0)
    yield measured("long_words", sum(len(form) > 6 for form in prose.forms) / total if total else 0)
    yield counted("repeated_words", list(_repeated_words(content)))
    yield counted("repeated_phrases", list(_repeated_phrases(prose)))
    yield counted("vague_words", list(_places_of(prose, VAGUE_WORDS)))
    yield counted("contractions", [(place, form) for place, form in _contracted(prose)])
    yield counted("informal_words", list(_places_of(prose, INFORMAL_WORDS - {"cause", "super", "like"})))


def _first_places(prose: Prose, words: Sequence[Word], forms: set[str]) -> Iterator[tuple[Place, str]]:
    left = set(forms)
    for word in words:
        if word.form in left and prose.text[word.start].islower():
            left.discard(word.form)
            yield Place(word.start, word.end), word.form


def _places_of(prose: Prose, listed: frozenset[str]) -> Iterator[tuple[Place, str]]:
    for word in prose.words:
        if word.form in listed and not prose.text[word.start : word.end].isupper():
            yield Place(word.start, word.end), word.form
    if "thing" in listed:
        for before, word in zip(prose.words, prose.words[1:], strict=False):
            if (before.form, word.form) == ("a", "lot"):
                yield Place(before.start, word.end), "a lot"


def _contracted(prose: Prose) -> Iterator[tuple[Place, str]]:
    for word in prose.words:
        if word.form.endswith(_SHORT_ENDINGS) or word.form in _SHORT_WITH_S:
            yield Place(word.start, word.end), word.form


def _repeated_words(content: Sequence[Word]) -> Iterator[tuple[Place, str]]:
    """The densest spot of each word: four or more within about 60 words (of which some 25 carry matter)."""
    positions: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(content):
        positions[_stem(word.form)].append(at)
    near = NEAR * 2 // 5
    for stem, places in positions.items():
        best: tuple[int, int] | None = None
        for first in range(len(places) - OFTEN + 1):
            last = first + OFTEN - 1
            while last + 1 < len(places) and places[last + 1] - places[first] <= near:
                last += 1
            if places[last] - places[first] <= near and (best is None or last - first > best[1] - best[0]):
                best = (first, last)
        if best:
            start, end = content[places[best[0]]], content[places[best[1]]]
            form = Counter(content[at].form for at in places[best[0] : best[1] + 1]).most_common(1)[0][0]
            yield Place(start.start, end.end), f"{form}|{best[1] - best[0] + 1}|{len(places)}|{stem}"


def _stem(form: str) -> str:
    if len(form) > 4 and form.endswith("ies"):
        return form[:-3] + "y"
    return form[:-1] if len(form) > 3 and form.endswith("s") and not form.endswith("ss") else form


def _repeated_phrases(prose: Prose) -> Iterator[tuple[Place, str]]:
    """Four-word phrases with at least one content word, three times, or twice within 60 words; the first two places."""
    words = prose.words
    positions: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - 3):
        positions[tuple(word.form for word in words[at : at + 4])].append(at)
    taken: set[int] = set()
    for phrase, places in positions.items():
        often = len(places) >= 3
        if not often and not (len(places) == 2 and 4 <= places[1] - places[0] <= NEAR):
            continue
        if sum(is_content(form) for form in phrase) < (1 if often else 2) or any(at in taken for at in places):
            continue
        taken.update(near for at in places for near in range(at - 3, at + 4))
        first = places[0]
        yield Place(words[first].start, words[first + 3].end), f"{' '.join(phrase)}|{len(places)}"
