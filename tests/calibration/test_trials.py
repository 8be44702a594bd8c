"""Trials on texts left out: they refuse what is too small, keep groups together, and never look at what is left out."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from feedforward.calibration import trials
from feedforward.calibration.trials import MarkedText, as_read, in_draws, in_folds
from feedforward.errors import RuleBroken
from tests.calibration.planted import SCALES, planted_texts


def silent() -> None:
    pass


@pytest.mark.parametrize(
    ("calibrate", "words"), [(19, "at least 20"), (81, "take at most 80"), (1000, "take at most 80")]
)
def test_too_few_texts_on_either_side_are_refused(calibrate: int, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        in_draws(planted_texts(100, seed=1), SCALES, calibrate=calibrate, draws=2, seed=0, tell=silent)


def test_folds_that_cannot_be_made_are_refused() -> None:
    texts = planted_texts(20, seed=1)
    for folds, words in ((1, "at least 2 folds"), (21, "into 21 folds"), (2, "at least 20 texts")):
        with pytest.raises(RuleBroken, match=words):
            in_folds(texts, SCALES, folds=folds, seed=0, tell=silent)


def test_calibration_finds_what_was_planted_and_says_how_surely() -> None:
    texts = planted_texts(120, seed=2)
    for results in (
        in_draws(texts, SCALES, calibrate=60, draws=3, seed=0, tell=silent),
        in_folds(texts, SCALES, folds=4, seed=0, tell=silent),
    ):
        for each in results:
            assert each.agreement.qwk is not None
            assert each.agreement.qwk > 0.75
            assert each.interval is not None
            assert each.interval[0] < each.agreement.qwk < each.interval[1]
            assert each.covered is not None
            assert each.covered > 0.8
    assert [each.agreement.n for each in results] == [120, 120]


def test_shuffled_marks_of_left_out_texts_do_not_change_what_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt_from: list[object] = []
    really = trials.fit

    def watched(features: Sequence[object], marks: object, *rest: object, **named: object) -> object:
        calibration = really(features, marks, *rest, **named)  # type: ignore[arg-type]
        learnt_from.append((len(features), calibration))
        return calibration

    monkeypatch.setattr(trials, "fit", watched)
    texts = planted_texts(90, seed=3)
    in_draws(texts, SCALES, calibrate=40, draws=1, seed=5, tell=silent)
    left_out, learnt = trials._drawn(trials._shuffled_groups(texts, 5), 40)
    assert not set(left_out) & set(learnt)
    marks = [texts[at].marks for at in left_out]
    random.Random(0).shuffle(marks)
    changed = list(texts)
    for at, other in zip(left_out, marks, strict=True):
        changed[at] = replace(texts[at], marks=other)
    assert changed != texts
    in_draws(changed, SCALES, calibrate=40, draws=1, seed=5, tell=silent)
    assert learnt_from[0] == learnt_from[1]
    assert learnt_from[0][0] == 40  # type: ignore[index]


def test_marks_that_have_nothing_to_do_with_the_texts_get_no_agreement() -> None:
    texts = planted_texts(150, seed=4)
    marks = [each.marks for each in texts]
    random.Random(1).shuffle(marks)
    mixed = [replace(each, marks=other) for each, other in zip(texts, marks, strict=True)]
    for each in in_folds(mixed, SCALES, folds=5, seed=0, tell=silent):
        assert each.agreement.qwk is not None
        assert abs(each.agreement.qwk) < 0.25


def test_texts_of_one_group_are_never_on_both_sides() -> None:
    texts = [replace(each, group=f"writer {at // 3}") for at, each in enumerate(planted_texts(90, seed=5))]
    left_out, learnt = trials._drawn(trials._shuffled_groups(texts, 1), 40)
    assert len(learnt) == 40
    assert not {texts[at].group for at in left_out} & {texts[at].group for at in learnt}
    in_folds(texts, SCALES, folds=30, seed=0, tell=silent)
    with pytest.raises(RuleBroken, match="30 texts or groups"):
        in_folds(texts, SCALES, folds=31, seed=0, tell=silent)


def test_the_same_seed_gives_the_same_figures_and_every_draw_is_told() -> None:
    texts, told = planted_texts(60, seed=6), list[int]()
    first = in_draws(texts, SCALES, calibrate=30, draws=3, seed=9, tell=lambda: told.append(1))
    assert first == in_draws(texts, SCALES, calibrate=30, draws=3, seed=9, tell=silent)
    assert first != in_draws(texts, SCALES, calibrate=30, draws=3, seed=10, tell=silent)
    assert len(told) == 3


def test_as_read_only_counts_texts_with_a_score_and_takes_the_mean_of_readers() -> None:
    texts = [
        MarkedText({"Ideas": 3.0, "Style": 2.0}, {"one": {"Ideas": 2.0, "Style": None}, "other": {"Ideas": 4.0}}, {}),
        MarkedText({"Ideas": 5.0, "Style": 2.0}, {"one": {"Ideas": 5.0}, "other": {}}, {}),
    ]
    ideas, style = as_read(texts, SCALES, seed=0)
    assert (ideas.agreement.n, ideas.agreement.exact, ideas.covered) == (2, 1.0, None)
    assert (style.agreement.n, style.agreement.qwk, style.interval) == (0, None, None)
