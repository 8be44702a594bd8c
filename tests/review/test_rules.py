"""The rules of review: results, times of release, and two people writing at once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.errors import RuleBroken
from feedforward.review.decision_routes import safe_file_name
from feedforward.review.form_values import fingerprint_of, reconcile, typed_values
from feedforward.review.rules import Result, release_moment, result_from, score_text
from feedforward.review.sealing import shifted
from feedforward.rubrics.rules import Criterion, Level
from feedforward.storage.passages import fill_passages, lift_passages

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
CRITERION = Criterion("1", "Argument", 1, "", tuple(Level(f"L{n}", n / 3) for n in range(4)))
VALUES = st.dictionaries(
    st.sampled_from(["summary", "note", "comment.1.text", "criterion.2.level"]), st.text(max_size=8), min_size=4
)


@given(score=st.floats(0, 1))
def test_what_the_form_shows_of_a_result_comes_back_as_no_change(score: float) -> None:
    before = Result(CRITERION.level_for(score), score)
    assert result_from(CRITERION, before, level=str(before.level), score=score_text(score)) == before


@given(before=st.floats(0, 1), level=st.integers(0, 3))
def test_a_level_alone_brings_its_points_and_a_score_alone_its_nearest_level(before: float, level: int) -> None:
    standing = Result(CRITERION.level_for(before), before)
    chosen = result_from(CRITERION, standing, level=str(level), score=score_text(before))
    assert chosen.level == level
    given_score = result_from(CRITERION, standing, level=str(standing.level), score=str(round(level / 3, 2)))
    assert given_score.level is not None
    assert given_score.score is not None
    assert given_score.level == CRITERION.level_for(given_score.score)


@pytest.mark.parametrize(
    ("level", "score"), [("9", ""), ("x", ""), ("0", "1"), ("", "1.5"), ("", "many"), ("", "nan"), ("", "inf")]
)
def test_results_outside_the_criterion_and_contradictions_are_refused(level: str, score: str) -> None:
    with pytest.raises(RuleBroken):
        result_from(CRITERION, Result(1, 1 / 3), level=level, score=score)


def test_emptying_both_fields_leaves_the_criterion_unjudged() -> None:
    assert result_from(CRITERION, Result(1, 1 / 3), level="", score="") == Result(None, None)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "tomorrow",
        "2026-11-16T12:59",
        "2028-01-01T10:00",
        "2027-03-28T02:30",
        "2026-12-01T10:00+01:00",
        "9999-12-31T23:59",
    ],
)
def test_a_release_needs_a_local_time_that_exists_and_lies_ahead(raw: str) -> None:
    with pytest.raises(RuleBroken):
        release_moment(raw, "Europe/Berlin", NOW)


def test_a_local_time_of_release_is_told_in_the_assignments_zone() -> None:
    assert release_moment("2026-11-16T14:00", "Europe/Berlin", NOW) == NOW + timedelta(hours=1)


@given(base=VALUES, mine=VALUES, theirs=VALUES)
def test_of_three_versions_nothing_typed_is_lost_and_nothing_of_the_other_is_undone_unseen(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    shown = fingerprint_of(base)
    result = reconcile(typed=typed_values(shown, mine), base=shown, current=theirs)
    for name in theirs:
        before, typed, now = base[name].strip(), mine[name].strip(), theirs[name].strip()
        kept = result.values[name].strip()
        if typed != before:
            assert kept == typed or typed == now
        else:
            assert kept == now
        if typed != before and now != before and typed != now:
            assert result.clashes[name] == theirs[name]
        if typed == before and now != before:
            assert name in result.theirs


@given(
    first=st.text("abc ⟦⟧12", max_size=30), second=st.text("abc ⟦⟧12", max_size=30),
    words=st.lists(st.sampled_from("abc"), min_size=2, max_size=12),
)  # fmt: skip
def test_two_texts_share_one_list_of_passages_and_both_come_back_whole(
    first: str, second: str, words: list[str]
) -> None:
    draft = " ".join(words)
    lifted, other = lift_passages(first, draft, 2), lift_passages(second, draft, 2)
    together = (*lifted.passages, *other.passages)
    assert fill_passages(lifted.template, together) == first
    assert fill_passages(shifted(other.template, len(lifted.passages)), together) == second


@given(name=st.text(max_size=300))
def test_a_file_name_for_downloads_holds_plain_letters_only(name: str) -> None:
    safe = safe_file_name(name, 7)
    assert safe.startswith("draft-7-")
    assert len(safe) <= 100
    assert all(sign.isascii() and (sign.isalnum() or sign in "._-") for sign in safe)
    assert ".." not in safe.replace("...", "..") or "/" not in safe
