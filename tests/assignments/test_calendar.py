"""Deadlines in a calendar program: what stands in it, whose it is, and when it is worth nothing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.status_rules import Act
from feedforward.assignments.calendar_file import calendar_bytes
from feedforward.assignments.calendar_rules import Entry
from feedforward.assignments.calendar_tables import CalendarLink
from feedforward.audit.tables import AuditEvent
from feedforward.ui.fields import date_time_value
from feedforward.web.access import Role
from feedforward.web.sessions import hash_of
from tests.factories.site import Site, Visitor
from tests.factories.teaching import ZONE, make_assignment, make_teaching


def local(moment: datetime) -> str:
    return date_time_value(moment, ZONE)


def address_of(visitor: Visitor) -> str:
    """The path of a new address, as the page shows it this once."""
    visitor.get(urls.calendar())
    visitor.submit(urls.calendar())
    found = re.search(r"http://[^/\s]+(/calendar/\S+\.ics)", visitor.page.text)
    assert found, visitor.page.text
    return found.group(1)


def fetched(site: Site, path: str) -> dict[str, datetime]:
    """Title → moment, as a program without any cookie gets them."""
    program = site.visitor()
    answer = program.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "no-store" in answer.headers["cache-control"]
    read = Calendar.from_ical(answer.content)
    return {str(event["summary"]): event.decoded("dtstart") for event in read.walk("VEVENT")}


def test_an_address_nobody_was_given_is_worth_nothing(site: Site) -> None:
    stranger = site.visitor()
    stranger.get(urls.calendar_feed("x" * 43))
    assert stranger.status == 404


def test_a_student_fetches_the_deadline_that_holds_for_them(site: Site, clock: Any) -> None:
    ada_id = site.make_person("Ada Student")
    bob, sam = site.person("Bob Student"), site.person("Sam Elsewhere")
    ada = site.visitor().sign_in("ada@example.edu")
    teaching = make_teaching(site, students=["ada@example.edu", "bob@example.edu"])
    iris, due = teaching.instructor, clock.moment + timedelta(days=14)
    make_assignment(iris, site, teaching.course_id, title="Not published yet")
    settings = urls.assignment_settings(teaching.assignment_id)
    iris.get(settings)
    iris.submit(settings, return_at=local(due + timedelta(days=7)))
    iris.get(urls.extensions(teaching.assignment_id))
    iris.submit(
        urls.extensions(teaching.assignment_id), student=str(ada_id), due=local(due + timedelta(days=2)),
        reason="A private matter",
    )  # fmt: skip
    adas, bobs = fetched(site, address_of(ada)), fetched(site, address_of(bob))
    title, promised = "Due: Should cities ban cars?", "Feedback promised: Should cities ban cars?"
    assert adas.keys() == bobs.keys() == {title, promised}
    assert bobs[title] == due.replace(second=0, microsecond=0)
    assert adas[title] - bobs[title] == timedelta(days=2)
    assert fetched(site, address_of(sam)) == {}
    path = address_of(iris)
    assert fetched(site, path).keys() == {
        "Drafts due: Should cities ban cars?", "Feedback promised by you: Should cities ban cars?"
    }  # fmt: skip
    assert "private" not in site.visitor().client.get(path).text
    # Long past, and only then, it is gone.
    clock.moment = due + timedelta(days=60)
    assert title in fetched(site, address_of(bob.sign_in("bob@example.edu")))
    clock.moment = due + timedelta(days=100)
    assert fetched(site, address_of(bob.sign_in("bob@example.edu"))) == {}


def test_an_address_is_shown_once_and_a_newer_or_revoked_one_ends_it(site: Site) -> None:
    ada = site.person("Ada Student")
    first = address_of(ada)
    assert "/calendar/" not in ada.get(urls.calendar()).text
    second = address_of(ada)
    visitor = site.visitor()
    for path, status in ((first, 404), (second, 200)):
        visitor.get(path)
        assert visitor.status == status
    stored = site.wiring.database.read_now(
        lambda connection: connection.execute(select(CalendarLink.token_hash)).scalars().all()
    )
    assert stored == [hash_of(second.split("/")[2])]
    ada.get(urls.calendar())
    ada.submit(urls.revoke_calendar())
    visitor.get(second)
    assert visitor.status == 404
    events = site.wiring.database.read_now(
        lambda connection: connection.execute(
            select(AuditEvent.action, AuditEvent.detail).order_by(AuditEvent.id)
        ).all()
    )
    made = [action for action, _ in events if action.startswith("calendar.")]
    assert made == ["calendar.make", "calendar.make", "calendar.revoke"]
    assert not any(second.split("/")[2] in str(detail) for _, detail in events)
    # The button of a page that was left open.
    ada.post(urls.revoke_calendar())
    assert ada.status == 422
    assert "revoked already" in ada.page.text


def test_while_an_account_is_inactive_its_calendar_is_worth_nothing(site: Site) -> None:
    ada_id = site.make_person("Ada Student")
    path = address_of(site.visitor().sign_in("ada@example.edu"))
    admin, program = site.person("Adam Admin", Role.ADMIN), site.visitor()
    for act, status in ((Act.DEACTIVATE, 404), (Act.REACTIVATE, 200)):
        admin.get(urls.act_on_person(ada_id, act))
        admin.submit(urls.act_on_person(ada_id, act))
        program.get(path)
        assert program.status == status


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@given(texts, texts, st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2200))
def test_whatever_a_title_holds_is_read_back_as_it_was(title: str, note: str, at: datetime) -> None:
    at = at.replace(microsecond=0)
    written = calendar_bytes([Entry("due-1", at, title, note, "/tasks/1", 3)], site="https://ff.example.edu", now=at)
    assert max(map(len, written.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"]), event.decoded("dtstart")) == (title, note, at)
    assert (str(event["uid"]), event["sequence"]) == ("due-1@ff.example.edu", 3)
    assert str(event["url"]) == "https://ff.example.edu/tasks/1"
