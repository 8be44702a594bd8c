"""What a linter sees in the words of the levels: texts that do not differ, and words without an anchor."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from feedforward.rubrics.linter_rules import Check, Finding, Kind, Severity
from feedforward.rubrics.linter_words import (
    ANCHORS,
    DEGREES,
    GENERIC,
    LITTLE,
    TELLING,
    USUAL_ANCHOR,
    VAGUE,
)
from feedforward.rubrics.rules import Criterion, Level, Rubric, fold

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+")
# A text of so many criteria says nothing about any of them.
SHARED_BY = 3


def alike(rubric: Rubric) -> Iterator[Finding]:
    """Two levels of a criterion that say the same, or the same but for a word of degree."""
    told = _shared_texts(rubric)
    for criterion in rubric.criteria:
        for low, high in combinations([level for level in criterion.levels if level.description.strip()], 2):
            if _content(low) == _content(high) and _content(low):
                yield Finding(
                    Kind.LEVELS_ALIKE, Severity.SHOULD, (criterion.key,),
                    f"“{criterion.name}”: “{low.label}” and “{high.label}” say the same.",
                    "Say what a draft at the higher one does that the other does not, or join them.",
                    (low.label, high.label),
                )  # fmt: skip
        by_frame: dict[tuple[str, ...], list[Level]] = defaultdict(list)
        for level in criterion.levels:
            content = _content(level)
            frame = tuple(word for word in content if word not in DEGREES)
            # Texts that many criteria share are told once, as that.
            if _as_shared(level) not in told and frame and frame != content:
                by_frame[frame].append(level)
        for levels in by_frame.values():
            if len({_content(level) for level in levels}) > 1:
                named = tuple(level.label for level in levels)
                words = sorted({word for level in levels for word in _content(level) if word in DEGREES})
                yield Finding(
                    Kind.DEGREE_ONLY, Severity.CONSIDER, (criterion.key,),
                    f"“{criterion.name}”: {_listed(named)} differ only in a word of degree ({_listed(words)}). Two "
                    "readers draw that line at different places.",
                    f"Say how many, how often or with what effect. {_anchor(criterion)}", named,
                )  # fmt: skip


def shared(rubric: Rubric) -> Iterator[Finding]:
    """The same level text in many criteria: it cannot say what it looks like in this one."""
    texts = _shared_texts(rubric)
    if not texts:
        return
    inside = [each for each in rubric.criteria if any(_as_shared(level) in texts for level in each.levels)]
    quoted = [f"“{text}”" for text in list(texts.values())[:3]]
    yield Finding(
        Kind.SHARED_TEXT, Severity.SHOULD, tuple(each.key for each in inside),
        f"{len(inside)} criteria use the same level texts ({_listed(quoted, quote=False)}): they tell nobody what that "
        "level looks like for this criterion.",
        f"Write for each criterion what one would see in the draft. {_anchor(inside[0])}",
    )  # fmt: skip


def vague(rubric: Rubric) -> Iterator[Finding]:
    """Level texts that judge ("good", "appropriate") and name nothing one could point at."""
    told = _shared_texts(rubric)
    for criterion in rubric.criteria:
        own = set(_words(criterion.name))
        found: list[Level] = []
        judging: set[str] = set()
        for level in criterion.levels:
            words = _words(level.description)
            of_judgement = [word for word in words if word in VAGUE]
            said = {word for word in words if word not in VAGUE | LITTLE | GENERIC | DEGREES and word not in own}
            if of_judgement and not said and _as_shared(level) not in told:
                found.append(level)
                judging |= set(of_judgement)
        if found:
            labels = tuple(level.label for level in found)
            yield Finding(
                Kind.VAGUE, Severity.SHOULD, (criterion.key,),
                f"“{criterion.name}”: {_listed(labels)} {'judges' if len(found) == 1 else 'judge'} "
                f"({_listed(sorted(judging))}) without saying what one would see.",
                f"Name what can be pointed at in the draft. {_anchor(criterion)}", labels,
            )  # fmt: skip


def _shared_texts(rubric: Rubric) -> dict[str, str]:
    """The level texts that stand in many criteria: folded, and as written the first time."""
    keys: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for criterion in rubric.criteria:
        for level in criterion.levels:
            if text := _as_shared(level):
                keys[text].add(criterion.key)
                written.setdefault(text, level.description.strip())
    return {text: written[text] for text in written if len(keys[text]) >= SHARED_BY}


def _as_shared(level: Level) -> str:
    return fold(level.description).rstrip(".")


def _words(text: str) -> tuple[str, ...]:
    return tuple(match.group().casefold().replace("’", "'") for match in _WORD.finditer(text))


def _content(level: Level) -> tuple[str, ...]:
    """What a level says, without little words that change nothing in it."""
    return tuple(word for word in _words(level.description) if word not in LITTLE or word in DEGREES | TELLING)


def _anchor(criterion: Criterion) -> str:
    # The name says more surely than the description what a criterion is about.
    for text in (criterion.name, criterion.description):
        for pattern, anchor in ANCHORS:
            if pattern.search(text):
                return f"For “{criterion.name}” for example: {anchor}"
    return USUAL_ANCHOR


def _listed(words: list[str] | tuple[str, ...], *, quote: bool = True) -> str:
    quoted = [f"“{word}”" if quote else word for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


WORDING_CHECKS: tuple[Check, ...] = (alike, shared, vague)
