"""The codes of the review in words: why a draft needs a person, how readers disagree, what went wrong."""

from collections.abc import Sequence
from decimal import Decimal

from feedforward.llm.faults import WORDS_FOR_INSTRUCTORS, CallFault
from feedforward.llm.readers import BUILT_IN
from feedforward.review.rules import FeedbackStatus
from feedforward.ui.badges import Tone

REASONS_SHORT = {
    "too_few_readings": "too few readings",
    "hidden_text": "hidden text",
    "disagreement": "readers disagree",
    "reader_failed": "a reader failed",
    "unsupported_quotes": "quotes not found",
    "no_score": "a criterion without a score",
}
REASONS_LONG = {
    "too_few_readings": "Fewer readings came back than the assignment asks for, so nothing was scored by machine.",
    "hidden_text": "The file holds text that a person looking at it cannot see. No reader was given it.",
    "disagreement": "The readers disagree widely about at least one criterion.",
    "reader_failed": "At least one reader failed; its reason stands beside its reading.",
    "unsupported_quotes": "Some comments quote words that are not in the draft. The student does not see those.",
    "no_score": "No reader gave a score for at least one criterion.",
}
_TROUBLE = {
    "unknown_reader": "A reader of this assignment is not set up here. Choose another one for the assignment.",
    "internal": "Something went wrong inside FeedForward; the details are in its log.",
    "budget": "The budget for models is used up.",
}
STATUS_WORDS = {
    FeedbackStatus.AWAITING_REVIEW: ("Waiting", Tone.PERSON),
    FeedbackStatus.SAVED: ("Saved", Tone.ACTIVE),
    FeedbackStatus.SCHEDULED: ("Scheduled", Tone.ACTIVE),
    FeedbackStatus.RELEASED: ("Released", Tone.DONE),
    FeedbackStatus.WITHHELD: ("Withheld", Tone.NEUTRAL),
    FeedbackStatus.RECALLED: ("Recalled", Tone.PERSON),
}
READING_STATUS = {
    "planned": ("Waiting to start", Tone.NEUTRAL),
    "queued": ("Waiting to start", Tone.NEUTRAL),
    "running": ("Reading now", Tone.ACTIVE),
    "done": ("Done", Tone.DONE),
    "failed": ("Failed", Tone.FAILED),
}


def reasons_in_short(codes: Sequence[str]) -> str:
    """Why the draft needs a person, for a row of the queue: `readers disagree, quotes not found`."""
    return ", ".join(REASONS_SHORT.get(code, code.replace("_", " ")) for code in codes)


def reason_in_long(code: str) -> str:
    return REASONS_LONG.get(code, code.replace("_", " ").capitalize() + ".")


def trouble_in_words(code: str) -> str:
    """A failure's code as a sentence for an instructor."""
    if code in list(CallFault):
        return WORDS_FOR_INSTRUCTORS[CallFault(code)]
    return _TROUBLE.get(code, f"Something went wrong ({code.replace('_', ' ')}).")


def disagreement_in_words(disagreement: float | None, scores: int) -> str:
    """The spread of the readers' scores, a share of the criterion's range, as a sentence."""
    if scores == 0:
        return "No reader gave a score."
    if disagreement is None:
        return "Only one score was given, so there is nothing to compare."
    if disagreement == 0:
        return f"All {scores} scores agree."
    if disagreement < 0.25:
        return "The readers nearly agree."
    if disagreement < 0.5:
        return f"The readers differ by {disagreement:.0%} of the scale."
    return f"They lie {disagreement:.0%} of the scale apart."


def reader_in_words(reader: str) -> str:
    """A reader's name as people see it."""
    return "Built-in reader" if reader == BUILT_IN else reader


def cost_in_words(microdollars: int | None) -> str:
    """Money spent on a reading; where no price is known that is what it says."""
    if microdollars is None:
        return "price not known"
    if microdollars == 0:
        return "no cost"
    dollars = Decimal(microdollars) / 1_000_000
    return f"US$ {dollars:.2f}" if dollars >= 1 else f"US$ {dollars:.4f}"


def seconds_in_words(seconds: float | None) -> str:
    if seconds is None:
        return "time not known"
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds / 60:.1f} min"
