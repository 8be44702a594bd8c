"""When content goes and who is told before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedforward.drafts.tables import STATUSES
from feedforward.retention.rules import DraftClock, ErasureReason, is_due, must_be_told, planned_erasure

MOMENTS = st.integers(0, 730 * 24).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
CLOCKS = st.builds(
    DraftClock, status=st.sampled_from(STATUSES), erase_after=st.none() | MOMENTS, created_at=MOMENTS,
    submitted_at=st.none() | MOMENTS, due_at=MOMENTS, preserved=st.booleans(), erased=st.booleans(),
)  # fmt: skip
DAYS = st.integers(1, 400)


@given(clock=CLOCKS, unreleased=DAYS, notice=DAYS)
def test_what_is_preserved_or_erased_has_no_date_and_everything_else_has_one(
    clock: DraftClock, unreleased: int, notice: int
) -> None:
    planned = planned_erasure(clock, unreleased_days=unreleased, notice_days=notice)
    assert (planned is None) == (clock.preserved or clock.erased)


@given(clock=CLOCKS, unreleased=DAYS, notice=DAYS, now=MOMENTS)
def test_nothing_that_waits_for_its_instructor_goes_before_its_days_are_over(
    clock: DraftClock, unreleased: int, notice: int, now: datetime
) -> None:
    planned = planned_erasure(clock, unreleased_days=unreleased, notice_days=notice)
    if clock.status in ("awaiting_review", "needs_manual_feedback", "withheld") and is_due(planned, now):
        assert now >= clock.due_at + timedelta(days=unreleased)
        assert clock.submitted_at is None or now >= clock.submitted_at + timedelta(days=unreleased)
        assert must_be_told(planned, now)


@given(clock=CLOCKS, unreleased=DAYS, notice=DAYS)
def test_the_notice_comes_its_days_before_and_only_where_nothing_else_said_it(
    clock: DraftClock, unreleased: int, notice: int
) -> None:
    planned = planned_erasure(clock, unreleased_days=unreleased, notice_days=notice)
    if planned is not None:
        told = planned.reason is ErasureReason.NEVER_RELEASED
        assert planned.told_from == (planned.at - timedelta(days=notice) if told else None)
