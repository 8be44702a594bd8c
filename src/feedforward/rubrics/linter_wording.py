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
    USUAL_ANCHOR,
    VAGUE,
)
from feedforward.rubrics.rules import Criterion, Level, Rubric, fold

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+")
# A text of so many criteria says nothing about any of them.
SHARED_BY = 3


def alike(rubric: Rubric) -> Iterator[Finding]:
    """Two levels of a criterion that say the same, or the same but for a word of degree."""
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
            if frame and frame != content:
                by_frame[frame].append(level)
        for levels in by_frame.values():
            if len({_content(level) for level in levels}) > 1:
                named = tuple(level.label for level in levels)
                words = sorted({word for level in levels for word in _content(level) if word in DEGREES})
                yield Finding(
                    Kind.DEGREE_ONLY, Severity.CONSIDER, (criterion.key,),
                    f"“{criterion.name}”: {_listed(named)} differ only in a word of degree ({_listed(words)}). Two readers "
                    "draw that line at different places.",
                    f"Say how many, how often or with what effect. {_anchor(criterion)}", named,
                )  # fmt: skip


def shared(rubric: Rubric) -> Iterator[Finding]:
    """The same level text in many criteria: it cannot say what it looks like in this one."""
    where: dict[str, list[tuple[Criterion, Level]]] = defaultdict(list)
    for criterion in rubric.criteria:
        for level in criterion.levels:
            if level.description.strip():
                where[fold(level.description).rstrip(".")].append((criterion, level))
    texts = [places for places in where.values() if len({criterion.key for criterion, _ in places}) >= SHARED_BY]
    if not texts:
        return
    keys = dict.fromkeys(criterion.key for places in texts for criterion, _ in places)
    quoted = [f"“{places[0][1].description.strip()}”" for places in texts[:3]]
    yield Finding(
        Kind.SHARED_TEXT, Severity.SHOULD, tuple(keys),
        f"{len(keys)} criteria use the same level texts ({_listed(quoted, quote=False)}): they tell nobody what that level "
        "looks like for this criterion.",
        "Write for each criterion what one would see in the draft. "
        + _anchor(next(each for each in rubric.criteria if each.key in keys)),
    )  # fmt: skip


def vague(rubric: Rubric) -> Iterator[Finding]:
    """Level texts that judge ("good", "appropriate") and name nothing one could point at."""
    shared_texts = {key for finding in shared(rubric) for key in finding.criteria}
    for criterion in rubric.criteria:
        if criterion.key in shared_texts:
            # Told already, and the same mend.
            continue
        own = set(_words(criterion.name))
        found: list[Level] = []
        judging: set[str] = set()
        for level in criterion.levels:
            words = _words(level.description)
            of_judgement = [word for word in words if word in VAGUE]
            said = {word for word in words if word not in VAGUE | LITTLE | GENERIC | DEGREES and word not in own}
            if of_judgement and not said:
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


def _words(text: str) -> tuple[str, ...]:
    return tuple(match.group().casefold().replace("’", "'") for match in _WORD.finditer(text))


def _content(level: Level) -> tuple[str, ...]:
    """What a level says, without little words."""
    return tuple(word for word in _words(level.description) if word not in LITTLE or word in DEGREES)


def _anchor(criterion: Criterion) -> str:
    text = f"{criterion.name} {criterion.description}"
    return next((f"For example: {anchor}" for pattern, anchor in ANCHORS if pattern.search(text)), USUAL_ANCHOR)


def _listed(words: list[str] | tuple[str, ...], *, quote: bool = True) -> str:
    quoted = [f"“{word}”" if quote else word for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


WORDING_CHECKS: tuple[Check, ...] = (alike, shared, vague)
