"""The life of an account and what an administrator may do with it now: pure questions."""

from enum import StrEnum

from feedforward.accounts.people_rules import AccountStatus
from feedforward.web.access import Role

DELETED_NAME = "Deleted person"


class Act(StrEnum):
    """What an administrator does with somebody's account; the values stand in addresses."""

    MAKE_STUDENT = "make-student"
    MAKE_INSTRUCTOR = "make-instructor"
    MAKE_ADMIN = "make-admin"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    ARCHIVE = "archive"
    DELETE = "delete"
    END_SESSIONS = "end-sessions"
    RESET_LINK = "reset-link"
    REMOVE_SECOND_FACTOR = "remove-second-factor"


NEW_ROLES = {Act.MAKE_STUDENT: Role.STUDENT, Act.MAKE_INSTRUCTOR: Role.INSTRUCTOR, Act.MAKE_ADMIN: Role.ADMIN}
MOVES = {
    (AccountStatus.ACTIVE, Act.DEACTIVATE): AccountStatus.INACTIVE,
    (AccountStatus.INACTIVE, Act.REACTIVATE): AccountStatus.ACTIVE,
    (AccountStatus.INACTIVE, Act.ARCHIVE): AccountStatus.ARCHIVED,
    (AccountStatus.ARCHIVED, Act.REACTIVATE): AccountStatus.ACTIVE,
    (AccountStatus.ARCHIVED, Act.DELETE): AccountStatus.DELETED,
}
# Whoever sits at an administrator's browser for a minute must not come out of it with an account of their own.
NEEDS_PASSWORD = frozenset((Act.MAKE_ADMIN, Act.RESET_LINK, Act.REMOVE_SECOND_FACTOR, Act.DELETE))


def acts_for(
    *, role: Role, status: AccountStatus, sessions: int, second_factor: bool, own: bool, takes_reset: bool
) -> tuple[Act, ...]:
    """What can be done with an account as it stands; nothing with one's own: another administrator does that, so that
    one always remains. `takes_reset`: its password is ours to set."""
    if own or status is AccountStatus.DELETED:
        return ()
    moves = tuple(act for (come_from, act) in MOVES if come_from is status)
    if status is not AccountStatus.ACTIVE:
        return moves
    roles = tuple(act for act, new in NEW_ROLES.items() if new is not role)
    rest = (
        (Act.END_SESSIONS, sessions > 0),
        (Act.RESET_LINK, takes_reset),
        (Act.REMOVE_SECOND_FACTOR, second_factor),
    )
    return (*roles, *(act for act, possible in rest if possible), *moves)
