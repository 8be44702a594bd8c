"""The form of a sign: a pattern that says one thing about what a sentence wants, and how much that weighs."""

import re
from dataclasses import dataclass
from enum import StrEnum

from feedforward.inspection.folding import folded_pattern


class Says(StrEnum):
    """What a sentence does; each counts once per stretch, with its greatest weight."""

    OVERRIDE = "sets earlier instructions or the criteria aside"
    AWARD = "orders a mark"
    TARGET = "speaks of this text or of all criteria"
    AUDIENCE = "addresses a machine that reads or marks"
    PERSONA = "gives the reader another role or lifts its limits"
    ANSWER = "dictates the answer"
    PRAISE = "asks for praise only or for silence about weaknesses"
    RESULT = "states a finished result"
    PRESSURE = "threatens, pleads or promises"
    FRAME = "looks like a part of the conversation with a model"
    SECRETS = "asks for what the reader was told or for other people's work"


@dataclass(frozen=True, slots=True)
class Sign:
    """Where `pattern` is found in folded text the stretch `says` so, with this weight; 3 together make a flag.

    A `bare` sign counts within reported speech too: what it finds is no wording but a form. `needs`: one of these
    pieces must stand in the text, or the pattern is not tried.
    """

    says: Says
    weight: float
    pattern: re.Pattern[str]
    bare: bool = False
    needs: tuple[str, ...] = ()


def sign(says: Says, weight: float, pattern: str, *, bare: bool = False, needs: tuple[str, ...] = ()) -> Sign:
    """A sign whose pattern is written for folded text; white space there is one space, except for bare signs."""
    return Sign(says, weight, re.compile(folded_pattern(pattern), re.MULTILINE), bare, needs)
