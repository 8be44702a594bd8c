"""Fail points exist in tests of crashes and nowhere else."""

import pytest

from feedforward.assessment import fail_points as module
from feedforward.assessment.fail_points import POINTS, fail_points, pass_by
from feedforward.errors import RuleBroken
from feedforward.settings import Settings


def test_without_the_variable_nothing_happens_at_any_point() -> None:
    reached = fail_points({})
    assert reached is pass_by
    for point in POINTS:
        reached(point)


def test_the_variable_is_no_setting_of_the_product() -> None:
    assert "fail_at" not in Settings.model_fields


@pytest.mark.parametrize("asked", ["nowhere", "after-claim:soon", ":2"])
def test_a_point_there_is_not_is_refused(asked: str) -> None:
    with pytest.raises(RuleBroken, match="for tests"):
        fail_points({module.VARIABLE: asked})


def test_a_process_dies_at_its_point_the_time_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    deaths: list[int] = []
    monkeypatch.setattr(module, "die", lambda: deaths.append(1))
    reached = fail_points({module.VARIABLE: "after-claim:2"})
    reached("before-claim")
    reached("after-claim")
    assert deaths == []
    reached("after-claim")
    reached("after-claim")
    assert deaths == [1]
