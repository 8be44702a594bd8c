"""Moments in a person's own time zone, and how far away they are in words."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feedforward.ui.elements import Child, Element, Span, Time, written_once

# In seconds: a list of thirty moments compares them a hundred times.
_STEPS = tuple(
    (least.total_seconds(), unit.total_seconds(), word)
    for least, unit, word in (
        (timedelta(days=60), timedelta(days=30.44), "month"),
        (timedelta(days=14), timedelta(days=7), "week"),
        (timedelta(hours=36), timedelta(days=1), "day"),
        (timedelta(minutes=90), timedelta(hours=1), "hour"),
        (timedelta(seconds=90), timedelta(minutes=1), "minute"),
    )
)


def _in_zone(when: datetime, zone: str) -> datetime:
    try:
        return when.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return when.astimezone(ZoneInfo("UTC"))


# The same due dates and moments stand on many pages; a moment in a zone has one wording for ever.
@lru_cache(maxsize=4096)
def moment_text(when: datetime, zone: str) -> str:
    """`Fri 4 December 2026, 23:59 CET` in this IANA zone (in UTC where the zone is unknown)."""
    local = _in_zone(when, zone)
    return f"{local:%a} {local.day} {local:%B %Y, %H:%M} {local.tzname() or 'UTC'}"


@lru_cache(maxsize=4096)
def day_text(when: datetime, zone: str) -> str:
    """`4 December 2026` in this IANA zone."""
    local = _in_zone(when, zone)
    return f"{local.day} {local:%B %Y}"


def moment(when: datetime, zone: str) -> Element:
    """The moment as a `time` element a machine can read too; `when` is timezone-aware."""
    return Time(moment_text(when, zone), datetime=when.isoformat(timespec="seconds"))


def day(when: datetime, zone: str) -> Element:
    """The day without its hour."""
    return Time(day_text(when, zone), datetime=when.isoformat(timespec="seconds"))


def relative(when: datetime, now: datetime) -> str:
    """`in 3 days`, `2 hours ago`, `just now`."""
    distance = (when - now).total_seconds()
    size = abs(distance)
    for least, unit, word in _STEPS:
        if size >= least:
            number = round(size / unit)
            words = f"{number} {word}" if number == 1 else f"{number} {word}s"
            return f"in {words}" if distance > 0 else f"{words} ago"
    return "just now" if distance <= 0 else "in a moment"


def moment_and_distance(when: datetime, zone: str, now: datetime) -> Child:
    """The moment, and how far away it is behind it: what a deadline needs."""
    return Span(moment(when, zone), Span(f" ({relative(when, now)})", cls="quiet"))


def ago(when: datetime, zone: str, now: datetime) -> Element:
    """Only the distance, with the exact moment as its title."""
    return ago_in_words(when, zone, relative(when, now))


@lru_cache(maxsize=4096)
def ago_in_words(when: datetime, zone: str, words: str) -> Element:
    """`ago` for callers that have said how far away it is already (`relative`)."""
    return written_once(Time(words, datetime=when.isoformat(timespec="seconds"), title=moment_text(when, zone)))
