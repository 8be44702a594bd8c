"""The states of a draft in the student's words, as badges."""

from collections.abc import Sequence

from feedforward.drafts.rules import DraftStatus
from feedforward.ui.badges import Tone, badge
from feedforward.ui.elements import Element

_WORDS = {
    DraftStatus.PREVIEWED: ("Not handed in yet", Tone.PERSON),
    DraftStatus.DISCARDED: ("Thrown away", Tone.NEUTRAL),
    DraftStatus.SUBMITTED: ("Waiting to be read", Tone.ACTIVE),
    DraftStatus.READING: ("Being read", Tone.ACTIVE),
    DraftStatus.MERGING: ("Being read", Tone.ACTIVE),
    DraftStatus.AWAITING_REVIEW: ("With your instructor", Tone.ACTIVE),
    DraftStatus.NEEDS_MANUAL_FEEDBACK: ("With your instructor", Tone.ACTIVE),
    DraftStatus.RELEASED: ("Feedback is here", Tone.DONE),
    DraftStatus.WITHHELD: ("No feedback for this draft", Tone.NEUTRAL),
}

# Codes of drafts.trouble (see assessment) in words that say what happened and whose turn it is.
_TROUBLE = {
    "timeout": "A reader did not answer in time.",
    "rate_limited": "A reader was too busy.",
    "overloaded": "A reader was too busy.",
    "server_error": "A reader had a fault of its own.",
    "bad_key": "A reader’s access is not set up correctly.",
    "quota_used_up": "A reader’s allowance was used up.",
    "unknown_model": "A reader of this assignment is not set up any more.",
    "unknown_reader": "A reader of this assignment is not set up any more.",
    "refused": "A reader declined to read this text.",
    "context_too_long": "Your text was too long for a reader.",
    "unreachable": "A reader could not be reached.",
    "malformed": "A reader’s answer could not be understood, so nothing of it was used.",
    "bad_request": "A reader could not be asked correctly.",
    "internal": "Something went wrong on our side.",
}


def status_word(status: DraftStatus) -> str:
    """The state in a few words."""
    return _WORDS[status][0]


def status_badge(status: DraftStatus) -> Element:
    """The state as shape and word."""
    word, tone = _WORDS[status]
    return badge(word, tone=tone)


def late_badge(late: bool) -> Element | None:
    """That a draft came after its deadline; nothing for one that did not."""
    return badge("Late", tone=Tone.PERSON) if late else None


def trouble_in_words(codes: Sequence[str]) -> list[str]:
    """One sentence per cause; a code we have no words for is told as a failure of a reader."""
    return list(dict.fromkeys(_TROUBLE.get(code, "A reader failed.") for code in codes))
