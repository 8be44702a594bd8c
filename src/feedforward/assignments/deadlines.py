"""Deadlines: a local time in a named zone as a moment in UTC, with the hours that clocks skip or repeat."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from feedforward.errors import RuleBroken

FIRST_YEAR, LAST_YEAR = 2000, 2099


def moment_of(local: datetime, zone: str) -> datetime:
    """The moment in UTC at which clocks in `zone` show the naive `local`.

    Where they show it twice (the hour repeated in autumn), the later moment: a deadline is never earlier than it reads.
    RuleBroken where they never show it (the hour skipped in spring).
    """
    moment = local.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        shown = f"{local:%H:%M}"
        raise RuleBroken(
            f"Clocks in {zone.replace('_', ' ')} skip {shown} on that day, because they go forward. "
            "Choose an hour later or earlier.",
            field="due",
        )
    return moment


def typed_moment(typed: str, zone: str) -> datetime:
    """What a date-time field sent (`2026-12-04T23:59`) as a moment in UTC; RuleBroken on `due` where it is none."""
    try:
        local = datetime.fromisoformat(typed.strip())
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or "T" not in typed:
        raise RuleBroken("Enter the day and the hour, such as 4 December 2026, 23:59.", field="due")
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise RuleBroken(f"Choose a year between {FIRST_YEAR} and {LAST_YEAR}.", field="due")
    return moment_of(local.replace(second=0, microsecond=0), zone)
