"""What a reader is told about the task besides the draft: the assignment as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedforward.assessment.built_in.topics import Topic
from feedforward.assignments.choices import USUAL_LANGUAGE, USUAL_TONE, Detail, Shape
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Rubric
from feedforward.submission_types.kind import SubmissionType
from feedforward.submission_types.registry import SUBMISSION_TYPES


@dataclass(frozen=True, slots=True)
class EarlierComment:
    """A comment that was released on the draft before this one; `ref` is how an answer refers to it."""

    ref: str
    criterion_key: str | None
    kind: CommentKind
    text: str
    quote: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The assignment as readers see it. Word limits are None where the assignment sets none; `language` is a name, or
    OF_THE_DRAFT; `task_sheet` is the text of the file that tells the task, "" where there is none.

    `chosen_topics` says, by criterion key, what the built-in reader looks at where a person chose it.
    """

    title: str
    instructions: str
    rubric: Rubric
    guidelines: str = ""
    tone: str = USUAL_TONE
    language: str = USUAL_LANGUAGE
    detail: Detail = Detail.STANDARD
    focus: str = ""
    shape: Shape = Shape.BOTH
    task_sheet: str = ""
    kind: str = "essay"
    word_min: int | None = None
    word_max: int | None = None
    previous: tuple[EarlierComment, ...] = ()
    chosen_topics: Mapping[str, tuple[Topic, ...]] = field(default_factory=dict)

    @property
    def work(self) -> SubmissionType:
        """The kind of work; one that is not in the catalogue is read as an essay."""
        return SUBMISSION_TYPES.get(self.kind) or SUBMISSION_TYPES["essay"]

    @property
    def task_text(self) -> str:
        """All that the instructor says the task is."""
        return f"{self.instructions}\n{self.task_sheet}" if self.task_sheet else self.instructions
