"""The life cycle that courses and assignments share: its steps, what may be done in each state, what goes along."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Act(StrEnum):
    """What people and the system do with a course, an assignment and what hangs on them."""

    SEE = "see"
    """Students see it, with what they wrote and got back."""
    HAND_IN = "hand_in"
    ANSWER = "answer"
    """Students say what becomes of a comment."""
    REMIND = "remind"
    REVIEW = "review"
    """Staff edit, release, withhold and recall feedback."""
    CHANGE = "change"


DRAFT, ACTIVE, INACTIVE, ARCHIVED, DELETED = "draft", "active", "inactive", "archived", "deleted"

# The one table of transitions. From "deleted" there is only the way back to where it was deleted.
STEPS: tuple[tuple[str, str], ...] = (
    (DRAFT, ACTIVE),
    (ACTIVE, INACTIVE),
    (INACTIVE, ACTIVE),
    (INACTIVE, ARCHIVED),
    (ARCHIVED, INACTIVE),
    (DRAFT, DELETED),
    (ARCHIVED, DELETED),
    (DELETED, DRAFT),
    (DELETED, ARCHIVED),
)
# The one table of what each state allows; texts are erased at their time in every one of them.
ALLOWED: Mapping[str, frozenset[Act]] = MappingProxyType(
    {
        DRAFT: frozenset({Act.REVIEW, Act.CHANGE}),
        ACTIVE: frozenset(Act),
        INACTIVE: frozenset({Act.SEE, Act.ANSWER, Act.REVIEW, Act.CHANGE}),
        ARCHIVED: frozenset({Act.SEE}),
        DELETED: frozenset(),
    }
)
# Where a course goes → what its assignments become with it. Unpublished ones stay so in the archive: students read it.
CASCADES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        ARCHIVED: MappingProxyType({ACTIVE: ARCHIVED, INACTIVE: ARCHIVED}),
        DELETED: MappingProxyType(dict.fromkeys((DRAFT, ACTIVE, INACTIVE, ARCHIVED), DELETED)),
    }
)


def may(act: Act, *states: str) -> bool:
    """Whether all of these states allow it: those of an assignment and of its course."""
    return all(act in ALLOWED[each] for each in states)


def states_for(act: Act) -> tuple[str, ...]:
    """The states that allow it, for statements that ask for rows in one of them."""
    return tuple(state for state, acts in ALLOWED.items() if act in acts)


def is_step(come_from: str, go_to: str) -> bool:
    """Whether the life cycle has this step."""
    return (come_from, go_to) in STEPS


def is_kept(go_to: str) -> bool:
    """Whether a step there is written down, so that what it changed can be given back."""
    return go_to in CASCADES
