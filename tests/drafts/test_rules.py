"""When a draft may be handed in, what the student is told, and under which name a file is saved."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assignments.rules import AssignmentStatus, MergeMethod, ReaderSetting, Task
from feedforward.courses.rules import CourseStatus
from feedforward.drafts.reading_notice import text_notice
from feedforward.drafts.rules import DraftContent, may_submit, word_problem
from feedforward.drafts.stage_parts import duration, usual_times
from feedforward.extraction.reading import document_from_text
from feedforward.web.attachments import attachment

DUE = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


def task(**changed: object) -> Task:
    values: dict[str, object] = {
        "assignment_id": 1, "course_id": 1, "course_code": "ENG", "course_title": "Writing",
        "course_status": CourseStatus.ACTIVE, "rubric_id": 1, "title": "Essay", "instructions": "", "kind": "essay",
        "due_at": DUE, "time_zone": "UTC", "max_drafts": 2, "word_min": None, "word_max": None,
        "merge_method": MergeMethod.MEAN, "min_readings": 1, "retention_days": None,
        "guidelines": "", "status": AssignmentStatus.ACTIVE, "version": 1,
    }  # fmt: skip
    return Task(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "used", "late", "word"),
    [
        ({"status": AssignmentStatus.INACTIVE}, 0, -1, "closed"),
        ({"course_status": CourseStatus.ARCHIVED}, 0, -1, "closed"),
        ({"rubric_id": None}, 0, -1, "no rubric"),
        ({}, 0, 0.001, "deadline has passed"),
        ({}, 2, -1, "all 2 drafts"),
        ({"max_drafts": 1}, 1, -1, "the one draft"),
    ],
)
def test_a_closed_late_or_used_up_assignment_says_which_it_is(
    changed: dict[str, object], used: int, late: float, word: str
) -> None:
    reason = may_submit(task(**changed), drafts_used=used, now=DUE + timedelta(seconds=late))
    assert reason is not None
    assert word in reason


def test_the_moment_of_the_deadline_still_counts() -> None:
    assert may_submit(task(), drafts_used=1, now=DUE) is None


def test_a_text_outside_the_limits_is_told_with_both_numbers() -> None:
    limits = task(word_min=10, word_max=20)
    assert word_problem(limits, 9) == "Your text has 9 words; at least 10 are asked for."
    assert word_problem(limits, 21) == "Your text has 21 words; at most 20 are asked for."
    assert word_problem(limits, 10) is None


@pytest.mark.parametrize(
    ("fields", "words", "leaves"),
    [
        ({"base_url": "http://127.0.0.1:11434/v1"}, "runs on this server", False),
        ({"base_url": "http://models.lan/v1"}, "institution’s own network", False),
        ({"base_url": "http://[fd12::1]/v1"}, "institution’s own network", False),
        ({"base_url": "https://api.example.com/v1"}, "sent over the internet to “corp” (api.example.com)", True),
        ({"kind": "openai"}, "sent over the internet to “corp”, a company outside", True),
        (None, "not set up at the moment", False),
    ],
)
def test_the_notice_says_truly_where_a_model_reads(fields: dict[str, str] | None, words: str, leaves: bool) -> None:
    reader = ReaderSetting(1, 0, "corp/large", 1, 1.0, 0.0, 1000, None)
    providers = {} if fields is None else {"corp": fields}
    told = text_notice(task(), [reader], providers, retention_days=30, unreleased_days=180)
    assert words in told.readers[0]
    assert told.leaves is leaves


def test_the_notice_names_a_fallback_too_and_days_as_they_are_set() -> None:
    reader = ReaderSetting(1, 0, "built-in", 1, 1.0, 0.0, 1000, "corp/large")
    told = text_notice(
        task(retention_days=0), [reader], {"corp": {"kind": "openai"}}, retention_days=30, unreleased_days=1
    )
    assert told.leaves
    assert any("If one of them fails" in each for each in told.readers)
    assert any("as soon as your feedback is released" in each for each in told.keeping)
    assert any("1 day after the deadline" in each for each in told.keeping)


@given(st.text(max_size=300))
def test_any_file_name_gives_one_safe_header_line(name: str) -> None:
    header = attachment(name)
    header.encode("latin-1")
    assert header.isprintable()
    assert header.count('"') == 2
    saved = unquote(header.split("filename*=UTF-8''")[1])
    assert saved
    assert "/" not in saved
    assert "\\" not in saved
    assert len(saved) <= 120


@given(st.floats(min_value=0.01, max_value=10**7))
def test_a_time_in_words_is_never_shorter_than_it_was(seconds: float) -> None:
    number, unit = duration(seconds).split()
    size = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit.removesuffix("s")]
    assert int(number) * size >= seconds
    assert (int(number) - 1) * size < seconds


def test_nothing_is_said_about_usual_times_before_three_drafts() -> None:
    moments = [(DUE, DUE + timedelta(minutes=minutes)) for minutes in (1, 5, 60)]
    assert usual_times(moments[:2], []).until_read is None
    assert usual_times(moments, []).until_read == 300


@given(st.text(alphabet=st.characters(categories=("L", "P", "Zs")), min_size=1, max_size=200), st.text(max_size=40))
def test_content_comes_back_from_json_as_it_was(text: str, name: str) -> None:
    content = DraftContent.of(document_from_text(f"word {text}"), name)
    assert DraftContent.from_json(content.to_json()) == content
