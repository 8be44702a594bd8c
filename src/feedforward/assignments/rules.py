"""The rules of an assignment: its states, its readers, how readings are merged, what publishing needs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedforward.courses.rules import CourseStatus
from feedforward.errors import RuleBroken


class MergeMethod(StrEnum):
    """How the scores of several readings become one."""

    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"
    MAXIMUM = "maximum"


class AssignmentStatus(StrEnum):
    """Where an assignment stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
    DELETED = "deleted"


class ChangedMeanwhile(RuleBroken):
    """Somebody else saved the assignment after this person opened it; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed this assignment since you opened it. Nothing was overwritten.")


SEEN_BY_STUDENTS = (AssignmentStatus.ACTIVE, AssignmentStatus.INACTIVE, AssignmentStatus.ARCHIVED)


@dataclass(frozen=True, slots=True)
class ReaderSetting:
    """One reader of an assignment: "built-in" or "provider/model"; `id` is 0 before it was saved."""

    id: int
    position: int
    reader: str
    runs: int
    weight: float
    temperature: float
    max_tokens: int
    fallback_reader: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as everything downstream sees it. `due_at` is in UTC, told in `time_zone`; `retention_days` None
    means the installation's setting. A published task has a rubric."""

    assignment_id: int
    course_id: int
    course_code: str
    course_title: str
    course_status: CourseStatus
    rubric_id: int | None
    title: str
    instructions: str
    kind: str
    due_at: datetime
    time_zone: str
    max_drafts: int
    word_min: int | None
    word_max: int | None
    merge_method: MergeMethod
    min_readings: int
    show_numbers: bool
    retention_days: int | None
    guidelines: str
    status: AssignmentStatus
    version: int

    @property
    def required_rubric_id(self) -> int:
        """The rubric's id; RuleBroken where none was chosen yet."""
        if self.rubric_id is None:
            raise RuleBroken("This assignment has no rubric yet. Add one before a draft is read.")
        return self.rubric_id

    @property
    def takes_drafts(self) -> bool:
        """Whether assignment and course are open; the deadline and the number of drafts are another question."""
        return self.status is AssignmentStatus.ACTIVE and self.course_status is CourseStatus.ACTIVE
