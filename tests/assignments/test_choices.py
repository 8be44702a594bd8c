"""Settings that follow: what holds from installation, course and assignment, forms of them, and versions."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.assignments.choices import (
    NAMES,
    PRODUCT,
    USUAL_SETTINGS,
    Choices,
    Detail,
    LatePolicy,
    Origin,
    ReviewPolicy,
    Shape,
    StudentsSee,
    WordLimits,
    choices_from_json,
    choices_to_json,
    resolved,
)
from feedforward.assignments.settings_form import (
    DefaultsForm,
    SettingsForm,
    SettingsSpec,
    defaults_form,
    parse_choices,
    parse_settings,
    settings_form,
)
from feedforward.assignments.settings_words import WORDINGS, minutes_in_words, value_in_words
from feedforward.assignments.versions import as_of, changed_between, mark_of, snapshot_of
from feedforward.extraction.sniffing import FileType
from tests.assignments.test_rules import TASK

choices = st.builds(
    Choices, late=st.none() | st.sampled_from(LatePolicy), minutes_between=st.none() | st.integers(0, 1000),
    word_limits=st.none() | st.sampled_from(WordLimits), tone=st.none() | st.sampled_from(["warm", "dry"]),
    detail=st.none() | st.sampled_from(Detail), focus=st.none() | st.just("the argument"),
    language=st.none() | st.sampled_from(["German", "draft"]), shape=st.none() | st.sampled_from(Shape),
    students_see=st.none() | st.sampled_from(StudentsSee), review=st.none() | st.sampled_from(ReviewPolicy),
    anonymous=st.none() | st.booleans(),
)  # fmt: skip


@given(installation=choices, course=choices, own=choices)
def test_the_nearest_choice_holds_and_each_value_says_where_it_comes_from(
    installation: Choices, course: Choices, own: Choices
) -> None:
    found = resolved(choices_to_json(installation), choices_to_json(course), choices_to_json(own), False)
    levels = dict(zip(Origin, (PRODUCT, installation, course, own), strict=True))
    for name in NAMES:
        nearest = max((each for each in Origin if getattr(levels[each], name) is not None), key=list(Origin).index)
        assert found.origin(name) is nearest
        assert getattr(found, name) == getattr(levels[nearest], name)
    assert found.chosen == own


@given(own=choices)
def test_what_was_chosen_comes_back_from_rows_and_from_forms(own: Choices) -> None:
    assert choices_from_json(choices_to_json(own)) == own
    assert parse_choices(defaults_form(own, version=3)) == own


def test_old_rows_and_unknown_words_follow_and_shown_numbers_stay_shown() -> None:
    assert resolved(None, None, None, False) == replace(USUAL_SETTINGS, above=PRODUCT)
    assert resolved(None, None, None, True).students_see is StudentsSee.NUMBERS
    assert resolved(None, None, choices_to_json(Choices(students_see=StudentsSee.WORDS)), True).students_see == "words"
    odd = json.dumps({"late": "maybe", "minutes_between": "ten", "anonymous": 1, "colour": "red", "tone": "warm"})
    assert choices_from_json(odd) == Choices(tone="warm")


def test_feedback_goes_out_unreviewed_only_where_both_say_so() -> None:
    asked = replace(USUAL_SETTINGS, review=ReviewPolicy.NOT_REQUIRED)
    assert not asked.goes_out_unreviewed
    assert not replace(USUAL_SETTINGS, unreviewed_allowed=True).goes_out_unreviewed
    assert replace(asked, unreviewed_allowed=True).goes_out_unreviewed


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("late", "perhaps"), ("minutes_between", "-1"), ("minutes_between", "99999999"), ("minutes_between", "²"),
        ("word_limits", "x"), ("tone", "x" * 201), ("focus", "x" * 501), ("language", "Klingon"), ("detail", "none"),
        ("shape", "round"), ("students_see", "all"), ("review", "no"), ("anonymous", "maybe"),
        ("late_until", "2026-11-01T10:00"), ("late_until", "soon"), ("late_until", "2027-03-28T02:30"),
        ("return_at", "later"),
    ],
)  # fmt: skip
def test_each_wrong_setting_is_told_at_its_field(field: str, typed: str) -> None:
    problems = parse_settings(replace(settings_form(TASK), **{field: typed}), TASK)  # type: ignore[arg-type]
    assert isinstance(problems, dict)
    assert list(problems) == [field]


def test_settings_fill_their_form_and_parse_back_to_themselves() -> None:
    chosen = replace(
        TASK.settings, late_until=datetime(2026, 12, 24, 9, tzinfo=UTC), file_types=(FileType.DOCX, FileType.PDF),
        chosen=Choices(tone="warm", anonymous=False),
    )  # fmt: skip
    spec = parse_settings(settings_form(replace(TASK, settings=chosen)), TASK)
    assert spec == SettingsSpec(Choices(tone="warm", anonymous=False), chosen.late_until, chosen.file_types, None)
    usual = parse_settings(settings_form(TASK), TASK)
    assert isinstance(usual, SettingsSpec)
    assert usual.file_types == ()
    nothing = parse_settings(replace(settings_form(TASK), file_types=()), TASK)
    assert isinstance(nothing, dict)
    assert list(nothing) == ["file_types"]


@given(st.builds(SettingsForm, *[st.text(max_size=9)] * 13, st.just(("DOCX",)), st.text(max_size=9), st.text()))
def test_no_settings_form_breaks_the_parser(form: SettingsForm) -> None:
    parsed = parse_settings(form, TASK)
    assert isinstance(parsed, SettingsSpec) or all(parsed.values())


def test_every_setting_has_its_words() -> None:
    assert set(WORDINGS) == set(NAMES) <= set(asdict(DefaultsForm()))
    for name in NAMES:
        assert value_in_words(USUAL_SETTINGS, name)
        assert WORDINGS[name].hint
    assert [minutes_in_words(each) for each in (0, 1, 90, 120, 1440, 4320)] == [
        "none", "1 minute", "90 minutes", "2 hours", "1 day", "3 days",
    ]  # fmt: skip


def test_a_snapshot_gives_the_assignment_as_it_stood_and_says_what_changed() -> None:
    before = replace(TASK, settings=replace(TASK.settings, tone="dry", detail=Detail.BRIEF), instructions="Old.")
    snapshot = snapshot_of(before, ())
    assert as_of(replace(TASK, title="Bikes", status=TASK.status), snapshot) == before
    after = snapshot_of(replace(before, word_max=500, rubric_id=9), ())
    assert changed_between(snapshot, after) == ["the word limits", "the rubric"]
    assert mark_of(snapshot) != mark_of(after)
    # Dates bear on nothing that was read.
    assert snapshot_of(replace(before, due_at=TASK.due_at.replace(year=2030)), ()) == snapshot
