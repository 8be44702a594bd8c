"""What of a course comes along into another term, and where its dates go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from feedforward.courses.rules import CourseSpec, parse_course

MOST_DAYS = 3660


class Dates(StrEnum):
    """Dates of the copies: so many days later (or earlier), or to be set before publishing."""

    SHIFT = "shift"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class DuplicateSpec:
    """The new course and what it takes along; `days` None: dates are to be set."""

    course: CourseSpec
    assignments: frozenset[int]
    days: int | None
    staff: bool
    sections: bool


def parse_duplicate(
    fields: Mapping[str, str], *, assignments: Collection[str], dates: str, days: str, staff: bool, sections: bool
) -> DuplicateSpec | dict[str, str]:
    """The copy these fields describe, or field → what to change. Ids of assignments that are none are left out."""
    course = parse_course(fields)
    problems = course if isinstance(course, dict) else {}
    shift = _days(days) if dates == Dates.SHIFT else None
    if dates == Dates.SHIFT and shift is None:
        problems["days"] = f"Enter a whole number of days from -{MOST_DAYS} to {MOST_DAYS:,}, such as 364 for 52 weeks."
    elif dates not in list(Dates):
        problems["dates"] = "Choose what happens with the dates."
    if isinstance(course, dict) or problems:
        return problems
    chosen = frozenset(int(each) for each in assignments if each.isascii() and each.isdigit() and len(each) <= 18)
    return DuplicateSpec(course, chosen, shift, staff, staff and sections)


def shifted(moment: datetime, zone: str, days: int) -> datetime:
    """The moment at which clocks in `zone` show the same hour so many days later, in UTC.

    An hour that clocks skip on that day becomes the next one they show; of one they show twice, the later.
    """
    there = ZoneInfo(zone)
    local = moment.astimezone(there).replace(tzinfo=None, fold=0) + timedelta(days=days)
    found = local.replace(tzinfo=there, fold=1).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None, fold=0) != local:
        # Skipped: the offset from before the change of clocks puts it as far behind the gap as it stood in it.
        found = local.replace(tzinfo=there, fold=0).astimezone(UTC)
    return found


def _days(typed: str) -> int | None:
    text = typed.strip()
    sign = -1 if text.startswith("-") else 1
    number = text.lstrip("+-")
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and len(text) - len(number) <= 1):
        return None
    return sign * int(number) if int(number) <= MOST_DAYS else None
