"""Every act that is recorded anywhere has words of its own, and a kind it is found under."""

import re
from pathlib import Path

import feedforward
from feedforward.home.audit_words import KINDS, actions_of_kind, actions_with_words

SOURCE = Path(feedforward.__file__).parent
# Of these an f-string tells the end.
MADE_UP = {"calibration.use", "calibration.stop", "calibration.remove", "second_factor.off", "second_factor.removed"}


def test_every_recorded_act_has_words_and_a_kind() -> None:
    recorded = {
        code
        for file in SOURCE.rglob("*.py")
        for code in re.findall(r'action="([a-z_]+\.[a-z_]+)"', file.read_text("utf-8"))
    } | MADE_UP
    assert len(recorded) > 80
    known = {code for kind in KINDS for code in actions_of_kind(kind)}
    assert sorted(recorded - known) == []
    assert {code.partition(".")[0] for code in recorded} <= set(KINDS)


def test_acts_are_found_by_their_words_in_any_order() -> None:
    assert "review.release" in actions_with_words("feedback released")
    assert actions_with_words("no such words") == frozenset()
    assert "some.old_act" in actions_with_words("some.old_act")
