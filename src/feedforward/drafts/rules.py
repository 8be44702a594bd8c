"""What a draft is and when one may be handed in: pure values and questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from feedforward.assignments.rules import Task
from feedforward.extraction.document import Block, Document, HiddenText


class DraftStatus(StrEnum):
    """previewed → (discarded) | submitted → reading → merging → awaiting_review | needs_manual_feedback → released |
    withheld; taken back from submitted to previewed."""

    PREVIEWED = "previewed"
    DISCARDED = "discarded"
    SUBMITTED = "submitted"
    READING = "reading"
    MERGING = "merging"
    AWAITING_REVIEW = "awaiting_review"
    NEEDS_MANUAL_FEEDBACK = "needs_manual_feedback"
    RELEASED = "released"
    WITHHELD = "withheld"


AMENDING = "amending"
"""The word in `trouble` of a draft whose released feedback its instructor took back."""
NOT_HANDED_IN = (DraftStatus.PREVIEWED, DraftStatus.DISCARDED)
MOVING = (DraftStatus.SUBMITTED, DraftStatus.READING, DraftStatus.MERGING)
"""The statuses that the system leaves by itself: a page that shows one of them asks again."""


@dataclass(frozen=True, slots=True)
class DraftContent:
    """What a student handed in, as the readers see it; `file_name` is the browser's name for it, "" for pasted text."""

    text: str
    blocks: tuple[Block, ...]
    hidden: tuple[HiddenText, ...]
    warnings: tuple[str, ...]
    file_name: str
    media_type: str

    @classmethod
    def of(cls, document: Document, file_name: str) -> Self:
        return cls(document.text, document.blocks, document.hidden, document.warnings, file_name, document.media_type)

    @property
    def document(self) -> Document:
        return Document(self.text, self.media_type, self.blocks, self.hidden, self.warnings)

    def to_json(self) -> dict[str, Any]:
        """{"text", "blocks", "hidden", "warnings", "media_type", "file_name"} as plain dicts and lists."""
        return {**self.document.to_json(), "file_name": self.file_name}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The content that `to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return cls.of(Document.from_json(stored), stored["file_name"])


def may_submit(task: Task, *, drafts_used: int, now: datetime) -> str | None:
    """Why no further draft can be handed in now, as a sentence for the student; None where one can."""
    if not task.takes_drafts:
        return "This assignment is closed: drafts can no longer be handed in."
    if task.rubric_id is None:
        return "This assignment has no rubric yet. Ask your instructor to finish it, then hand in your draft."
    if now > task.due_at:
        return "The deadline has passed, so drafts can no longer be handed in. Your instructor can move the deadline."
    if drafts_used >= task.max_drafts:
        most = "the one draft" if task.max_drafts == 1 else f"all {task.max_drafts} drafts"
        return f"You have handed in {most} this assignment allows."
    return None


def word_problem(task: Task, words: int) -> str | None:
    """A sentence where the text is shorter or longer than asked; it is told and forbids nothing."""
    if task.word_min is not None and words < task.word_min:
        return f"Your text has {words} words; at least {task.word_min} are asked for."
    if task.word_max is not None and words > task.word_max:
        return f"Your text has {words} words; at most {task.word_max} are asked for."
    return None
