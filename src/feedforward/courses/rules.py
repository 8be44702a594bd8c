"""The rules of a course: its life cycle, who may do what in it, and what makes its details acceptable."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import available_timezones

from feedforward.courses.life_cycle_rules import STEPS, Act, states_for
from feedforward.errors import RuleBroken
from feedforward.web.access import Role
from feedforward.web.typed_text import is_blank


class CourseStatus(StrEnum):
    """Where a course stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
    DELETED = "deleted"


SEEN_BY_STUDENTS = tuple(CourseStatus(state) for state in states_for(Act.SEE))


class CourseChangedMeanwhile(RuleBroken):
    """Somebody else saved the course after this person opened it; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed this course since you opened it. Nothing was overwritten.")


class StaffRole(StrEnum):
    """What somebody is in a course they teach."""

    OWNER = "owner"
    CO_INSTRUCTOR = "co_instructor"
    TUTOR = "tutor"

    @property
    def may_change(self) -> bool:
        """Tutors look and review; settings belong to the instructors."""
        return self is not StaffRole.TUTOR


def may_create_course(role: Role) -> bool:
    """Tutors have student accounts: teaching somewhere does not make an instructor."""
    return role is Role.INSTRUCTOR


@dataclass(frozen=True, slots=True)
class Move:
    """A step in the life of a course: where from, where to, the words on its button, and what it does."""

    come_from: CourseStatus
    go_to: CourseStatus
    label: str
    effect: str


_WORDS = {
    ("draft", "active"): ("Open the course", "Enrolled students see the course and its published assignments."),
    ("active", "inactive"): (
        "Pause the course",
        "Students keep seeing the course and their feedback; no new drafts are taken in until you open it again.",
    ),
    ("inactive", "active"): (
        "Open the course again",
        "New drafts are taken in again, where an assignment’s deadline allows.",
    ),
    ("inactive", "archived"): (
        "Archive the course",
        "Everything stays readable for you and your students; nothing can be handed in, reviewed or changed.",
    ),
    ("archived", "inactive"): (
        "Take it out of the archive",
        "The course can be changed again; it stays closed for new drafts until you open it.",
    ),
    ("draft", "deleted"): (
        "Delete the course",
        "The course disappears for everybody, with its assignments. You can restore it from the list of courses.",
    ),
    ("archived", "deleted"): (
        "Delete the course",
        "The course disappears for everybody, with its assignments and feedback. You can restore it from the list of "
        "courses.",
    ),
    ("deleted", "draft"): ("Restore the course", "The course is back as it was; students do not see it yet."),
    ("deleted", "archived"): ("Restore the course", "The course is back in the archive, as it was."),
}
MOVES = tuple(Move(CourseStatus(here), CourseStatus(there), *_WORDS[here, there]) for here, there in STEPS)


def moves_from(status: CourseStatus, role: StaffRole) -> tuple[Move, ...]:
    """The steps this person may take now; only the owner deletes and restores."""
    if not role.may_change:
        return ()
    return tuple(
        move
        for move in MOVES
        if move.come_from is status
        and (role is StaffRole.OWNER or CourseStatus.DELETED not in (move.come_from, move.go_to))
    )


def optional_move(come_from: CourseStatus, go_to: str, role: StaffRole) -> Move | None:
    """The step from here to there, if there is one and this person may take it."""
    return next((move for move in moves_from(come_from, role) if move.go_to == go_to), None)


@dataclass(frozen=True, slots=True)
class CourseSpec:
    """What an instructor says about a course."""

    code: str
    title: str
    term: str
    description: str
    time_zone: str
    department: str = ""


@lru_cache(maxsize=1)
def _every_time_zone() -> frozenset[str]:
    # Looks through some hundred files: 40 ms, which no form should wait for twice.
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """The IANA zones people choose from: places and UTC, without the old spellings kept for machines."""
    places = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return tuple(sorted(zone for zone in _every_time_zone() if zone.startswith(places) or zone == "UTC"))


def problem_with_time_zone(zone: str) -> str | None:
    """Why this is no time zone deadlines can be told in; None where it is one."""
    if not zone:
        return "Choose the time zone deadlines are told in, such as Europe/Berlin."
    if zone not in _every_time_zone() or zone in ("localtime", "Factory"):
        return f"“{zone[:60]}” is not a time zone we know. Choose one from the list, such as Europe/Berlin."
    return None


def parse_course(fields: Mapping[str, str]) -> CourseSpec | dict[str, str]:
    """The course these fields describe, or field → what to change."""
    spec = CourseSpec(
        code=fields["code"].strip(), title=fields["title"].strip(), term=fields["term"].strip(),
        description=fields["description"].strip(), time_zone=fields["time_zone"].strip(),
        department=" ".join(fields["department"].split()),
    )  # fmt: skip
    found = {
        "code": _problem_with_line(spec.code, 40, "Enter a code, such as ENG 101."),
        "title": _problem_with_line(spec.title, 200, "Enter a title."),
        "term": "Use at most 60 characters for the term." if len(spec.term) > 60 else None,
        "department": "Use at most 120 characters for the department." if len(spec.department) > 120 else None,
        "description": "Use at most 5,000 characters." if len(spec.description) > 5000 else None,
        "time_zone": problem_with_time_zone(spec.time_zone),
    }
    problems = {field: problem for field, problem in found.items() if problem}
    return problems or spec


def _problem_with_line(text: str, most: int, missing: str) -> str | None:
    if is_blank(text):
        return missing
    return f"Use at most {most} characters." if len(text) > most else None
