"""Deadlines, the details form, the readers form, the checklist and where text goes: the pure rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assignments.deadlines import moment_of, typed_moment
from feedforward.assignments.details import AssignmentSpec, DetailsForm, differences, form_of, parse_details
from feedforward.assignments.publishing import checks_for
from feedforward.assignments.readers import ReadersForm, ReadersSpec, form_of_readers, parse_readers, readers_typed
from feedforward.assignments.rules import AssignmentStatus, MergeMethod, ReaderSetting, Task
from feedforward.assignments.text_travel import text_travel
from feedforward.courses.rules import CourseStatus, time_zones
from feedforward.errors import RuleBroken
from feedforward.llm.providers import Provider, ProviderKind
from feedforward.ui.fields import date_time_value
from tests.rubrics.made import ESSAY

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
OFFERED = ("built-in", "openai/gpt-5", "local/small")
TASK = Task(
    1, 2, "ENG 101", "Writing", CourseStatus.ACTIVE, 3, "Cars", "Argue.", "essay", NOW + timedelta(days=1),
    "Europe/Berlin", 3, None, None, MergeMethod.MEAN, 1, None, "", AssignmentStatus.DRAFT, 1,
)  # fmt: skip
zones = st.sampled_from(time_zones())
minutes = st.datetimes(datetime(2001, 1, 1), datetime(2098, 1, 1)).map(  # noqa: DTZ001 naive on purpose
    lambda when: when.replace(second=0, microsecond=0, fold=0)
)


@given(moment=minutes.map(lambda when: when.replace(tzinfo=UTC)), zone=zones)
def test_a_deadline_shown_and_typed_again_reads_the_same_and_is_never_earlier(moment: datetime, zone: str) -> None:
    shown = date_time_value(moment, zone)
    again = typed_moment(shown, zone)
    assert date_time_value(again, zone) == shown
    # Twice only in the hour that clocks repeat: then the second one counts.
    assert again >= moment
    assert again == moment or moment.astimezone(ZoneInfo(zone)).fold == 0


@given(local=minutes, zone=zones)
def test_any_local_time_is_a_moment_that_reads_the_same_or_is_refused_as_skipped(local: datetime, zone: str) -> None:
    try:
        moment = moment_of(local, zone)
    except RuleBroken:
        # Skipped: an hour later clocks show something again.
        moment_of(local + timedelta(days=1, hours=1), zone)
        return
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local


def test_the_skipped_hour_is_refused_and_the_repeated_hour_means_its_second_time() -> None:
    with pytest.raises(RuleBroken, match="skip 02:30 on that day"):
        typed_moment("2027-03-28T02:30", "Europe/Berlin")
    assert typed_moment("2026-10-25T02:30", "Europe/Berlin") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert typed_moment("2026-07-01T23:59", "Europe/Berlin") == datetime(2026, 7, 1, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "2026-12-04", "2026-12-04T23:59Z", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_what_is_no_local_day_and_hour_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        typed_moment(typed, "Europe/Berlin")


def test_a_stored_assignment_fills_its_form_and_parses_back_to_itself() -> None:
    spec = parse_details(form_of(TASK))
    assert isinstance(spec, AssignmentSpec)
    assert (spec.title, spec.due_at, spec.max_drafts, spec.retention_days) == ("Cars", TASK.due_at, 3, None)
    assert differences(form_of(TASK), form_of(replace(TASK, version=9))) == []
    assert differences(form_of(TASK), form_of(replace(TASK, title="Bikes", max_drafts=2))) == ["title", "most drafts"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", " "), ("title", "x" * 201), ("kind", "song"), ("due", "soon"), ("time_zone", "Mars/Olympus"),
        ("time_zone", ""), ("max_drafts", "0"), ("max_drafts", ""), ("max_drafts", "three"), ("max_drafts", "²"),
        ("word_min", "-1"), ("word_max", "1e3"), ("retention_days", "-1"), ("retention_days", "99999"),
    ],
)  # fmt: skip
def test_each_wrong_detail_is_told_at_its_field(field: str, typed: str) -> None:
    problems = parse_details(replace(form_of(TASK), **{field: typed}))
    assert isinstance(problems, dict)
    assert list(problems) == [field]


def test_word_limits_must_not_cross_and_zero_days_of_keeping_are_allowed() -> None:
    crossed = parse_details(replace(form_of(TASK), word_min="900", word_max="600"))
    assert isinstance(crossed, dict)
    assert list(crossed) == ["word_max"]
    spec = parse_details(replace(form_of(TASK), retention_days="0"))
    assert isinstance(spec, AssignmentSpec)
    assert spec.retention_days == 0


@given(form=st.builds(DetailsForm, *[st.text(max_size=12)] * 9, st.text(max_size=5), st.text(max_size=5)))
def test_no_details_form_breaks_the_parser(form: DetailsForm) -> None:
    parsed = parse_details(form)
    assert isinstance(parsed, AssignmentSpec) or all(parsed.values())


def typed(*chosen: str, method: str = "mean", least: str = "1", **changed: str) -> ReadersForm:
    sent = {"merge_method": method, "min_readings": least}
    for number, name in enumerate(OFFERED):
        start = f"reader.{number}."
        sent |= {f"{start}name": name, f"{start}runs": "1", f"{start}weight": "1", f"{start}temperature": "0"}
        if name in chosen:
            sent[f"{start}use"] = "yes"
    shown = form_of_readers((), MergeMethod.MEAN, 1, OFFERED)
    return readers_typed({**sent, **{name.replace("__", "."): value for name, value in changed.items()}}, shown)


def test_chosen_readers_come_out_in_order_and_the_built_in_one_reads_once() -> None:
    spec = parse_readers(
        typed(
            "openai/gpt-5",
            "built-in",
            least="3",
            reader__0__runs="5",
            reader__1__runs="2",
            reader__1__fallback="local/small",
        )
    )
    assert isinstance(spec, ReadersSpec)
    assert [(reader.reader, reader.runs, reader.fallback_reader) for reader in spec.readers] == [
        ("built-in", 1, None), ("openai/gpt-5", 2, "local/small"),
    ]  # fmt: skip
    assert spec.readings == 3


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (typed(), "reader.0.use"),
        (typed("built-in", method="best"), "merge_method"),
        (typed("built-in", least="2"), "min_readings"),
        (typed("built-in", least=""), "min_readings"),
        (typed("openai/gpt-5", reader__1__runs="6"), "reader.1.runs"),
        (typed("openai/gpt-5", reader__1__runs="1.5"), "reader.1.runs"),
        (typed("openai/gpt-5", reader__1__temperature="nan"), "reader.1.temperature"),
        (typed("openai/gpt-5", reader__1__weight="-1"), "reader.1.weight"),
        (typed("openai/gpt-5", reader__1__weight="0"), ""),
        (typed("openai/gpt-5", reader__1__fallback="openai/gpt-5"), "reader.1.fallback"),
        (typed("openai/gpt-5", reader__1__fallback="nobody/knows"), "reader.1.fallback"),
    ],
)
def test_each_wrong_choice_of_readers_is_told_at_its_field(form: ReadersForm, field: str) -> None:
    problems = parse_readers(form)
    assert isinstance(problems, dict)
    assert list(problems) == [field]


def test_a_reader_nobody_offers_cannot_be_smuggled_in_and_a_vanished_one_must_be_unticked() -> None:
    sent = {"merge_method": "mean", "min_readings": "1", "reader.0.name": "evil/model", "reader.0.use": "yes"}
    form = readers_typed(sent, form_of_readers((), MergeMethod.MEAN, 1, OFFERED))
    assert not any(row.chosen for row in form.rows)
    gone = form_of_readers((ReaderSetting(7, 0, "old/model", 1, 1, 0, 100, None),), MergeMethod.MEAN, 1, OFFERED)
    problems = parse_readers(gone)
    assert isinstance(problems, dict)
    assert "no longer set up" in problems["reader.3.use"]


def test_the_checklist_names_what_is_missing_and_where_to_do_it() -> None:
    reader = ReaderSetting(1, 0, "built-in", 1, 1, 0, 100, None)
    assert all(check.fine for check in checks_for(TASK, ESSAY, [reader], OFFERED, NOW))
    poor = replace(TASK, instructions=" ", due_at=NOW, min_readings=2)
    todo = {check.place for check in checks_for(poor, None, [reader], OFFERED, NOW) if not check.fine}
    assert todo == {"details", "rubric", "readers"}
    gone = checks_for(TASK, ESSAY, [replace(reader, reader="old/model")], OFFERED, NOW)[-1]
    assert not gone.fine
    assert "old/model: no longer set up here" in gone.todo


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        (None, False), ("https://llm.example.com/v1", False), ("http://127.0.0.1:11434/v1", True),
        ("http://localhost:8080/v1", True), ("http://10.1.2.3/v1", True), ("http://gpu.internal/v1", True),
        ("https://8.8.8.8/v1", False),
    ],
)  # fmt: skip
def test_text_is_said_to_leave_unless_the_model_runs_inside(address: str | None, stays: bool) -> None:
    kind = ProviderKind.OPENAI_COMPATIBLE if address else ProviderKind.OPENAI
    provider = Provider(name="openai", kind=kind, base_url=address, models=("gpt-5",))
    reader = ReaderSetting(1, 0, "built-in", 1, 1, 0, 100, fallback_reader="openai/gpt-5")
    travel = text_travel([reader], [provider])
    assert travel.stays is stays
    assert ("leaves your institution" in " ".join(travel.sentences)) is not stays
