"""What may be done with feedback under review: its states, what a release needs, results, and times of release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feedforward.errors import RuleBroken
from feedforward.rubrics.rules import Criterion
from feedforward.storage.passages import lift_passages


class FeedbackStatus(StrEnum):
    """awaiting_review → saved → (scheduled) → released → recalled → released …; withheld from any unreleased one."""

    AWAITING_REVIEW = "awaiting_review"
    SAVED = "saved"
    SCHEDULED = "scheduled"
    RELEASED = "released"
    WITHHELD = "withheld"
    RECALLED = "recalled"


EDITABLE = (
    FeedbackStatus.AWAITING_REVIEW, FeedbackStatus.SAVED, FeedbackStatus.SCHEDULED, FeedbackStatus.RECALLED,
    FeedbackStatus.WITHHELD,
)  # fmt: skip
NAMED = (FeedbackStatus.RELEASED, FeedbackStatus.RECALLED)
"""Where a review is anonymous, whose draft it is shows from here on."""
WAITING = EDITABLE[:4]
"""The states in which a draft stands in the queue."""

LONGEST_TEXT = 8000
LONGEST_REASON = 500
LONGEST_WAIT = timedelta(days=366)


def status_after_save(status: FeedbackStatus) -> FeedbackStatus:
    """Saving makes a waiting feedback saved; a scheduled, recalled or withheld one stays what it is."""
    return FeedbackStatus.SAVED if status is FeedbackStatus.AWAITING_REVIEW else status


def may_edit(status: FeedbackStatus) -> bool:
    return status in EDITABLE


def may_withhold(status: FeedbackStatus) -> bool:
    return status in WAITING


def may_recall(status: FeedbackStatus) -> bool:
    return status is FeedbackStatus.RELEASED


def problem_with_release(*, levels: Sequence[int | None], comments: int, summary: str) -> str | None:
    """Why there is nothing to release yet; None where a student would find something. `comments` are those shown."""
    if any(level is not None for level in levels) or comments or summary.strip():
        return None
    return "There is nothing to release yet: choose a level, write a comment or write a summary first."


@dataclass(frozen=True, slots=True)
class Result:
    """What stands for one criterion: an index into its levels and a score; both None where it is not judged."""

    level: int | None
    score: float | None


def result_from(criterion: Criterion, before: Result, *, level: str, score: str) -> Result:
    """The result a person chose. RuleBroken where level and score contradict each other or lie outside the criterion.

    Where only one of the two was changed, the other follows: a level brings its points, a score its nearest level.
    """
    chosen, given = _level(criterion, level), _score(criterion, score)
    level_changed, score_changed = chosen != before.level, given != _as_shown(before.score)
    if not level_changed and not score_changed:
        return before
    if level_changed and not score_changed:
        return Result(chosen, None if chosen is None else criterion.levels[chosen].points)
    if not level_changed or given is None:
        return Result(None if given is None else criterion.level_for(given), given)
    nearest = criterion.level_for(given)
    if chosen is not None and chosen != nearest:
        raise RuleBroken(
            f"The score {score.strip()} lies nearest to “{criterion.levels[nearest].label}”. "
            "Choose that level, or change the score."
        )
    return Result(nearest, given)


def score_text(score: float | None) -> str:
    """A score as its field shows it: at most two decimals, "" for none."""
    return "" if score is None else f"{score:.2f}".rstrip("0").rstrip(".")


def _as_shown(score: float | None) -> float | None:
    """The score as the form gives it back: rounding in the field is not a change."""
    return None if score is None else float(score_text(score))


def _level(criterion: Criterion, raw: str) -> int | None:
    if raw == "":
        return None
    if not (raw.isascii() and raw.isdigit()) or int(raw) >= len(criterion.levels):
        raise RuleBroken("Choose one of the levels.")
    return int(raw)


def _score(criterion: Criterion, raw: str) -> float | None:
    text = raw.strip().replace(",", ".")
    if not text:
        return None
    try:
        score = float(text)
    except ValueError:
        raise RuleBroken("Enter the score as a number, or leave it empty.") from None
    # The field shows two decimals, so an end of the scale that has more must still be accepted as shown.
    low, high = _as_shown(criterion.lowest) or 0.0, _as_shown(criterion.highest) or 0.0
    if not min(low, criterion.lowest) <= score <= max(high, criterion.highest):
        raise RuleBroken(f"The score lies between {score_text(criterion.lowest)} and {score_text(criterion.highest)}.")
    return score


def release_moment(raw: str, zone: str, now: datetime) -> datetime:
    """The moment a local time of a form means. RuleBroken where it is missing, past, too far away or does not exist."""
    try:
        local = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise RuleBroken("Enter the day and time of the release.", field="release_at") from None
    if local.tzinfo is not None:
        raise RuleBroken("Enter the local day and time, without a time zone.", field="release_at")
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        there = ZoneInfo("UTC")
    try:
        moment = local.replace(tzinfo=there).astimezone(UTC)
        exists = moment.astimezone(there).replace(tzinfo=None) == local
    except OverflowError:
        raise RuleBroken("Enter a day within the next year.", field="release_at") from None
    if not exists:
        raise RuleBroken(
            "The clocks go forward then, so this time does not exist on that day. Choose another one.",
            field="release_at",
        )
    if moment <= now:
        raise RuleBroken("Choose a time in the future, or release at once.", field="release_at")
    if moment > now + LONGEST_WAIT:
        raise RuleBroken("Choose a time within the next year.", field="release_at")
    return moment


def problem_with_reason(reason: str, draft_text: str) -> str | None:
    """Why this cannot be the reason that stays when the draft's text is gone; None where it can."""
    if not reason.strip():
        return "Say the reason in a few words."
    if len(reason) > LONGEST_REASON:
        return f"Use at most {LONGEST_REASON} characters."
    if lift_passages(reason, draft_text).passages:
        return "Say the reason in your own words: eight or more words of the draft in a row would outlive it."
    return None
