"""What a reader says about a draft, whoever the reader is, and how a model's text becomes that."""

from dataclasses import dataclass
from enum import StrEnum

from feedforward.errors import ExternalFailure
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.llm.providers import ModelReply


class QuoteMatch(StrEnum):
    """How a reader's quote was found in the draft."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"


class Addressed(StrEnum):
    """What the draft did with an earlier comment."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class ReaderComment:
    """One comment. `quote.text` is the text as it stands in the draft.

    `supported` is False when the reader quoted something that is not in the draft, or showed no evidence at all. A
    comment on something missing has no quote, is supported, and says in `looked_in` where it was looked for.
    `criterion_key` is None for a comment on the draft as a whole.
    """

    criterion_key: str | None
    kind: CommentKind
    text: str
    quote: Quote | None
    next_step: str
    supported: bool
    looked_in: str = ""


@dataclass(frozen=True, slots=True)
class CriterionReading:
    """What a reader makes of one criterion; `score` is None where the reader gave none, never a stand-in."""

    key: str
    score: float | None
    rationale: str


@dataclass(frozen=True, slots=True)
class Uptake:
    """Whether the draft addressed the earlier comment called `comment_ref`, in the reader's eyes."""

    comment_ref: str
    addressed: Addressed
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything one reader says about one draft."""

    criteria: tuple[CriterionReading, ...]
    comments: tuple[ReaderComment, ...]
    summary: str
    uptake: tuple[Uptake, ...] = ()


class AnswerRejected(ExternalFailure):
    """A model answered, and the answer is of no use; it holds nothing of the answer's text.

    `spent` is the reply that was paid for, without its text: tokens, cost and seconds are still to be recorded.
    """

    def __init__(self) -> None:
        super().__init__(
            "The model's answer could not be understood, so it was not used.", code="malformed", retryable=True
        )
        self.spent: ModelReply | None = None

    def __reduce__(self) -> tuple[type["AnswerRejected"], tuple[()]]:
        return AnswerRejected, ()
