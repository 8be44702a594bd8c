"""What the review pages show, as values: the draft, its merged feedback, and every reading beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedforward.courses.life_cycle_rules import Act, may
from feedforward.extraction.document import Document, HiddenText
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.review.form_values import comment_field, criterion_field
from feedforward.review.rules import FeedbackStatus, score_text
from feedforward.rubrics.rules import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Head:
    """The draft under review; `content` is sealed, None once erased; `trouble` and `reasons` are codes. `student` is a
    pseudonym where the review is anonymous and nothing is released yet (`hidden_name`)."""

    draft_id: int
    assignment_id: int
    course_id: int
    course_code: str
    assignment: str
    time_zone: str
    retention_days: int | None
    due_at: datetime
    student: str
    number: int
    draft_status: str
    word_count: int
    rubric_id: int
    round: int
    submitted_at: datetime
    trouble: tuple[str, ...]
    content_id: str
    content: bytes | None
    has_file: bool
    erase_after: datetime | None
    erased_at: datetime | None
    content_preserved: bool
    preserved_reason: str
    feedback_id: int
    status: FeedbackStatus
    version: int
    edit: int
    reasons: tuple[str, ...]
    attention: float
    readers: int
    by_models: bool
    withheld_reason: str
    release_at: datetime | None
    released_at: datetime | None
    reviewed_by: int | None
    reviewer: str | None
    created_at: datetime
    changed_at: datetime
    summary_template: str
    note_template: str
    summary_passages: bytes | None
    summary_edited: bool
    course_status: str
    assignment_status: str
    deadline_at: datetime | None
    settings_version: int | None
    unreviewed: bool
    hidden_name: bool

    @property
    def is_read_only(self) -> bool:
        """Whether course or assignment is archived: everything can be read, and nothing changed or released."""
        return not may(Act.REVIEW, self.course_status, self.assignment_status)

    @property
    def is_late(self) -> bool:
        """Whether it came after the deadline its student had."""
        return self.deadline_at is not None and self.submitted_at > self.deadline_at

    @property
    def is_being_read(self) -> bool:
        """Whether the readers are at work, so that nothing can be edited meanwhile."""
        return self.draft_status in ("submitted", "reading", "merging")


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion: what the readings gave, and what stands now."""

    criterion_id: int
    criterion: Criterion
    merged_score: float | None
    merged_level: int | None
    disagreement: float | None
    scores: int
    score: float | None
    level: int | None
    edited_by: str | None


@dataclass(frozen=True, slots=True)
class CommentDetail:
    """One comment with its passages filled in; `place` is where its quote stands, in words ("" where there is none).
    `merged` is what the readers said, where a person changed it."""

    id: int
    position: int
    criterion_id: int | None
    kind: CommentKind
    text: str
    next_step: str
    looked_in: str
    quote: Quote | None
    place: str
    quote_erased: bool
    supported: bool
    kept: bool
    dropped: bool
    priority: bool
    support: int
    of: int
    readers: str
    by_person: bool
    edited_by: str | None
    merged: Mapping[str, Any] | None
    uptake: str | None
    uptake_note: str

    @property
    def for_the_student(self) -> bool:
        return not self.dropped and (self.supported or self.kept)


@dataclass(frozen=True, slots=True)
class ReadingDetail:
    """One reading; `answer` is what it said as JSON, None where there is none or it was erased.

    `scores`: criterion id → (score, level) as the reader gave them; `calibrated` likewise what merging took instead.
    `looked_at`: criterion id → the topics that the built-in reader looked at then, and whether a person chose them.
    """

    id: str
    round: int
    reader: str
    run: int
    status: str
    seconds: float | None
    tokens_in: int
    tokens_out: int
    cost_microdollars: int | None
    error: str | None
    fallback_for: str | None
    prompt_version: str
    has_record: bool
    answer: Mapping[str, Any] | None
    scores: Mapping[int, tuple[float | None, int | None]]
    calibrated: Mapping[int, tuple[float, int]]
    looked_at: Mapping[int, tuple[tuple[str, ...], bool]]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything one draft's review shows. Once the content is erased, `document` is None and the rest empty."""

    head: Head
    rubric: Rubric
    criteria: Sequence[CriterionResult]
    comments: Sequence[CommentDetail]
    readings: Sequence[ReadingDetail]
    summary: str
    note: str
    document: Document | None
    hidden: Sequence[HiddenText]
    warnings: Sequence[str]

    @property
    def text(self) -> str:
        return "" if self.document is None else self.document.text

    @property
    def shown_comments(self) -> int:
        return sum(comment.for_the_student for comment in self.comments)

    def values(self) -> dict[str, str]:
        """What the form's fields hold as the feedback stands."""
        found: dict[str, str] = {"summary": self.summary, "note": self.note}
        for result in self.criteria:
            found[criterion_field(result.criterion_id, "level")] = "" if result.level is None else str(result.level)
            found[criterion_field(result.criterion_id, "score")] = score_text(result.score)
        for comment in self.comments:
            for part, value in (
                ("text", comment.text),
                ("next_step", comment.next_step),
                ("kind", str(comment.kind)),
                ("criterion", str(comment.criterion_id or "")),
                ("priority", "yes" if comment.priority else ""),
                ("kept", "yes" if comment.kept else ""),
                ("dropped", "yes" if comment.dropped else ""),
            ):
                found[comment_field(comment.id, part)] = value
        return found
