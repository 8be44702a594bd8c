"""What a draft is and when one may be handed in: pure values and questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from feedforward.assignments.choices import LatePolicy, WordLimits
from feedforward.assignments.rules import Task
from feedforward.extraction.document import Block, Document, HiddenText
from feedforward.extraction.sniffing import FileType, type_of_ending
from feedforward.submission_types.kind import endings_in_words
from feedforward.submission_types.registry import submission_type
from feedforward.ui.dates import moment_text


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

    @property
    def size(self) -> str:
        """How much it is: "812 words", of program code "41 lines of code, 230 words"."""
        document = self.document
        words = f"{document.word_count} {'word' if document.word_count == 1 else 'words'}"
        lines = document.lines_of_code if document.is_code else 0
        return f"{lines} {'line' if lines == 1 else 'lines'} of code, {words}" if lines else words

    def to_json(self) -> dict[str, Any]:
        """{"text", "blocks", "hidden", "warnings", "media_type", "file_name"} as plain dicts and lists."""
        return {**self.document.to_json(), "file_name": self.file_name}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The content that `to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return cls.of(Document.from_json(stored), stored["file_name"])


def may_submit(
    task: Task, *, drafts_used: int, now: datetime, last_at: datetime | None = None, words: int | None = None,
    file: FileType | None = None,
) -> str | None:  # fmt: skip
    """Why no further draft, or not this one, can be handed in now, as a sentence for the student; None where it can.

    `drafts_used` were handed in, the newest at `last_at`; `words` and `file` (None: pasted) are those of a text that is
    there already, None before there is one.
    """
    if not task.takes_drafts:
        return "This assignment is closed: drafts can no longer be handed in."
    if task.rubric_id is None:
        return "This assignment has no rubric yet. Ask your instructor to finish it, then hand in your draft."
    last = last_moment(task)
    if last is not None and now > last:
        return "The deadline has passed, so drafts can no longer be handed in. Your instructor can move the deadline."
    if drafts_used >= task.max_drafts:
        most = "the one draft" if task.max_drafts == 1 else f"all {task.max_drafts} drafts"
        return f"You have handed in {most} this assignment allows."
    opens_at = next_possible(task, last_at)
    if opens_at is not None and now < opens_at:
        when = moment_text(opens_at, task.time_zone)
        if last is not None and opens_at > last:
            return f"The next draft could be handed in from {when}, which is after the deadline."
        return f"The next draft can be handed in from {when}. Use the time to work with the feedback you have."
    if file is not None and file not in file_types(task):
        return f"This assignment does not take {file.value} files. Save your draft as {files_in_words(task)}."
    if words is not None and task.settings.word_limits is WordLimits.REFUSE and (told := word_problem(task, words)):
        return f"{told} Texts outside these limits are not taken in: change your text, then hand it in."
    return None


def last_moment(task: Task) -> datetime | None:
    """The last moment at which a draft of this student is taken in; None where late ones are taken without an end."""
    settings = task.settings
    if settings.late is LatePolicy.REFUSE:
        return task.deadline
    return None if settings.late_until is None else max(settings.late_until, task.deadline)


def is_late(task: Task, when: datetime) -> bool:
    """Whether a draft handed in then is marked late."""
    return when > task.deadline


def next_possible(task: Task, last_at: datetime | None) -> datetime | None:
    """When the next draft can be handed in, by the pause between two; None where there is nothing to wait for."""
    if last_at is None or not task.settings.minutes_between:
        return None
    return last_at + timedelta(minutes=task.settings.minutes_between)


def file_types(task: Task) -> tuple[FileType, ...]:
    """The types of file this assignment takes: those chosen of what its kind of work takes, in the kind's order."""
    taken = submission_type(task.kind).file_types
    return tuple(each for each in taken if each in task.settings.file_types) or taken


def endings(task: Task) -> tuple[str, ...]:
    """The endings of the files this assignment takes, without their dots."""
    kind, taken = submission_type(task.kind), file_types(task)
    if taken == kind.file_types:
        return kind.endings
    return tuple(each for each in kind.endings if type_of_ending(each) in taken)


def files_in_words(task: Task) -> str:
    """The files this assignment takes: `DOCX, PDF, TXT or MD`, of source code the first few endings."""
    return endings_in_words(endings(task))


def word_problem(task: Task, words: int) -> str | None:
    """A sentence where the text is shorter or longer than asked."""
    if task.word_min is not None and words < task.word_min:
        return f"Your text has {words} words; at least {task.word_min} are asked for."
    if task.word_max is not None and words > task.word_max:
        return f"Your text has {words} words; at most {task.word_max} are asked for."
    return None
