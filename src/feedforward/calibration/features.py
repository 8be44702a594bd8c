"""What calibration learns from: a text's facts and measures, and a reader's own scores, as named numbers."""

import math
from collections.abc import Mapping
from functools import cache

from feedforward.facts.gather import Facts
from feedforward.facts.measures import everyday_word_rates, measures_of, most_used_words
from feedforward.facts.registry import FACTS

EVERYDAY_WORDS = 300
_SIZES = frozenset(["words", "paragraphs", "headings", "sentences"])
_PROPORTIONS = frozenset(
    ["share", "ratio", "words per sentence", "per 100 words", "yes/no", "school grade", "points", "Zipf"]
)


def features_of_text(facts: Facts) -> dict[str, float]:
    """Facts and measures of one text: logarithms of sizes, proportions as they are, square roots of rates in 100 words.

    For a text in another language than English, English facts are not there and its everyday words are left out.
    """
    words = max(1, len(facts.prose.words))
    found: dict[str, float] = {}
    for name, fact in facts.by_name.items():
        if name in _SIZES:
            value = math.log1p(fact.value)
        elif FACTS[name].unit in _PROPORTIONS or name == "mtld":
            value = fact.value
        else:
            value = math.sqrt(100 * fact.value / words)
        found[f"text:{name}"] = value
    found |= {f"text:{name}": value for name, value in measures_of(facts.prose).items()}
    for name in ("grammar_signs", "grammar_sign_kinds"):
        if f"text:{name}" in found:
            found[f"own:{name}"] = found.pop(f"text:{name}")
    if facts.prose.is_english:
        found |= {f"word:{word}": rate for word, rate in everyday_word_rates(facts.prose, _vocabulary()).items()}
    return found


def features_of_scores(scores: Mapping[str, float | None]) -> dict[str, float]:
    """A reader's own scores or judgements by their names; those it did not give are not there."""
    return {f"own:{name}": score for name, score in scores.items() if score is not None}


@cache
def _vocabulary() -> tuple[str, ...]:
    return most_used_words(EVERYDAY_WORDS)
