"""When a draft is taken in: extensions, late drafts, pauses, word limits and kinds of files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assignments.choices import USUAL_SETTINGS, LatePolicy, TaskSettings, WordLimits
from feedforward.assignments.deadlines import moment_of
from feedforward.drafts.rules import endings, files_in_words, is_late, last_moment, may_submit, next_possible
from feedforward.extraction.sniffing import FileType
from tests.drafts.test_rules import DUE, task

LATE = replace(USUAL_SETTINGS, late=LatePolicy.ACCEPT)
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 given a zone


@pytest.mark.parametrize(
    ("settings", "extended_to", "at", "taken", "late"),
    [
        (USUAL_SETTINGS, None, DUE, True, False),
        (USUAL_SETTINGS, None, DUE + timedelta(seconds=1), False, True),
        (USUAL_SETTINGS, DUE + HOUR, DUE + HOUR, True, False),
        (USUAL_SETTINGS, DUE + HOUR, DUE + HOUR + timedelta(seconds=1), False, True),
        # The due date was moved past the extension: nobody loses by having one.
        (USUAL_SETTINGS, DUE - HOUR, DUE, True, False),
        (LATE, None, DUE + timedelta(days=300), True, True),
        (replace(LATE, late_until=DUE + HOUR), None, DUE + HOUR, True, True),
        (replace(LATE, late_until=DUE + HOUR), None, DUE + 2 * HOUR, False, True),
        # An extension beyond the last moment for late drafts still holds.
        (replace(LATE, late_until=DUE + HOUR), DUE + 3 * HOUR, DUE + 3 * HOUR, True, False),
        (replace(LATE, late_until=DUE + HOUR), DUE + 3 * HOUR, DUE + 4 * HOUR, False, True),
        # What was a last moment while late drafts were taken means nothing once they are refused.
        (replace(USUAL_SETTINGS, late_until=DUE + HOUR), None, DUE + HOUR, False, True),
    ],
)
def test_the_deadline_holds_with_extensions_and_late_drafts(
    settings: TaskSettings, extended_to: datetime | None, at: datetime, taken: bool, late: bool
) -> None:
    asked = task(settings=settings, extended_to=extended_to)
    reason = may_submit(asked, drafts_used=0, now=at)
    assert (reason is None) is taken
    assert taken or "deadline has passed" in str(reason)
    assert is_late(asked, at) is late


def test_the_student_is_told_when_the_next_draft_can_come_across_the_change_of_clocks() -> None:
    zone = "Europe/Berlin"
    last = moment_of(datetime(2026, 10, 25, 0, 30), zone)  # noqa: DTZ001 the local hour in `zone`
    due = moment_of(datetime(2026, 10, 30, 12), zone)  # noqa: DTZ001
    asked = task(settings=replace(USUAL_SETTINGS, minutes_between=180), time_zone=zone, due_at=due)
    told = may_submit(asked, drafts_used=1, now=last + timedelta(minutes=179), last_at=last)
    # Three hours on the clock of the wall are two on its face: 03:00 came twice that night.
    assert told is not None
    assert "from Sun 25 October 2026, 02:30 CET" in told
    assert may_submit(asked, drafts_used=1, now=last + timedelta(minutes=180), last_at=last) is None
    assert may_submit(asked, drafts_used=0, now=last) is None


def test_a_pause_that_ends_after_the_deadline_says_so() -> None:
    asked = task(settings=replace(USUAL_SETTINGS, minutes_between=60 * 24))
    told = may_submit(asked, drafts_used=1, now=DUE - HOUR, last_at=DUE - 2 * HOUR)
    assert told is not None
    assert "after the deadline" in told


@pytest.mark.parametrize(("words", "taken"), [(9, False), (10, True), (20, True), (21, False), (None, True)])
def test_word_limits_refuse_only_where_they_are_set_to(words: int | None, taken: bool) -> None:
    limits = task(word_min=10, word_max=20, settings=replace(USUAL_SETTINGS, word_limits=WordLimits.REFUSE))
    told = may_submit(limits, drafts_used=0, now=DUE, words=words)
    assert (told is None) is taken
    assert taken or "not taken in: change your text" in str(told)
    assert may_submit(task(word_min=10, word_max=20), drafts_used=0, now=DUE, words=words) is None


def test_files_are_those_chosen_of_what_the_kind_of_work_takes() -> None:
    chosen = task(settings=replace(USUAL_SETTINGS, file_types=(FileType.PDF, FileType.NOTEBOOK)))
    assert endings(chosen) == ("pdf",)
    assert files_in_words(chosen) == "PDF"
    assert may_submit(chosen, drafts_used=0, now=DUE, file=FileType.PDF) is None
    told = may_submit(chosen, drafts_used=0, now=DUE, file=FileType.DOCX)
    assert told == "This assignment does not take DOCX files. Save your draft as PDF."
    # Pasted text is always taken, and a choice that the kind of work no longer takes leaves all of them.
    assert may_submit(chosen, drafts_used=0, now=DUE, words=10) is None
    gone = task(settings=replace(USUAL_SETTINGS, file_types=(FileType.NOTEBOOK,)))
    assert endings(gone) == endings(task())


@given(
    now=moments, due=moments, extension=st.none() | moments, late=st.sampled_from(LatePolicy),
    late_until=st.none() | moments, pause=st.integers(0, 10_000), last=st.none() | moments, used=st.integers(0, 4),
)  # fmt: skip
def test_whatever_the_moments_the_reason_and_the_deadline_agree(
    now: datetime, due: datetime, extension: datetime | None, late: LatePolicy, late_until: datetime | None,
    pause: int, last: datetime | None, used: int,
) -> None:  # fmt: skip
    settings = replace(USUAL_SETTINGS, late=late, late_until=late_until, minutes_between=pause)
    asked = task(due_at=due, extended_to=extension, settings=settings)
    end, opens = last_moment(asked), next_possible(asked, last)
    told = may_submit(asked, drafts_used=used, now=now, last_at=last)
    may = (end is None or now <= end) and used < asked.max_drafts and (opens is None or now >= opens)
    assert (told is None) is may
    assert asked.deadline >= due
    if told is None and is_late(asked, now):
        assert late is LatePolicy.ACCEPT
    # An extension never takes anything away.
    if may_submit(replace(asked, extended_to=None), drafts_used=used, now=now, last_at=last) is None:
        assert told is None
