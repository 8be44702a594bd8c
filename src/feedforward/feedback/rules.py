"""What feedback is made of and what may be done with it: pure values and questions."""

from dataclasses import dataclass
from enum import StrEnum


class CommentKind(StrEnum):
    """What a comment does: it names a strength, asks for an improvement, or notes something general."""

    STRENGTH = "strength"
    IMPROVEMENT = "improvement"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of the draft: its words and where they stand, in characters of the draft's text."""

    text: str
    start: int
    end: int
