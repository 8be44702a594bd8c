"""The rules of an assignment: its states, its readers, how readings are merged, what publishing needs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedforward.assignments.choices import USUAL_SETTINGS, StudentsSee, TaskSettings
from feedforward.courses.life_cycle_rules import Act, may, states_for
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


SEEN_BY_STUDENTS = tuple(AssignmentStatus(state) for state in states_for(Act.SEE))


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
    means the installation's setting. A published task has a rubric. `extended_to` is the later deadline of the student
    who asks, where they were given one."""

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
    retention_days: int | None
    guidelines: str
    status: AssignmentStatus
    version: int
    settings: TaskSettings = USUAL_SETTINGS
    extended_to: datetime | None = None

    @property
    def required_rubric_id(self) -> int:
        """The rubric's id; RuleBroken where none was chosen yet."""
        if self.rubric_id is None:
            raise RuleBroken("This assignment has no rubric yet. Add one before a draft is read.")
        return self.rubric_id

    @property
    def deadline(self) -> datetime:
        """The due date as it holds for the student who asks: an extension never makes it earlier."""
        return self.due_at if self.extended_to is None else max(self.due_at, self.extended_to)

    @property
    def show_numbers(self) -> bool:
        """Whether students see points."""
        return self.settings.students_see is StudentsSee.NUMBERS

    @property
    def takes_drafts(self) -> bool:
        """Whether assignment and course are open; the deadline and the number of drafts are another question."""
        return may(Act.HAND_IN, self.status, self.course_status)
