"""What a trial of a rubric is, and what its readings say of the rubric: pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from feedforward.assessment.answer import Answer
from feedforward.rubrics.rules import Criterion, Rubric

KEPT_FOR = timedelta(days=7)
MOST_TEXTS = 2
LONGEST_TEXT = 40_000
SHORTEST_WORDS = 20
TRIES = 2
"""How often a call is begun; a second time only where the worker that began it was gone."""


class TrialKind(StrEnum):
    """What was asked."""

    DRY_RUN = "dry_run"
    PROPOSAL = "proposal"
    OPINION = "opinion"


class CallStatus(StrEnum):
    """How far one call is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A text to try the rubric on. `expected` is, by criterion key, the label of the level it should get."""

    text: str
    expected: Mapping[str, str]


class Apart(StrEnum):
    """Whether a reader gives two texts different levels of a criterion, and if a person said which: in that order."""

    YES = "yes"
    NO = "no"
    WRONG_WAY = "wrong_way"
    AS_MEANT_EQUAL = "as_meant_equal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """What one reader made of one criterion: a level label per text (None: no level given), and whether it tells the
    texts apart. `missed` are the numbers (from 1) of the texts that got another level than they should."""

    labels: tuple[str | None, ...]
    apart: Apart
    missed: tuple[int, ...]


def judged(criterion: Criterion, anchors: Sequence[Anchor], answers: Sequence[Answer | None]) -> Judged:
    """`answers` are the reader's, one per text in order; None where it gave none."""
    levels = [None if each is None else level_in(each, criterion) for each in answers]
    meant = [_meant(criterion, each) for each in anchors]
    missed = tuple(
        number
        for number, (level, wanted) in enumerate(zip(levels, meant, strict=True), start=1)
        if level is not None and wanted is not None and level != wanted
    )
    labels = tuple(None if level is None else criterion.levels[level].label for level in levels)
    return Judged(labels, _apart(levels, meant), missed)


def level_in(answer: Answer, criterion: Criterion) -> int | None:
    """The index of the level an answer puts the criterion at; None where it gives no score."""
    scores = [each.score for each in answer.criteria if each.key == criterion.key]
    return None if not scores or scores[0] is None else criterion.level_for(scores[0])


def told_apart(rubric: Rubric, found: Sequence[Judged]) -> tuple[int, int]:
    """On how many criteria a reader tells the texts apart, and on how many it could have: those it gave levels for both
    texts, less those where both should get the same."""
    could = [each for each in found if each.apart in (Apart.YES, Apart.NO, Apart.WRONG_WAY)]
    return sum(each.apart is Apart.YES for each in could), len(could)


def _meant(criterion: Criterion, anchor: Anchor) -> int | None:
    wanted = anchor.expected.get(criterion.key)
    return next((at for at, level in enumerate(criterion.levels) if level.label == wanted), None)


def _apart(levels: Sequence[int | None], meant: Sequence[int | None]) -> Apart:
    if len(levels) < MOST_TEXTS or levels[0] is None or levels[1] is None:
        return Apart.UNKNOWN
    difference = levels[1] - levels[0]
    wanted = meant[1] - meant[0] if meant[0] is not None and meant[1] is not None else None
    if wanted == 0:
        return Apart.AS_MEANT_EQUAL
    if difference == 0:
        return Apart.NO
    return Apart.WRONG_WAY if wanted is not None and (difference > 0) != (wanted > 0) else Apart.YES
