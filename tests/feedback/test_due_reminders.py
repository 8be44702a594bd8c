"""Who has handed in nothing is reminded on the days chosen, once, by the deadline that holds for them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.assignments.choices import Reminders
from feedforward.feedback.class_letters import CLASS_REMINDER
from feedforward.feedback.due_reminders import day_that_came, remind_before_due
from feedforward.mail.tables import MailMessage
from feedforward.ui.fields import date_time_value
from feedforward.wiring import Wiring
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import ZONE, make_teaching

DUE = datetime(2026, 10, 27, 12, tzinfo=UTC)
LONG_AGO = DUE - timedelta(days=60)


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return wiring_with(wiring, StartedFeedback())


def reminded(site: Site) -> list[int | None]:
    """The people reminders were posted to, in order."""
    statement = select(MailMessage.user_id).where(MailMessage.template == CLASS_REMINDER.name).order_by(MailMessage.id)
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).scalars()))


def run(site: Site) -> int:
    return remind_before_due(site.wiring.database, site.wiring.clock.now())


def test_each_student_without_a_draft_is_reminded_once_by_their_own_deadline(site: Site, clock: Any) -> None:
    ada_id, ben_id = site.make_person("Ada Student"), site.make_person("Ben Student")
    cara = site.person("Cara Student")
    teaching = make_teaching(
        site, students=["ada@example.edu", "ben@example.edu", "cara@example.edu"], due_in=timedelta(days=10)
    )
    due = clock.moment.replace(second=0, microsecond=0) + timedelta(days=10)
    iris, address = teaching.instructor, urls.extensions(teaching.assignment_id)
    iris.get(address)
    iris.submit(address, student=str(ada_id), due=date_time_value(due + timedelta(days=4), ZONE), reason="Ill")
    settings = urls.assignment_settings(teaching.assignment_id)
    iris.get(settings)
    iris.submit(settings, reminders="3+1")
    hand_in_text(cara, teaching.assignment_id)
    assert run(site) == 0
    clock.moment = due - timedelta(days=3) + timedelta(minutes=5)
    assert [run(site), run(site)] == [1, 0]
    clock.moment = due - timedelta(days=1)
    assert run(site) == 1
    assert reminded(site) == [ben_id, ben_id]
    clock.moment = due + timedelta(days=1)
    assert run(site) == 1
    # The worker stood still over Ada's last day.
    clock.moment = due + timedelta(days=4, minutes=1)
    assert run(site) == 0
    assert reminded(site) == [ben_id, ben_id, ada_id]


def test_nobody_is_reminded_where_it_is_turned_off_or_was_done_by_hand(site: Site, clock: Any) -> None:
    site.make_person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"], due_in=timedelta(days=10))
    iris, settings = teaching.instructor, urls.assignment_settings(teaching.assignment_id)
    clock.moment += timedelta(days=7, minutes=-5)
    iris.client.cookies.clear()
    iris.sign_in("iris@example.edu")
    iris.get(urls.course_class(teaching.course_id, assignment=teaching.assignment_id))
    iris.submit(urls.remind_class(teaching.course_id), assignment=str(teaching.assignment_id))
    assert len(reminded(site)) == 1
    clock.moment += timedelta(minutes=10)
    assert run(site) == 0
    iris.get(settings)
    iris.submit(settings, reminders="never")
    clock.moment += timedelta(days=2)
    assert run(site) == 0
    assert len(reminded(site)) == 1


days = st.sampled_from([each.days for each in Reminders])


@given(days, st.integers(0, 60 * 24 * 12))
def test_a_day_comes_within_a_day_after_its_moment_and_never_after_the_deadline(
    chosen: Sequence[int], minutes_before: int
) -> None:
    now = DUE - timedelta(minutes=minutes_before)
    day = day_that_came(DUE, chosen, published_at=LONG_AGO, now=now)
    if day is None:
        return
    assert day in chosen
    assert timedelta(0) <= now - (DUE - timedelta(days=day)) < timedelta(hours=24)
    assert now < DUE


@given(days, st.integers(1, 59))
def test_a_schedule_that_looks_every_ten_minutes_finds_each_day(chosen: Sequence[int], minute: int) -> None:
    start = DUE - timedelta(days=9, minutes=minute)
    seen = {
        day_that_came(DUE, chosen, published_at=LONG_AGO, now=start + timedelta(minutes=10 * step))
        for step in range(6 * 24 * 9)
    }
    assert seen - {None} == set(chosen)


def test_what_was_published_after_the_day_is_not_reminded_of_it() -> None:
    now = DUE - timedelta(days=2, hours=23)
    assert day_that_came(DUE, (3,), published_at=DUE - timedelta(days=3, minutes=1), now=now) == 3
    assert day_that_came(DUE, (3,), published_at=now - timedelta(minutes=5), now=now) is None
