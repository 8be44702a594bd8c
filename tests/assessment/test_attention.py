"""What makes a draft need a person sooner: each reason adds, wider disagreement adds more."""

from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.attention import WIDE, Attention, Reason, attention_for

QUIET = {"unsupported": 0, "hidden": 0, "failed": 0, "unscored": 0}


def judged(*disagreements: float, too_few: bool = False, **counts: int) -> Attention:
    return attention_for(disagreements=disagreements, too_few=too_few, **{**QUIET, **counts})


def test_nothing_special_needs_nobody() -> None:
    assert judged() == Attention(0.0, ())


def test_readers_two_levels_apart_are_a_reason_and_one_level_is_an_order() -> None:
    assert judged(WIDE).reasons == (Reason.DISAGREEMENT,)
    assert judged(0.4).reasons == ()
    assert judged(0.4).level > judged(0.2).level


def test_too_few_readings_come_before_everything_else() -> None:
    assert judged(too_few=True).level > judged(1.0, hidden=0).level
    assert judged(too_few=True, unscored=3).reasons == (Reason.TOO_FEW_READINGS,)


@given(st.lists(st.floats(0, 1), max_size=5), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_another_reason_never_makes_a_draft_less_urgent(
    disagreements: list[float], unsupported: int, hidden: int, failed: int
) -> None:
    before = judged(*disagreements, unsupported=unsupported)
    after = judged(*disagreements, unsupported=unsupported, hidden=hidden, failed=failed)
    assert after.level >= before.level >= 0
    assert set(before.reasons) <= set(after.reasons)
