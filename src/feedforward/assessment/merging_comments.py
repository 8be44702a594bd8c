"""Making one comment of those in which different readers say the same, with how many of them say it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from feedforward.assessment.answer import Answer, ReaderComment
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.rubrics.rules import Criterion, Rubric, fold

OVERLAP_AT_LEAST = 0.5
ALIKE = 74.0
ALIKE_ELSEWHERE = 90.0
FEWEST_WORDS_TO_COMPARE = 4
MODERATE_LENGTH = range(60, 421)
PER_CRITERION_IN_FRONT = 2

KIND_ORDER = {CommentKind.IMPROVEMENT: 0, CommentKind.STRENGTH: 1, CommentKind.GENERAL: 2}
SURFACE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """capitalisation capitalization citations conventions format formatting grammar layout mechanics naming
        orthography phraseology punctuation referencing spelling syntax typing vocabulary""",
    )
)
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about also an and are as at be been but by can could did do does for from had has have here how if in into
        is it its may might more most no not of on or should so such than that the their them then there these they
        this those to very was were what when where which who why will with would you your""",
    )
)


@dataclass(frozen=True, slots=True)
class ScoredReading:
    """One reading as merging sees it: who read, which run, how much it weighs in a weighted mean, and what was said."""

    reader: str
    run: int
    weight: float
    answer: Answer


@dataclass(frozen=True, slots=True)
class MergedComment:
    """One point, in the words of the reader who said it most clearly.

    `support` of the `of` different readers made it (runs of one reader count once); `readers` are their names, sorted.
    """

    criterion_key: str | None
    kind: CommentKind
    text: str
    quote: Quote | None
    next_step: str
    looked_in: str
    supported: bool
    support: int
    of: int
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the reading it comes from."""

    reading: int
    reader: str
    comment: ReaderComment


def merge_comments(readings: Sequence[ScoredReading], rubric: Rubric) -> tuple[MergedComment, ...]:
    """All comments of all readings, those that make the same point as one, the most important first.

    The order of the readings does not matter. Two comments of one reading are never merged.
    """
    ordered = sorted(readings, key=lambda reading: (reading.reader, reading.run))
    said = [
        Said(position, reading.reader, comment)
        for position, reading in enumerate(ordered)
        for comment in reading.answer.comments
    ]
    of = len({reading.reader for reading in readings})
    return in_order([merged(group, of) for group in groups_of_same_point(said)], rubric)


def groups_of_same_point(said: Sequence[Said]) -> list[list[Said]]:
    """The closest pairs are joined first; a group never takes in a second comment of the same reading."""
    pairs = [
        (likeness, first, second)
        for first, second in combinations(range(len(said)), 2)
        if said[first].reading != said[second].reading
        and (likeness := likeness_of(said[first].comment, said[second].comment)) > 0
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    group_of = list(range(len(said)))
    members = {position: [position] for position in group_of}
    for _likeness, first, second in pairs:
        into, other = sorted((group_of[first], group_of[second]))
        readings = [said[member].reading for member in members[into] + members.get(other, [])]
        if into == other or len(set(readings)) < len(readings):
            continue
        for member in members[other]:
            group_of[member] = into
        members[into] += members.pop(other)
    return [[said[member] for member in sorted(group)] for group in members.values()]


def likeness_of(first: ReaderComment, second: ReaderComment) -> float:
    """How surely two comments make the same point, above 0 and up to 100; 0 when they do not."""
    if first.criterion_key != second.criterion_key or first.kind != second.kind:
        return 0.0
    overlap = overlap_of(first.quote, second.quote)
    words = likeness_of_words(first.text, second.text, fuzz.token_set_ratio)
    if overlap >= OVERLAP_AT_LEAST:
        return 50 + (50 * overlap + words) / 4
    if first.quote and second.quote:
        words = likeness_of_words(first.text, second.text, fuzz.token_sort_ratio)
        return words / 2 if words >= ALIKE_ELSEWHERE else 0.0
    return words / 2 if words >= ALIKE else 0.0


def overlap_of(first: Quote | None, second: Quote | None) -> float:
    """The common part of two passages as a share of the shorter one."""
    if first is None or second is None:
        return 0.0
    common = min(first.end, second.end) - max(first.start, second.start)
    shorter = min(first.end - first.start, second.end - second.start)
    return max(common, 0) / shorter if shorter else 0.0


def likeness_of_words(first: str, second: str, ratio: Callable[[str, str], float]) -> float:
    """How alike the content words of two texts are, 0 to 100; very short texts only when they say exactly the same."""
    one, other = content_words(first), content_words(second)
    if min(len(one), len(other)) < FEWEST_WORDS_TO_COMPARE:
        return 100.0 if one and one == other else 0.0
    return ratio(" ".join(one), " ".join(other))


def content_words(text: str) -> list[str]:
    letters = "".join(character if character.isalnum() else " " for character in text.casefold())
    return [word for word in letters.split() if word not in FUNCTION_WORDS]


def merged(group: Sequence[Said], of: int) -> MergedComment:
    clearest = min((said.comment for said in group), key=unclearness)
    readers = tuple(sorted({said.reader for said in group}))
    return MergedComment(
        criterion_key=clearest.criterion_key,
        kind=clearest.kind,
        text=clearest.text,
        quote=clearest.quote,
        next_step=clearest.next_step,
        looked_in=clearest.looked_in,
        supported=clearest.supported,
        support=len(readers),
        of=of,
        readers=readers,
    )


def unclearness(comment: ReaderComment) -> tuple[bool, bool, bool, bool, int, str, str, int]:
    """Smaller is clearer: evidence, a quote, a next step, a moderate length; the rest only makes the choice certain."""
    length = len(comment.text)
    return (
        not comment.supported,
        comment.quote is None,
        not comment.next_step,
        length not in MODERATE_LENGTH,
        abs(length - 200),
        comment.text,
        comment.next_step,
        comment.quote.start if comment.quote else -1,
    )


def in_order(comments: Sequence[MergedComment], rubric: Rubric) -> tuple[MergedComment, ...]:
    """Supported before unsupported; improvements, strengths, general; content before surface; then support × share."""
    positions = {criterion.key: position for position, criterion in enumerate(rubric.criteria)}

    def rank(comment: MergedComment) -> tuple[bool, int, bool, float, int, int, str]:
        position = positions.get(comment.criterion_key or "", len(positions))
        criterion = rubric.criteria[position] if position < len(positions) else None
        share = rubric.share(criterion) if criterion else 1.0
        return (
            not comment.supported,
            KIND_ORDER[comment.kind],
            criterion is not None and is_about_surface(criterion),
            -comment.support * share,
            position,
            comment.quote.start if comment.quote else -1,
            comment.text,
        )

    return tuple(sorted(comments, key=rank))


def is_about_surface(criterion: Criterion) -> bool:
    """True for criteria named after grammar, spelling, format and the like: those come after the content."""
    return any(word in SURFACE_WORDS for word in fold(criterion.name).replace(",", " ").split())


def priorities(comments: Sequence[MergedComment], most: int = 5) -> tuple[MergedComment, ...]:
    """The few improvements to stand in front, in their order: supported, from several criteria where there are."""
    candidates = [each for each in comments if each.kind is CommentKind.IMPROVEMENT and each.supported]
    taken: list[int] = []
    per_criterion: dict[str | None, int] = {}
    for position, comment in enumerate(candidates):
        per_criterion[comment.criterion_key] = per_criterion.get(comment.criterion_key, 0) + 1
        if per_criterion[comment.criterion_key] <= PER_CRITERION_IN_FRONT:
            taken.append(position)
    rest = [position for position in range(len(candidates)) if position not in taken]
    return tuple(candidates[position] for position in sorted((taken + rest)[:most]))
