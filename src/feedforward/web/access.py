"""Who asks: the principals a handler may name as its first parameter, and how one is resolved from a session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection


class Role(StrEnum):
    """What an account is, apart from what it is in a single course."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


ROLE_LABELS = {Role.STUDENT: "Student", Role.INSTRUCTOR: "Instructor", Role.ADMIN: "Administrator"}


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person as one query finds them: account, session and whether they teach or study anywhere.

    `second_factor_due`: their role requires a second factor and they have none yet; until then nothing else is theirs.
    `terms_due`: an edition of the terms needs their acceptance; until then nothing else is theirs either.
    `undelivered`: how many messages they caused could not be delivered, as far as they have not seen it.
    """

    user_id: int
    name: str
    email: str
    role: Role
    teaches: bool
    studies: bool
    token_hash: str
    seen_at: datetime
    second_factor_due: bool = False
    undelivered: int = 0
    terms_due: bool = False


PersonLoader = Callable[[Connection, str, datetime], Person | None]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a signed-in person asked for that is not theirs: the method and pattern of its address, what it is about,
    and the answer's status. `last`: more of theirs in the same minute are not noted.
    """

    user_id: int
    page: str
    subject: tuple[str, int | str]
    status: int
    last: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Public:
    """Anybody, signed in or not."""

    person: Person | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Any signed-in person."""

    person: Person

    @property
    def user_id(self) -> int:
        return self.person.user_id


@dataclass(frozen=True, slots=True)
class Settling(SignedIn):
    """Any signed-in person, also one who still has to set up a second factor or to accept the terms."""


@dataclass(frozen=True, slots=True)
class Student(SignedIn):
    """A person who studies in at least one course, or whose account is a student's."""


@dataclass(frozen=True, slots=True)
class Staff(SignedIn):
    """A person who teaches at least one course, or whose account is an instructor's."""


@dataclass(frozen=True, slots=True)
class Admin(SignedIn):
    """A person who runs the installation."""


@dataclass(frozen=True, slots=True)
class Work:
    """The system itself: workflows, schedules and the command line."""


PRINCIPALS: tuple[type[Public] | type[SignedIn], ...] = (Public, Settling, SignedIn, Student, Staff, Admin)


def principal_for(kind: type[Public] | type[SignedIn], person: Person | None) -> Public | SignedIn | None:
    """The principal of this kind for this person; None where they may not be one."""
    if issubclass(kind, Public):
        return Public(person)
    if person is None or ((person.second_factor_due or person.terms_due) and kind is not Settling):
        return None
    allowed: dict[type[SignedIn], bool] = {
        Settling: True,
        SignedIn: True,
        Student: person.role == Role.STUDENT or person.studies,
        Staff: person.role == Role.INSTRUCTOR or person.teaches,
        Admin: person.role == Role.ADMIN,
    }
    return kind(person) if allowed.get(kind, False) else None
