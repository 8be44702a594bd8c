"""Cautious levels from documented thresholds, for the few topics facts can judge.

Each topic gives a quality between 0 and 0.8: facts can show that something is not yet there, never that it is as good
as it can be, so a ladder's top step stays for people. The thresholds are our own (docs/guides/built-in-reader.md).
"""

from collections.abc import Sequence
from itertools import pairwise

from feedforward.assessment.built_in.observation import number, times
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts
from feedforward.rubrics.rules import Criterion

FEWEST_WORDS = 100
CEILING = 0.8
_ALL_SINGLE, _NO_PARAGRAPHS = 0.75, 0.4
_SLIP_WEIGHTS = {
    "misspellings": 1.0,
    "lower_case_i": 0.5,
    "lower_case_starts": 0.8,
    "missing_apostrophes": 0.5,
    "doubled_words": 0.5,
    "missing_spaces": 0.3,
    "spaces_before_marks": 0.3,
    "missing_end_marks": 0.5,
    "word_form_slips": 0.7,
    "run_ons": 2.0,
    "comma_splices": 0.3,
    "fragments": 0.5,
}


def quality_of(topic: Topic, facts: Facts) -> tuple[float, str] | None:
    """The topic's quality (0 to 0.8) and the figures it rests on in words; None where facts do not support one."""
    if topic is Topic.LENGTH:
        return _length(facts)
    if not facts.prose.is_english or len(facts.prose.words) < FEWEST_WORDS or facts.prose.is_code:
        return None
    judge = {
        Topic.CONVENTIONS: _conventions,
        Topic.SENTENCES: _sentences,
        Topic.VOCABULARY: _vocabulary,
        Topic.ORGANISATION: _organisation,
        Topic.COHESION: _cohesion,
    }.get(topic)
    return judge(facts) if judge else None


def points_for(criterion: Criterion, quality: float) -> float:
    """The points of the level at this part of the ladder, counted by steps; between two steps the lower one."""
    steps = len(criterion.levels) - 1
    return criterion.levels[int(min(max(quality, 0.0), 1.0) * steps + 0.4999)].points


def slip_rate(facts: Facts) -> float:
    """Weighted slips for each 100 words."""
    return sum(weight * facts.per_hundred(name) for name, weight in _SLIP_WEIGHTS.items())


def _between(value: float, points: Sequence[tuple[float, float]]) -> float:
    """Linear between the given (value, quality) pairs, flat outside; values ascending."""
    if value <= points[0][0]:
        return points[0][1]
    for (low, first), (high, second) in pairwise(points):
        if value <= high:
            return first + (second - first) * (value - low) / (high - low)
    return points[-1][1]


def _count(value: float) -> str:
    return number(int(value)) if value else "none"


def _conventions(facts: Facts) -> tuple[float, str]:
    rate = slip_rate(facts)
    quality = _between(rate, [(0.25, 0.8), (1.0, 0.65), (2.5, 0.45), (5.0, 0.25), (9.0, 0.05)])
    return quality, f"{rate:.1f} weighted slips I can recognise in 100 words"


def _sentences(facts: Facts) -> tuple[float, str]:
    mean, spread = facts.value("sentence_length_mean"), facts.value("sentence_length_spread")
    length = _between(mean, [(6, 0.2), (13, 0.7), (22, 0.8), (30, 0.5), (45, 0.1)])
    variety = _between(spread, [(0.2, 0.4), (0.35, 0.75), (0.7, 0.75), (1.1, 0.3)])
    boundaries = _between(
        facts.per_hundred("run_ons") * 3
        + facts.per_hundred("lower_case_starts")
        + facts.per_hundred("word_form_slips")
        + facts.per_hundred("spaces_before_marks")
        + facts.per_hundred("misspellings") / 2,
        [(0.0, 0.8), (1.0, 0.5), (4.0, 0.1)],
    )
    quality = 0.3 * length + 0.2 * variety + 0.5 * boundaries
    marks = int(facts.value("run_ons"))
    return (
        quality,
        f"{mean:.0f} words in a sentence on average, {_count(marks)} that run on, and how surely sentences are "
        f"begun, built "
        f"and ended",
    )


def _vocabulary(facts: Facts) -> tuple[float, str]:
    diversity, level, rare = facts.value("mtld"), facts.value("word_frequency"), facts.per_hundred("rare_words")
    wide = _between(diversity, [(30, 0.15), (50, 0.4), (75, 0.65), (100, 0.8)])
    uncommon = _between(rare, [(0.0, 0.15), (1.2, 0.45), (3.0, 0.7), (5.0, 0.8)])
    everyday = _between(level, [(4.5, 0.8), (4.9, 0.55), (5.2, 0.2)])
    spelt = _between(facts.per_hundred("misspellings"), [(0.0, 0.8), (1.5, 0.4), (4.0, 0.1)])
    quality = 0.25 * wide + 0.3 * uncommon + 0.25 * everyday + 0.2 * spelt
    return quality, f"lexical diversity {diversity:.0f} and {rare:.1f} less common words in 100"


def _organisation(facts: Facts) -> tuple[float, str]:
    paragraphs, words = facts.value("paragraphs"), len(facts.prose.words)
    single = facts.value("one_sentence_paragraphs") / max(1.0, paragraphs)
    parted = (
        0.2 if paragraphs < 2 and words > 150 else _between(paragraphs, [(1, 0.35), (3, 0.65), (5, 0.8), (12, 0.7)])
    )
    whole = _between(single, [(0.0, 0.8), (0.5, 0.3), (1.0, 0.1)])
    ending = 0.75 if facts.value("concluding_paragraph") else 0.3
    linked = _between(facts.value("unlinked_paragraphs") / max(1.0, paragraphs), [(0.0, 0.75), (0.5, 0.3)])
    quality = 0.3 * parted + 0.25 * whole + 0.25 * ending + 0.2 * linked
    if single >= _ALL_SINGLE:
        quality = min(quality, _NO_PARAGRAPHS)
    closes = "an ending that closes" if ending > 0.5 else "no clear ending"
    return (
        quality,
        f"{times(int(paragraphs), 'paragraph')}, {_count(facts.value('one_sentence_paragraphs'))} of one "
        f"sentence, and {closes}",
    )


def _cohesion(facts: Facts) -> tuple[float, str]:
    kinds = facts.value("link_kinds")
    variety = _between(kinds, [(1, 0.1), (5, 0.45), (9, 0.7), (13, 0.8)])
    organised, _ = _organisation(facts)
    unlinked = int(facts.value("unlinked_paragraphs"))
    legible = _between(slip_rate(facts), [(0.5, 0.8), (3.0, 0.45), (8.0, 0.1)])
    quality = 0.4 * variety + 0.3 * organised + 0.3 * legible
    return (
        quality,
        f"{times(int(kinds), 'different linking word')} and {times(unlinked, 'paragraph')} without a link at the start",
    )


def _length(facts: Facts) -> tuple[float, str] | None:
    if "words_over_limit" not in facts and "words_under_limit" not in facts:
        return None
    words = len(facts.prose.words)
    off = max(facts.value("words_over_limit"), facts.value("words_under_limit"))
    return _between(
        off / max(words, 1), [(0.0, 1.0), (0.1, 0.7), (0.3, 0.4), (1.0, 0.0)]
    ), f"{words} words against the limits of the task"
