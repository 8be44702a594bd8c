"""How far a draft has come, as stages a student can follow, and the version that says when they changed."""

from dataclasses import dataclass
from datetime import datetime

from feedforward import urls
from feedforward.drafts.queries import DraftView
from feedforward.drafts.rules import AMENDING, MOVING, DraftStatus
from feedforward.drafts.status_words import trouble_in_words
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import A, Child, Element, P
from feedforward.ui.stages import Stage, StageState, stages

DONE, NOW, WAITING, FAILED = StageState.DONE, StageState.NOW, StageState.WAITING, StageState.FAILED
ORDER = (DraftStatus.SUBMITTED, DraftStatus.READING, DraftStatus.MERGING, DraftStatus.AWAITING_REVIEW)


@dataclass(frozen=True, slots=True)
class UsualTimes:
    """Medians over this assignment's latest drafts, in seconds; None where too few were read to say."""

    until_read: float | None
    until_released: float | None


def stages_version(draft: DraftView, progress: tuple[int, int]) -> str:
    """Changes exactly when the stages do: the ETag of the fragment."""
    done, total = progress
    return f'"{draft.id}-{draft.status}-{draft.changed_at.timestamp():.6f}-{done}-{total}"'


def draft_stages(*, draft: DraftView, progress: tuple[int, int], usual: UsualTimes, zone: str) -> Element:
    """The stages; they ask again while the system has the draft, and rest where a person has it or it is done."""
    return stages(
        steps=_steps(draft, progress, zone),
        poll_url=urls.draft_stages(draft.id) if draft.status in MOVING else None,
        note=_note(draft, usual),
    )


def _steps(draft: DraftView, progress: tuple[int, int], zone: str) -> list[Stage]:
    done, total = progress
    received = moment_text(draft.submitted_at, zone) if draft.submitted_at else None
    by_hand = draft.status is DraftStatus.NEEDS_MANUAL_FEEDBACK
    over = draft.status in (DraftStatus.RELEASED, DraftStatus.WITHHELD)
    readings = f"{done} of {total}" if total else None
    middle = [
        Stage("Readings", _state(draft.status, DraftStatus.READING), readings),
        Stage("Merging the readings", _state(draft.status, DraftStatus.MERGING)),
    ]
    if by_hand:
        middle = [
            Stage("Readings", FAILED, _failed(draft)),
            Stage("Merging the readings", WAITING, "Left out: there is too little to merge."),
        ]
    return [
        Stage("Received", DONE, received),
        Stage("Text extracted", DONE, f"{draft.word_count} words"),
        *middle,
        Stage(
            "With your instructor",
            NOW if by_hand else DONE if over else _state(draft.status, DraftStatus.AWAITING_REVIEW),
            _with_instructor(draft),
        ),
        _last(draft),
    ]


def _with_instructor(draft: DraftView) -> Child:
    if draft.status is DraftStatus.NEEDS_MANUAL_FEEDBACK:
        return "Your instructor writes the feedback by hand."
    if draft.status is DraftStatus.AWAITING_REVIEW and AMENDING in draft.trouble:
        return "Your instructor took the feedback back to amend it. It appears here again when it is released."
    return None


def _state(status: DraftStatus, mine: DraftStatus) -> StageState:
    """Behind us, under way or to come, for a draft that is on its straight way or past it."""
    if status not in ORDER:
        return DONE
    here, there = ORDER.index(status), ORDER.index(mine)
    if status is DraftStatus.SUBMITTED and mine is DraftStatus.READING:
        return WAITING
    return DONE if there < here else NOW if there == here else WAITING


def _last(draft: DraftView) -> Stage:
    if draft.status is DraftStatus.RELEASED:
        return Stage("Released", DONE, A("Read your feedback", href=urls.feedback(draft.id)))
    if draft.status is DraftStatus.WITHHELD:
        return Stage("Released", FAILED, A("What your instructor says about it", href=urls.feedback(draft.id)))
    return Stage("Released", WAITING)


def _failed(draft: DraftView) -> Child:
    causes = (
        trouble_in_words(draft.trouble) if draft.trouble else ["The readings gave too little to build feedback on."]
    )
    return P(" ".join(causes), " You need not do anything, and your text is safe.")


def _note(draft: DraftView, usual: UsualTimes) -> Child:
    if draft.status in MOVING:
        if usual.until_read is None:
            return (
                "Too few drafts of this assignment were read so far to say how long it takes. You can leave this page."
            )
        return (
            f"Drafts of this assignment were usually read within {duration(usual.until_read)}. You can leave this page."
        )
    if draft.status in (DraftStatus.AWAITING_REVIEW, DraftStatus.NEEDS_MANUAL_FEEDBACK):
        if usual.until_released is None:
            return "No feedback of this assignment was released so far, so nobody can say yet how long it takes."
        return f"Feedback on this assignment usually came back within {duration(usual.until_released)} of handing in."
    return None


def duration(seconds: float) -> str:
    """“40 seconds”, “5 minutes”, “3 hours”, “2 days”: rounded up, so that it is kept more often than not."""
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = -int(-seconds // size)
            return f"{number} {word}" if number == 1 else f"{number} {word}s"
    number = max(1, -int(-seconds // 1))
    return "1 second" if number == 1 else f"{number} seconds"


def usual_times(read: list[tuple[datetime, datetime]], released: list[tuple[datetime, datetime]]) -> UsualTimes:
    """From (submitted, changed) moments of drafts that were read and of drafts that were released."""
    return UsualTimes(_median(read), _median(released))


def _median(moments: list[tuple[datetime, datetime]], least: int = 3) -> float | None:
    if len(moments) < least:
        return None
    lengths = sorted((changed - submitted).total_seconds() for submitted, changed in moments)
    return lengths[len(lengths) // 2]
