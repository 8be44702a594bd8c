"""Break glass: what an administrator may open, with which reason, and what an opening covers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SHORTEST_REASON, LONGEST_REASON = 20, 1000


class GlassScope(StrEnum):
    """How much is opened; each takes in the one below it."""

    COURSE = "course"
    STUDENT = "student"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Place:
    """Student work in a course: a draft with its student, all of one student, or (both None) everything."""

    course_id: int
    student_id: int | None = None
    draft_id: int | None = None

    @property
    def scope(self) -> GlassScope:
        if self.draft_id is not None:
            return GlassScope.DRAFT
        return GlassScope.COURSE if self.student_id is None else GlassScope.STUDENT


@dataclass(frozen=True, slots=True)
class Opening:
    """One reason of one administrator. `admin` and `owner` are names, `seen` whether the course's owner said so."""

    id: int
    admin_id: int
    admin: str
    course_id: int
    course: str
    scope: GlassScope
    student_id: int | None
    draft_id: int | None
    reason: str
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    pages: int
    seen: bool

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.ends_at


def covers(opening: Opening, place: Place) -> bool:
    """Whether what was opened takes in this place; whether it still is open is another question."""
    if opening.course_id != place.course_id:
        return False
    match opening.scope:
        case GlassScope.COURSE:
            return True
        case GlassScope.STUDENT:
            return place.student_id is not None and place.student_id == opening.student_id
        case GlassScope.DRAFT:
            return place.draft_id is not None and place.draft_id == opening.draft_id


def problem_with_reason(typed: str) -> str | None:
    """What is wrong with a reason as it was typed; None where it will do."""
    words = " ".join(typed.split())
    if len(words) < SHORTEST_REASON:
        return f"Say in a sentence why you need to read this: at least {SHORTEST_REASON} characters."
    if len(typed) > LONGEST_REASON:
        return f"Shorten this to {LONGEST_REASON:,} characters."
    if len(set(words.lower())) < 6:
        return "Say in a sentence why you need to read this. The owner of the course reads it too."
    return None
