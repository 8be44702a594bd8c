"""Calibrating for use: refused below a sensible number, figures from texts left out, and words for how sure it is."""

from dataclasses import replace

import pytest

from feedforward.calibration.training import (
    FEWEST,
    CriterionFigures,
    figures_from_json,
    figures_to_json,
    how_sure,
    train,
)
from feedforward.calibration.trials import MarkedText
from feedforward.errors import RuleBroken
from tests.calibration.planted import SCALES, planted_texts


def test_too_few_texts_are_refused_with_their_number() -> None:
    with pytest.raises(RuleBroken, match="at least 25 texts with all their marks; here are only 24"):
        train(planted_texts(24, seed=1), SCALES, reader="made-up", version="1")


def test_texts_of_a_few_writers_are_refused() -> None:
    texts = [replace(each, group=str(at % 4)) for at, each in enumerate(planted_texts(60, seed=1))]
    with pytest.raises(RuleBroken, match="only 4 writers"):
        train(texts, SCALES, reader="made-up", version="1")


def test_what_is_there_to_learn_is_learnt_and_told() -> None:
    trained = train(planted_texts(80, seed=3), SCALES, reader="made-up", version="7")
    ideas, style = trained.figures
    assert (ideas.n, ideas.scored, style.scored) == (80, 80, 0)
    assert ideas.after is not None
    assert ideas.after > 0.7 > 0.2 > (ideas.before or 0.0)
    assert style.before is None
    assert ideas.usable
    assert style.usable
    assert trained.calibration.version == "7"
    assert figures_from_json(figures_to_json(trained.figures)) == trained.figures


def test_marks_that_have_nothing_to_do_with_the_text_give_nothing_to_use() -> None:
    texts = planted_texts(40, seed=5)
    marks = [each.marks for each in texts]
    shuffled = [MarkedText(marks[(at * 7 + 3) % 40], each.scores, each.features) for at, each in enumerate(texts)]
    trained = train(shuffled, SCALES, reader="made-up", version="1")
    assert not all(each.usable for each in trained.figures)
    assert "not used for this criterion" in how_sure(next(each for each in trained.figures if not each.usable))


def test_the_smallest_number_that_is_taken_works() -> None:
    assert len(train(planted_texts(FEWEST, seed=2), SCALES, reader="made-up", version="1").figures) == 2


@pytest.mark.parametrize(
    ("after", "interval", "said"),
    [
        (0.7, (0.6, 0.78), "Agrees well with the people who marked."),
        (0.7, (0.5, 0.85), "the figure is rough"),
        (0.5, (0.2, 0.75), "could as well be much lower"),
        (0.3, (0.1, 0.45), "Only leans"),
        (0.1, (-0.1, 0.3), "Hardly better than chance"),
        (None, None, "Hardly better than chance"),
    ],
)
def test_how_sure_it_is_is_said_in_words(
    after: float | None, interval: tuple[float, float] | None, said: str
) -> None:  # fmt: skip
    usable = interval is not None and interval[0] > 0
    figures = CriterionFigures("Ideas", 40, 40, 0.1, after, interval, 0.1, 0.0, 0.5, 0.8, 0.9, usable)
    assert said in how_sure(figures)
