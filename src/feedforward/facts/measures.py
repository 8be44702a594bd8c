"""Numbers about a whole text that no comment points at: how common its words are, its marks, its layout, its signs.

Facts carry places and feed comments; these feed calibration alone, so they are taken only when somebody calibrates.
"""

import math
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

from feedforward.facts.dictionary import frequencies
from feedforward.facts.grammar_signs import grammar_signs
from feedforward.facts.prose import Prose
from feedforward.facts.vocabulary import zipf

MEASURES = {
    "log_words": "Natural logarithm of the number of words.",
    "log_types": "Natural logarithm of the number of different words.",
    "guiraud": "Different words over the square root of words (Guiraud 1954).",
    "herdan": "Logarithm of different words over logarithm of words (Herdan 1960).",
    "yule": "Yule's K: how far a few words carry the text (Yule 1944).",
    "hapax_words": "Words used once, as a share of all words.",
    "hapax_types": "Words used once, as a share of the different words.",
    "top_words_share": "Share of the ten most used words.",
    "letters_mean": "Letters in a word, mean.",
    "letters_spread": "Letters in a word, standard deviation.",
    "letters_types": "Letters in a word, mean over the different words.",
    "words_over_8": "Share of the words with nine or more letters.",
    "types_over_10": "Share of the different words with eleven or more letters.",
    "zipf_mean": "Zipf frequency of the words, mean; unknown words count as 0 (wordfreq, small list).",
    "zipf_spread": "Zipf frequency of the words, standard deviation.",
    "zipf_types": "Zipf frequency of the different known words, mean.",
    "zipf_content": "Zipf frequency of the different known words of four or more letters, mean.",
    "zipf_content_q10": "The same, tenth percentile.",
    "zipf_content_q25": "The same, lower quartile.",
    "zipf_content_q50": "The same, median.",
    "zipf_content_q75": "The same, upper quartile.",
    "unknown_words": "Words the small list does not know, square root of the number in 100 words.",
    "below_3_5": "Words of Zipf frequency below 3.5, unknown ones with them, square root of the number in 100 words.",
    "below_4": "The same below 4.",
    "below_4_5": "The same below 4.5.",
    "log_uncommon_types": "Logarithm of one more than the different known words below Zipf frequency 4.5.",
    "uncommon_long_types": "Square root of the different words of six or more letters between Zipf 3 and 4.2.",
    **{
        f"marks_{name}": f"{what}, square root of the number in 100 words."
        for name, what in {
            "comma": "Commas", "stop": "Full stops", "question": "Question marks", "exclamation": "Exclamation marks",
            "semicolon": "Semicolons", "colon": "Colons", "apostrophe": "Apostrophes", "quotation": "Quotation marks",
            "hyphen": "Hyphens", "bracket": "Opening brackets",
            "capital_inside": "Capitals after a small letter or a comma",
            "small_after_stop": "Small letters after an end mark", "all_capitals": "Words in capitals",
            "digit": "Digits", "wide_space": "Two spaces between words", "space_before": "Spaces before a mark",
            "no_space_after": "Letters straight after a mark", "contraction": "Contractions",
        }.items()
    },
    "log_sentence_mean": "Logarithm of the mean length of what stands between end marks, in words.",
    "log_sentence_max": "Logarithm of the longest such stretch.",
    "log_sentence_spread": "Logarithm of one more than the standard deviation of their length.",
    "log_sentence_median": "Logarithm of one more than their median length.",
    "log_sentence_q90": "Logarithm of the ninetieth percentile of their length.",
    "log_sentences": "Logarithm of their number.",
    "short_sentences": "Share of them under six words.",
    "log_commas_per_sentence": "Logarithm of one more than the commas in each.",
    "log_paragraphs": "Logarithm of the number of paragraphs.",
    "log_paragraph_mean": "Logarithm of the mean length of a paragraph, in words.",
    "log_paragraph_max": "Logarithm of the longest paragraph.",
    "paragraph_spread": "Standard deviation of paragraph length over its mean.",
    "grammar_signs": "Signs of trouble with grammar (grammar_signs.py), square root of the number in 100 words.",
    "grammar_sign_kinds": "Different kinds of such signs.",
}  # fmt: skip
"""What each measure is. Where a word list is meant it is the English one, whatever language the text is in."""

_MARKS = {
    "comma": ",", "stop": r"\.", "question": r"\?", "exclamation": "!", "semicolon": ";", "colon": ":",
    "apostrophe": "['’]", "quotation": '["“”]', "hyphen": "-", "bracket": r"\(",
    "capital_inside": r"(?<=[a-z,] )[A-Z][a-z]+",
    "small_after_stop": r"[.!?]\s+[a-z]", "all_capitals": r"\b[A-Z]{2,}\b", "digit": r"\d", "wide_space": r"\S  +\S",
    "space_before": r"\w [,.;!?]", "no_space_after": "[,;.!?][A-Za-z]", "contraction": r"\w['’](?:t|s|re|ve|ll|d|m)\b",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern) for name, pattern in _MARKS.items()}


def measures_of(prose: Prose) -> Mapping[str, float]:
    """Every measure of `MEASURES` for a text; empty for a text without words."""
    words = [form for form in prose.forms if form[0].isalpha()]
    if not words:
        return {}
    signs = grammar_signs(prose)
    return {
        **_range_of_words(words),
        **_frequency_of_words(words),
        **{f"marks_{name}": _rate(len(found.findall(prose.text)), words) for name, found in _PATTERNS.items()},
        **_layout(prose),
        "grammar_signs": _rate(signs.total(), words),
        "grammar_sign_kinds": float(len(signs)),
    }


def _rate(count: int, words: Sequence[str]) -> float:
    return math.sqrt(100 * count / len(words))


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _quantile(ordered: Sequence[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def _range_of_words(words: Sequence[str]) -> dict[str, float]:
    counts = Counter(words)
    total, types = len(words), len(counts)
    once = sum(count == 1 for count in counts.values())
    letters = [len(word) for word in words]
    return {
        "log_words": math.log(total),
        "log_types": math.log(types),
        "guiraud": types / math.sqrt(total),
        "herdan": math.log(types) / math.log(total) if total > 1 else 1.0,
        "yule": 1e4 * (sum(count * count for count in counts.values()) - total) / total**2,
        "hapax_words": once / total,
        "hapax_types": once / types,
        "top_words_share": sum(count for _, count in counts.most_common(10)) / total,
        "letters_mean": statistics.fmean(letters),
        "letters_spread": statistics.pstdev(letters),
        "letters_types": statistics.fmean(len(word) for word in counts),
        "words_over_8": _share([length > 8 for length in letters]),
        "types_over_10": _share([len(word) > 10 for word in counts]),
    }


def _frequency_of_words(words: Sequence[str]) -> dict[str, float]:
    levels = {word: zipf(word) for word in set(words)}
    each = [levels[word] for word in words]
    known = [level for level in levels.values() if level]
    content = sorted(level for word, level in levels.items() if level and len(word) > 3)
    return {
        "zipf_mean": statistics.fmean(each),
        "zipf_spread": statistics.pstdev(each),
        "zipf_types": statistics.fmean(known) if known else 0.0,
        "zipf_content": statistics.fmean(content) if content else 0.0,
        **{f"zipf_content_q{part}": _quantile(content, part / 100) for part in (10, 25, 50, 75)},
        "unknown_words": _rate(sum(level == 0 for level in each), words),
        "below_3_5": _rate(sum(level < 3.5 for level in each), words),
        "below_4": _rate(sum(level < 4 for level in each), words),
        "below_4_5": _rate(sum(level < 4.5 for level in each), words),
        "log_uncommon_types": math.log1p(sum(level < 4.5 for level in known)),
        "uncommon_long_types": math.sqrt(sum(3 <= level < 4.2 and len(word) > 5 for word, level in levels.items())),
    }


def _layout(prose: Prose) -> dict[str, float]:
    lengths = sorted(len(sentence.words) for sentence in prose.sentences if sentence.words)
    paragraphs = [paragraph.word_count for paragraph in prose.paragraphs if paragraph.word_count]
    commas = prose.text.count(",")
    return {
        "log_sentence_mean": math.log(statistics.fmean(lengths)),
        "log_sentence_max": math.log(lengths[-1]),
        "log_sentence_spread": math.log1p(statistics.pstdev(lengths)),
        "log_sentence_median": math.log1p(statistics.median(lengths)),
        "log_sentence_q90": math.log(_quantile(lengths, 0.9)),
        "log_sentences": math.log(len(lengths)),
        "short_sentences": _share([length < 6 for length in lengths]),
        "log_commas_per_sentence": math.log1p(commas / len(lengths)),
        "log_paragraphs": math.log(len(paragraphs)),
        "log_paragraph_mean": math.log(statistics.fmean(paragraphs)),
        "log_paragraph_max": math.log(max(paragraphs)),
        "paragraph_spread": statistics.pstdev(paragraphs) / statistics.fmean(paragraphs),
    }


def everyday_word_rates(prose: Prose, vocabulary: Sequence[str]) -> Mapping[str, float]:
    """How often each word of `vocabulary` comes: square root of the number in 100 words."""
    counts = Counter(prose.forms)
    total = max(1, len(prose.forms))
    return {word: math.sqrt(100 * counts[word] / total) for word in vocabulary}


def most_used_words(count: int) -> tuple[str, ...]:
    """The `count` most used words of English by the small list, the most used first: a closed list, of no text."""
    plain = (word for word in frequencies() if word.isascii() and word.replace("'", "").isalpha())
    return tuple(sorted(plain, key=lambda word: (-frequencies()[word], word))[:count])
