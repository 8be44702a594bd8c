"""When a draft's content goes, why, and who is told before: pure questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PREVIEW_LASTS = timedelta(days=1)


class ErasureReason(StrEnum):
    """Why content was destroyed; it stands in the erasure's row."""

    RELEASED = "released"
    NEVER_RELEASED = "never_released"
    DISCARDED = "discarded"
    PERSON_DELETED = "person_deleted"


@dataclass(frozen=True, slots=True)
class DraftClock:
    """What the clock of one draft depends on. `erase_after` was set at its release, or when it was discarded."""

    status: str
    erase_after: datetime | None
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime
    preserved: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class PlannedErasure:
    """`at` is when the content goes; `told_from` from when instructor and student are told (None: no notice is needed,
    because the release or the student's own act said it)."""

    at: datetime
    reason: ErasureReason
    told_from: datetime | None


def planned_erasure(clock: DraftClock, *, unreleased_days: int, notice_days: int) -> PlannedErasure | None:
    """When this draft's content goes as things stand; None where it is gone, or kept by an instructor's choice."""
    if clock.erased or clock.preserved:
        return None
    if clock.status == "discarded":
        return PlannedErasure(clock.erase_after or clock.created_at, ErasureReason.DISCARDED, None)
    if clock.status == "previewed":
        return PlannedErasure(clock.created_at + PREVIEW_LASTS, ErasureReason.DISCARDED, None)
    if clock.status == "released" and clock.erase_after is not None:
        return PlannedErasure(clock.erase_after, ErasureReason.RELEASED, None)
    at = never_released_at(clock.due_at, clock.submitted_at, unreleased_days)
    return PlannedErasure(at, ErasureReason.NEVER_RELEASED, at - timedelta(days=notice_days))


def never_released_at(due_at: datetime, submitted_at: datetime | None, unreleased_days: int) -> datetime:
    """So many days after the due date, or after handing in where that was later: nobody loses days to a late date."""
    return max(due_at, submitted_at or due_at) + timedelta(days=unreleased_days)


def is_due(planned: PlannedErasure | None, now: datetime) -> bool:
    return planned is not None and planned.at <= now


def must_be_told(planned: PlannedErasure | None, now: datetime) -> bool:
    """Whether the notice stands now: from its day until the content is gone."""
    return planned is not None and planned.told_from is not None and planned.told_from <= now
