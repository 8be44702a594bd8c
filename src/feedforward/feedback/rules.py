"""What feedback is made of and what may be done with it: pure values and questions."""

from dataclasses import dataclass
from enum import StrEnum

from feedforward.courses.life_cycle_rules import Act, may
from feedforward.errors import RuleBroken


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


class Standing(StrEnum):
    """Where the passage of an earlier comment stands in the next draft."""

    EXACT = "exact"
    MOVED = "moved"
    REWORDED = "reworded"
    GONE = "gone"
    NO_PASSAGE = "no_passage"


class Side(StrEnum):
    """Who corrects what readers judged of a comment."""

    STUDENT = "student"
    STAFF = "staff"


class UptakeState(StrEnum):
    """What a student says about a comment."""

    DONE = "done"
    NOT_DOING = "not_doing"
    ASKED = "asked"


IN_THE_ARCHIVE = (
    "This course is archived: everything stays here to be read, and nothing can be changed. Nothing was changed."
)
LONGEST_NOTE = 2000
LONGEST_CORRECTION = 500
ADDRESSED = ("yes", "partly", "no")


def require_answerable(course_status: str, assignment_status: str) -> None:
    """RuleBroken where students can no longer say what becomes of comments."""
    if not may(Act.ANSWER, course_status, assignment_status):
        raise RuleBroken(IN_THE_ARCHIVE)


def uptake_problem(state: UptakeState, note: str) -> RuleBroken | None:
    """What is missing before a comment can be marked so; None where nothing is."""
    if len(note) > LONGEST_NOTE:
        return RuleBroken(f"Shorten this to {LONGEST_NOTE} characters.", field="note")
    if state is UptakeState.NOT_DOING and not note.strip():
        return RuleBroken("Say in a few words why not: it helps your instructor and you.", field="note")
    if state is UptakeState.ASKED and not note.strip():
        return RuleBroken("Write your question: your instructor reads it beside the comment.", field="note")
    return None


def correction_problems(addressed: str, note: str) -> dict[str, str]:
    """What keeps a correction from being kept, by "addressed" and "note"; empty where nothing does."""
    problems = {}
    if addressed not in ADDRESSED:
        problems["addressed"] = "Choose whether the comment was addressed, partly or not."
    if len(note) > LONGEST_CORRECTION:
        problems["note"] = f"Shorten this to {LONGEST_CORRECTION} characters."
    return problems
