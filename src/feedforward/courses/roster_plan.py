"""What adding a list of people to a course will do, line by line, decided before anything is written."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from feedforward.courses.roster_rows import RosterRow
from feedforward.web.access import Role


class Step(StrEnum):
    """What becomes of one row."""

    INVITE = "invite"
    ENROL = "enrol"
    CHANGE = "change"
    SKIP = "skip"
    REFUSE = "refuse"


WRITES = (Step.INVITE, Step.ENROL, Step.CHANGE)


@dataclass(frozen=True, slots=True)
class Holder:
    """The account of an address."""

    user_id: int
    role: Role
    active: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's enrolment in the course, `active` or removed, or their invitation (`active`: open and not over)."""

    id: int
    active: bool
    section: str
    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of the rows' people: accounts and invitations by address, enrolments by user id."""

    accounts: Mapping[str, Holder]
    enrolments: Mapping[int, Place]
    invitations: Mapping[str, Place]
    staff: Collection[int]
    # Address of an invitation that was taken up → whose account it is, whatever address that has today.
    joined: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what becomes of it; `why` is a sentence for the person who looks. `person` is the account's id,
    `invitation` the invitation's, where there is one."""

    row: RosterRow
    step: Step
    why: str
    person: int | None = None
    invitation: int | None = None


def planned(rows: Sequence[RosterRow], known: Known) -> tuple[Planned, ...]:
    """What becomes of each row, in their order."""
    return tuple(_planned(row, known) for row in rows)


def fingerprint(plan: Sequence[Planned]) -> str:
    """Equal for equal plans: what was shown is compared with what would be written."""
    whole = [
        [each.row.line, each.row.email, each.row.name, each.row.number, each.row.section, each.step, each.person,
         each.invitation]
        for each in plan
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def counts(plan: Sequence[Planned]) -> dict[Step, int]:
    """How many rows take each step."""
    return {step: sum(each.step is step for each in plan) for step in Step}


def _planned(row: RosterRow, known: Known) -> Planned:
    holder = known.accounts.get(row.email)
    person = holder.user_id if holder else known.joined.get(row.email)
    if person is not None:
        return _with_account(row, person, holder, known)
    place = known.invitations.get(row.email)
    if place is None:
        return Planned(row, Step.INVITE, "Gets an invitation.")
    if not place.active:
        return Planned(row, Step.INVITE, "Is invited again: the invitation before is over.", invitation=place.id)
    if _differs(row, place) or (row.name and row.name != place.name):
        return Planned(row, Step.CHANGE, _change(row, place, "Is invited already"), invitation=place.id)
    return Planned(row, Step.SKIP, "Is invited already.", invitation=place.id)


def _with_account(row: RosterRow, person: int, holder: Holder | None, known: Known) -> Planned:
    if holder is not None and not holder.active:
        return Planned(row, Step.REFUSE, "The account with this address is not active. Ask an administrator.", person)
    if person in known.staff:
        return Planned(row, Step.REFUSE, "Teaches this course, and nobody is both.", person)
    if holder is not None and holder.role is not Role.STUDENT:
        article = "an" if holder.role[0] in "ai" else "a"
        return Planned(row, Step.REFUSE, f"This is {article} {holder.role} account, not a student’s.", person)
    place = known.enrolments.get(person)
    if place is None:
        return Planned(row, Step.ENROL, "Has an account and is enrolled at once.", person)
    if not place.active:
        return Planned(row, Step.ENROL, "Was removed and comes back, with all drafts.", person)
    if _differs(row, place):
        return Planned(row, Step.CHANGE, _change(row, place, "Is enrolled already"), person)
    return Planned(row, Step.SKIP, "Is enrolled already.", person)


def _differs(row: RosterRow, place: Place) -> bool:
    """What a list leaves empty it does not take away."""
    return bool((row.section and row.section != place.section) or (row.number and row.number != place.number))


def _change(row: RosterRow, place: Place, begins: str) -> str:
    told = []
    if row.section and row.section != place.section:
        told.append(f"the section becomes {row.section}")
    if row.number and row.number != place.number:
        told.append(f"the number becomes {row.number}")
    return f"{begins}; {' and '.join(told) or 'the name is brought up to date'}."
