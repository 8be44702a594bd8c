"""Where each student of a class stands with an assignment, who may be reminded, and what a table may hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedforward.assignments.rules import Task
from feedforward.courses.life_cycle_rules import Act, may
from feedforward.drafts.rules import may_submit

REMINDED_FOR = timedelta(days=1)


class Standing(StrEnum):
    """Where the newest draft of a student stands; NOTHING: none was handed in."""

    NOTHING = "nothing"
    READING = "reading"
    WAITING = "waiting"
    SAVED = "saved"
    SCHEDULED = "scheduled"
    RELEASED = "released"
    WITHHELD = "withheld"


# What the class can be narrowed to → the statuses of the newest draft that fit.
SHOWN = {
    Standing.READING: ("submitted", "reading", "merging"),
    Standing.WAITING: ("awaiting_review", "needs_manual_feedback"),
    Standing.RELEASED: ("released",),
    Standing.WITHHELD: ("withheld",),
}

_BY_STATUS = {status: standing for standing, statuses in SHOWN.items() for status in statuses}

# In an anonymous review it shows from here on whose draft it is.
NAMED = ("released", "recalled")


@dataclass(frozen=True, slots=True)
class ClassDraft:
    """One draft that was handed in, with its feedback as far as there is any."""

    draft_id: int
    assignment_id: int
    student_id: int
    number: int
    status: str
    submitted_at: datetime
    feedback: str | None
    released_at: datetime | None
    opened_at: datetime | None


def hides_its_student(task: Task, feedback: str | None) -> bool:
    """Whether a draft must not be told with a name: its review is anonymous and nothing was released."""
    return task.settings.anonymous and feedback not in NAMED


def standing_of(draft: ClassDraft | None) -> Standing:
    """Where a draft stands, as its instructor counts."""
    if draft is None:
        return Standing.NOTHING
    if draft.feedback in (Standing.SAVED, Standing.SCHEDULED) and draft.status in SHOWN[Standing.WAITING]:
        return Standing(draft.feedback)
    return _BY_STATUS[draft.status]


def newest(drafts: Sequence[ClassDraft]) -> ClassDraft | None:
    """The draft with the highest number."""
    return max(drafts, key=lambda draft: draft.number, default=None)


def problem_with_reminding(task: Task, now: datetime) -> str | None:
    """Why nobody is reminded of this assignment now; None where they may be."""
    if not may(Act.REMIND, task.status, task.course_status) or may_submit(task, drafts_used=0, now=now) is not None:
        return "Nothing can be handed in for this assignment now, so nobody is reminded of it."
    return None


def in_a_table(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front."""
    shown = " ".join(text.split())
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@", "|", "%") else shown
