"""Calibrations in merging: only when turned on, raw and calibrated score kept, nothing where a reader gave nothing."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from feedforward.assessment.calibration_actions import begin_run, change_calibration, finish_run
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.reader_versions import version_of
from feedforward.assessment.tables import CalibratedScore, ReadingScore
from feedforward.assignments.queries import task_for_work
from feedforward.calibration.mapping import Calibration, CriterionMapping, FeatureScale
from feedforward.calibration.scale import Scale
from feedforward.calibration.tables import CalibrationRow
from feedforward.calibration.training import CriterionFigures, figures_to_json
from feedforward.errors import RuleBroken
from feedforward.wiring import Wiring
from tests.assessment.desk_work import Scripted, criteria, desk, gateway, produced
from tests.factories.pipeline import RUBRIC, TEXT, Pipeline, make_pipeline, model_answer, reader

__all__ = ["desk", "gateway"]

STRICTER = 1.0
LONG_TEXT = f"{TEXT}\n\n{TEXT}"


def stored(pipe: Pipeline, name: str, *, version: str | None = None, usable: tuple[bool, bool] = (True, True)) -> int:
    """A calibration of a reader that takes one point off whatever it gave, as a run would have left it."""
    names = [each.name for each in RUBRIC.criteria]
    scale = Scale(1.0, 4.0, 1.0)
    features = tuple(FeatureScale(f"own:{each}", 3.0, 100.0) for each in names)
    mappings = tuple(
        CriterionMapping(each, scale, 3.0 - STRICTER, tuple(100.0 if at == own else 0.0 for at in range(2)), 0.5)
        for own, each in enumerate(names)
    )
    fitted = Calibration(name, version or version_of(name), 40, features, mappings)
    figures = [
        CriterionFigures(each, 40, 40, 0.3, 0.6, (0.4, 0.8), 1.0, 0.0, 0.4, 0.9, 0.9, usable[at])
        for at, each in enumerate(names)
    ]
    database, now = pipe.wiring.database, pipe.wiring.clock.now()
    rubric_id = database.read_now(task_for_work, pipe.assignment_id).required_rubric_id
    run_id = database.write_now(
        begin_run, staff_id=pipe.staff_id, assignment_id=pipe.assignment_id, rubric_id=rubric_id, reader=name,
        version=fitted.version, source="reviewed", texts=40, now=now,
    )  # fmt: skip
    database.write_now(
        finish_run, run_id, fitted=json.dumps(fitted.to_json()), figures=json.dumps(figures_to_json(figures)), texts=40,
        now=now,
    )  # fmt: skip
    return run_id


def change(pipe: Pipeline, calibration_id: int, what: str) -> None:
    pipe.wiring.database.write_now(
        change_calibration, staff_id=pipe.staff_id, calibration_id=calibration_id, change=what,
        now=pipe.wiring.clock.now(),
    )  # fmt: skip


def kept(pipe: Pipeline, draft_id: int) -> list[tuple[Any, ...]]:
    """Raw and calibrated scores of the draft's readings."""
    rows = pipe.rows(
        ReadingScore.criterion_id, ReadingScore.score, CalibratedScore.score.label("calibrated"), CalibratedScore.level,
        where=[
            ReadingScore.reading_id.startswith(f"{draft_id}-", autoescape=True),
            CalibratedScore.reading_id == ReadingScore.reading_id,
            CalibratedScore.criterion_id == ReadingScore.criterion_id,
        ],
    )  # fmt: skip
    return [(row.criterion_id, row.score, round(row.calibrated, 1), row.level) for row in rows]


def test_a_calibration_that_is_not_turned_on_changes_nothing(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0)}
    stored(pipe, "mock/a")
    draft_id = produced(desk, pipe)
    assert {each.score for each in criteria(pipe, draft_id).values()} == {3.0}
    assert kept(pipe, draft_id) == []


def test_turned_on_it_is_merged_and_the_score_the_reader_gave_stays(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0)}
    calibration_id = stored(pipe, "mock/a")
    change(pipe, calibration_id, "use")
    draft_id = produced(desk, pipe)
    assert {(each.score, each.level) for each in criteria(pipe, draft_id).values()} == {(2.0, 1)}
    assert kept(pipe, draft_id) == [(key, 3.0, 2.0, 1) for key in pipe.criteria]
    change(pipe, calibration_id, "stop")
    after = produced(desk, pipe)
    assert {each.score for each in criteria(pipe, after).values()} == {3.0}
    assert kept(pipe, after) == []


def test_only_the_calibrated_reader_is_changed(wiring: Wiring, desk: ReadingDesk, gateway: Scripted) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"), reader("mock/b"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0), "b": model_answer(pipe.criteria, score=3.0)}
    change(pipe, stored(pipe, "mock/a"), "use")
    draft_id = produced(desk, pipe)
    assert {each.merged_score for each in criteria(pipe, draft_id).values()} == {2.5}


def test_where_it_is_no_better_than_chance_it_is_not_used(wiring: Wiring, desk: ReadingDesk, gateway: Scripted) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0)}
    change(pipe, stored(pipe, "mock/a", usable=(True, False)), "use")
    draft_id = produced(desk, pipe)
    assert [criteria(pipe, draft_id)[key].score for key in pipe.criteria] == [2.0, 3.0]


def test_a_model_that_gave_no_score_gets_none(wiring: Wiring, desk: ReadingDesk, gateway: Scripted) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    said = json.loads(model_answer(pipe.criteria, score=3.0))
    said["criteria"][str(pipe.criteria[1])]["score"] = None
    gateway.answers = {"a": json.dumps(said)}
    change(pipe, stored(pipe, "mock/a"), "use")
    draft_id = produced(desk, pipe)
    found = kept(pipe, draft_id)
    assert [each[0] for each in found] in ([pipe.criteria[0]], [])


def test_the_built_in_reader_gets_a_level_from_its_calibration_where_it_gave_none(
    wiring: Wiring, desk: ReadingDesk
) -> None:
    pipe = make_pipeline(wiring, reader("built-in"))
    change(pipe, stored(pipe, "built-in"), "use")
    draft_id = produced(desk, pipe, text=LONG_TEXT)
    thesis = pipe.criteria[0]
    assert (thesis, None, 2.0, 1) in kept(pipe, draft_id)
    assert criteria(pipe, draft_id)[thesis].score == 2.0


@pytest.mark.parametrize(
    "text", ["Two words. " * 12, "O jardim da escola é pequeno e tem muitas flores e árvores. " * 20]
)
def test_it_gets_none_for_a_text_it_cannot_judge(wiring: Wiring, desk: ReadingDesk, text: str) -> None:
    pipe = make_pipeline(wiring, reader("built-in"))
    change(pipe, stored(pipe, "built-in"), "use")
    assert kept(pipe, produced(desk, pipe, text=text)) == []


def test_a_calibration_of_another_version_of_the_reader_is_left_aside(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0)}
    change(pipe, stored(pipe, "mock/a", version="older"), "use")
    assert kept(pipe, produced(desk, pipe)) == []


def test_turning_one_on_turns_the_other_of_the_same_reader_off(wiring: Wiring) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    first, second = stored(pipe, "mock/a"), stored(pipe, "mock/a")
    change(pipe, first, "use")
    change(pipe, second, "use")
    assert in_use(pipe) == [second]
    with pytest.raises(RuleBroken, match="Somebody else has changed"):
        change(pipe, second, "use")
    change(pipe, second, "remove")
    assert in_use(pipe) == []
    assert pipe.value(select(CalibrationRow.fitted).where(CalibrationRow.id == second)) is None
    with pytest.raises(RuleBroken, match="Somebody else has changed"):
        change(pipe, second, "use")


def test_a_second_run_of_the_same_reader_waits_unless_the_first_has_fallen_silent(wiring: Wiring) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    database, now = wiring.database, wiring.clock.now()
    values = {
        "staff_id": pipe.staff_id, "assignment_id": pipe.assignment_id, "reader": "mock/a", "version": "1",
        "rubric_id": database.read_now(task_for_work, pipe.assignment_id).required_rubric_id, "source": "marked",
        "texts": 30,
    }  # fmt: skip
    first = database.write_now(begin_run, **values, now=now)
    with pytest.raises(RuleBroken, match="already"):
        database.write_now(begin_run, **values, now=now)
    long_ago = now.replace(year=now.year - 1)
    database.write_now(lambda connection: connection.execute(update(CalibrationRow).values(changed_at=long_ago)))
    database.write_now(begin_run, **values, now=now)
    assert pipe.value(select(CalibrationRow.status).where(CalibrationRow.id == first)) == "stopped"


def in_use(pipe: Pipeline) -> list[int]:
    return [row.id for row in pipe.rows(CalibrationRow.id, where=[CalibrationRow.in_use])]
