"""What calibration learns, what it refuses, and that it is written down exactly."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest

from feedforward.calibration.fitting import FEWEST_TEXTS, PENALTIES, _ridge, _together, fit
from feedforward.calibration.mapping import Calibration, calibration_from_json
from feedforward.calibration.trials import MarkedText
from feedforward.errors import RuleBroken
from tests.calibration.planted import SCALES, planted_texts


def fitted(texts: list[MarkedText]) -> Calibration:
    return fit(
        [each.features["made-up"] for each in texts], [each.marks for each in texts], SCALES, reader="made-up",
        version="1", groups=[each.group for each in texts] if texts[0].group else (),
    )  # fmt: skip


def test_too_few_texts_are_refused_with_a_sentence() -> None:
    with pytest.raises(RuleBroken, match=f"at least {FEWEST_TEXTS} texts .* only {FEWEST_TEXTS - 1}"):
        fitted(planted_texts(FEWEST_TEXTS - 1, seed=1))


def test_damaged_and_foreign_calibrations_are_refused() -> None:
    sound = fitted(planted_texts(40, seed=1)).to_json()
    for wrong in (
        {}, {**sound, "form": 0}, {**sound, "features": sound["features"][:-1]}, {**sound, "criteria": [{"name": "x"}]},
        {**sound, "features": [[*each[:2], 0] for each in sound["features"]]}, {**sound, "n": "many"},
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match="calibrate again"):
            calibration_from_json(wrong)


def test_a_planted_linear_relation_is_recovered() -> None:
    learnt, fresh = planted_texts(200, seed=1, noise=0.1), planted_texts(200, seed=2, noise=0.1)
    calibration = fitted(learnt)
    weights = {
        each.name: dict(zip((f.name for f in calibration.features), each.weights, strict=True))
        for each in calibration.criteria
    }
    assert weights["Ideas"]["text:0"] > 0.4
    assert weights["Ideas"]["text:1"] < -0.3
    assert max(abs(weights["Ideas"][f"text:{at}"]) for at in range(3, 10)) < 0.15
    missed = [
        abs(calibration.predict(each.features["made-up"])[name].score - mark)
        for each in fresh
        for name, mark in each.marks.items()
    ]
    assert sum(missed) / len(missed) < 0.3


def test_about_nine_of_ten_fresh_marks_lie_in_their_range() -> None:
    calibration = fitted(planted_texts(150, seed=3, noise=0.5))
    inside = [
        found.low <= each.marks[name] <= found.high
        for each in planted_texts(400, seed=4, noise=0.5)
        for name, found in calibration.predict(each.features["made-up"]).items()
    ]
    assert 0.84 < sum(inside) / len(inside) < 0.97


def test_scores_and_ranges_never_leave_the_scale() -> None:
    calibration = fitted(planted_texts(60, seed=5))
    for far in (-1e9, 1e9):
        for found in calibration.predict({f"text:{at}": far for at in range(10)}).values():
            assert 1 <= found.low <= found.score <= found.high <= 5


def test_unknown_and_missing_features_do_not_matter() -> None:
    calibration = fitted(planted_texts(60, seed=5))
    average = {each.name: each.mean for each in calibration.features}
    assert calibration.predict({}) == calibration.predict({**average, "text:other": 1e9})


def test_marks_that_nothing_explains_are_predicted_by_their_mean() -> None:
    texts = [replace(each, features={"made-up": {"text:0": 1.0}}) for each in planted_texts(40, seed=6)]
    calibration = fitted(texts)
    mean = sum(each.marks["Ideas"] for each in texts) / len(texts)
    assert calibration.predict({"text:0": 7.0})["Ideas"].score == pytest.approx(mean)


def test_the_same_texts_give_the_same_calibration_and_json_keeps_it_exactly() -> None:
    texts = planted_texts(50, seed=7)
    calibration = fitted(texts)
    assert calibration == fitted(texts)
    assert calibration_from_json(json.loads(json.dumps(calibration.to_json()))) == calibration


def test_texts_that_are_left_out_together_are_missed_as_a_fit_without_them_would() -> None:
    """The short way to leave-group-out errors equals fitting again without each group."""
    chance = np.random.default_rng(1)
    inputs, wanted = chance.normal(size=(30, 6)), chance.normal(size=(30, 2))
    together = _together([str(at // 3) for at in range(30)])
    found = _ridge(inputs, wanted, together)
    errors = {}
    for penalty in PENALTIES:
        again = np.empty_like(wanted)
        for group in together:
            rest = [at for at in range(30) if at not in group]
            # The short way keeps the mean of all texts as its own term without a penalty, as this does.
            design = np.hstack([np.ones((len(rest), 1)), inputs[rest] - inputs.mean(axis=0)])
            ridge = np.diag([0.0] + [penalty] * 6)
            solved = np.linalg.solve(design.T @ design + ridge, design.T @ wanted[rest])
            again[group] = np.hstack([np.ones((len(group), 1)), inputs[group] - inputs.mean(axis=0)]) @ solved
        errors[float(((again - wanted) ** 2).mean())] = again
    assert found.left_out == pytest.approx(errors[min(errors)], abs=1e-8)


def test_ranges_stay_honest_for_several_texts_of_one_writer() -> None:
    def written(seed: int, writers: int) -> list[MarkedText]:
        """Each writer has a habit that says nothing about other writers, and a mark of their own."""
        chance = random.Random(seed)
        texts = []
        for writer in range(writers):
            habits, mark = [chance.gauss(0, 1) for _ in range(30)], chance.choice([1, 2, 3, 4, 5])
            for _ in range(3):
                features = {f"text:{at}": habit + chance.gauss(0, 0.1) for at, habit in enumerate(habits)}
                texts.append(MarkedText({"Ideas": mark, "Style": mark}, {}, {"made-up": features}, f"{seed} {writer}"))
        return texts

    calibration = fitted(written(1, 30))
    inside = [
        found.low <= each.marks[name] <= found.high
        for each in written(2, 60)
        for name, found in calibration.predict(each.features["made-up"]).items()
    ]
    assert sum(inside) / len(inside) > 0.8
