"""A calendar as programs read it: RFC 5545, written by icalendar."""

from collections.abc import Iterable
from datetime import datetime

from feedforward.assignments.calendar_rules import Entry

NAME = "FeedForward"
FETCH_AGAIN = "PT1H"
"""How often programs are asked to look again; few of them listen."""


def calendar_bytes(entries: Iterable[Entry], *, site: str, now: datetime) -> bytes:
    """The file; `site` is the address of this installation without a slash at its end. Takes a moment to import what
    writes it: not on the page loop."""
    # A fifth of a second that no page needs at its start.
    from icalendar import Calendar
    from icalendar import Event as CalendarEvent

    host = site.split("://", 1)[-1]
    calendar = Calendar()
    calendar.add("prodid", "-//FeedForward//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-published-ttl", FETCH_AGAIN)
    for entry in entries:
        event = CalendarEvent()
        event.add("uid", f"{entry.key}@{host}")
        event.add("dtstamp", now)
        event.add("sequence", entry.version)
        event.add("summary", entry.title)
        event.add("dtstart", entry.at)
        event.add("description", entry.note)
        event.add("url", f"{site}{entry.path}")
        # A deadline takes no time of the day: it does not make anybody busy.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
