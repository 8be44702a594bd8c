"""Calibrating through the pages: a file of marked texts, reviewed drafts, progress, and the child process at work."""

import io
import json
import random
import time

import pytest
from sqlalchemy import select, update

from feedforward import urls
from feedforward.assessment.calibration_child import messages
from feedforward.assessment.calibration_order import Order, OrderedText, order_from_bytes
from feedforward.assessment.calibration_orders import order_from_reviewed
from feedforward.assessment.calibration_queries import reviewed_drafts, same_scales
from feedforward.assessment.calibration_runs import start_run
from feedforward.assessment.desk import ReadingDesk
from feedforward.assignments.queries import task_for_work
from feedforward.calibration.tables import CalibrationRow
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback, FeedbackCriterion
from feedforward.rubrics.files import rubric_to_text
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.wiring import Wiring
from tests.assessment.desk_work import Scripted, desk, gateway, produced
from tests.factories.pipeline import RUBRIC, Pipeline, make_pipeline, model_answer, reader
from tests.factories.site import Site
from tests.factories.teaching import Teaching, make_teaching

__all__ = ["desk", "gateway"]

PLAIN = "The school is big and the school is good and we go to the school . I like it becuase it is good and big ."
RICH = (
    "Critics of compulsory attendance argue, with some justice, that curiosity withers under surveillance; however, "
    "the evidence from three districts suggests otherwise. Consequently, a gradual reform deserves careful support."
)


def essay(quality: float, chance: random.Random) -> str:
    """A text of some 200 words, the richer the higher `quality` (0 to 1)."""
    return "\n\n".join(" ".join(RICH if chance.random() < quality else PLAIN for _ in range(4)) for _ in range(2))


def marked_csv(rubric: Rubric, count: int) -> bytes:
    chance, out = random.Random(4), io.StringIO()
    out.write(";".join(["text", *(each.name for each in rubric.criteria)]) + "\n")
    for _ in range(count):
        quality = chance.random()
        points = [each.levels[round(quality * (len(each.levels) - 1))].points for each in rubric.criteria]
        out.write(f'"{essay(quality, chance)}";' + ";".join(f"{each:g}" for each in points) + "\n")
    return out.getvalue().encode()


def rubric_of(site: Site, teaching: Teaching) -> Rubric:
    read = site.wiring.database.read_now
    return read(rubric_by_id, read(task_for_work, teaching.assignment_id).required_rubric_id)


def statuses(site: Site) -> list[str]:
    return [
        row.status
        for row in site.wiring.database.read_now(lambda each: each.execute(select(CalibrationRow.status)).all())
    ]


def test_a_file_of_marked_texts_becomes_a_calibration_that_is_off_until_turned_on(site: Site) -> None:
    teaching = make_teaching(site)
    who, address = teaching.instructor, urls.assignment_calibration(teaching.assignment_id)
    rubric = rubric_of(site, teaching)
    who.get(address)
    who.submit(urls.calibrate(teaching.assignment_id, "marked"), files={"file": ("marks.csv", marked_csv(rubric, 40))})
    assert "Calibrating has begun" in who.page.text
    started = time.monotonic()
    while statuses(site) == ["running"]:
        assert time.monotonic() - started < 90
        time.sleep(0.2)
    assert statuses(site) == ["fitted"]
    page = who.get(address)
    assert "Learnt from 40 texts" in page.text
    assert "Not used" in page.text
    assert "Agrees well" in page.text
    row = site.wiring.database.read_now(
        lambda connection: connection.execute(select(CalibrationRow.id, CalibrationRow.fitted)).one()
    )
    assert "Critics" not in row.fitted
    who.submit(urls.calibration(row.id))
    assert "Used in merging" in who.page.text
    who.submit(urls.calibration(row.id), do="stop")
    assert "Not used" in who.page.text
    who.submit(urls.calibration(row.id), do="remove")
    assert "None yet." in who.page.text


def test_what_is_wrong_with_a_file_stands_beside_its_field(site: Site) -> None:
    teaching = make_teaching(site)
    who, action = teaching.instructor, urls.calibrate(teaching.assignment_id, "marked")
    who.get(urls.assignment_calibration(teaching.assignment_id))
    who.submit(action)
    assert who.status == 422
    assert "Choose a file of marked texts." in who.page.text
    who.submit(action, files={"file": ("a.csv", b"essay,a\nx,1\n")}, text_column="essay")
    assert who.status == 422
    assert "no column of marks for" in who.page.text
    assert who.page.form(action).fields["text_column"] == "essay"
    few = marked_csv(rubric_of(site, teaching), 5)
    who.submit(action, files={"file": ("a.csv", few)}, text_column="text")
    assert "5 have a text of 20 words and all marks; at least 25 are needed" in who.page.text
    assert statuses(site) == []


def test_without_reviewed_drafts_the_page_says_when_there_will_be_something_to_learn_from(site: Site) -> None:
    teaching = make_teaching(site)
    page = teaching.instructor.get(urls.assignment_calibration(teaching.assignment_id))
    assert "No reviewed draft can be learnt from yet. As soon as 25 are released" in page.text
    teaching.instructor.post(urls.calibrate(teaching.assignment_id, "reviewed"), {"reader": "built-in"})
    assert teaching.instructor.status == 422
    teaching.instructor.post(urls.calibrate(teaching.assignment_id, "reviewed"), {"reader": "another/model"})
    assert "Choose one of the assignment’s readers." in teaching.instructor.page.text


def released(pipe: Pipeline, draft_id: int, score: float) -> None:
    """As a review that set the first criterion's score would have left it."""

    def act(connection):  # type: ignore[no-untyped-def]
        feedback_id = connection.execute(select(Feedback.id).where(Feedback.draft_id == draft_id)).scalar_one()
        connection.execute(update(Draft).where(Draft.id == draft_id).values(status="released"))
        connection.execute(
            update(Feedback).where(Feedback.id == feedback_id).values(status="released", released_by=pipe.staff_id)
        )
        connection.execute(
            update(FeedbackCriterion)
            .where(FeedbackCriterion.feedback_id == feedback_id, FeedbackCriterion.criterion_id == pipe.criteria[0])
            .values(score=score, edited_by=pipe.staff_id)
        )

    pipe.wiring.database.write_now(act)


def test_reviewed_drafts_pair_the_readers_scores_with_the_persons(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"), reader("built-in"))
    gateway.answers = {"a": model_answer(pipe.criteria, score=3.0)}
    first, waiting = produced(desk, pipe), produced(desk, pipe)
    released(pipe, first, 2.2)
    read = wiring.database.read_now
    rubric = read(rubric_by_id, read(task_for_work, pipe.assignment_id).required_rubric_id)
    for everywhere in (False, True):
        (found,) = read(reviewed_drafts, pipe.staff_id, pipe.assignment_id, "mock/a", rubric, everywhere=everywhere)
        assert (found.draft_id, found.changed) == (first, 1)
        assert found.scores == {"Thesis and argument": 3.0, "Organisation": 3.0}
        assert found.marks["Thesis and argument"] == 2.0
    assert waiting != first
    assert read(reviewed_drafts, pipe.staff_id + 1, pipe.assignment_id, "mock/a", rubric, everywhere=True) == ()
    _, order = read(
        order_from_reviewed, wiring.content, pipe.staff_id, pipe.assignment_id, "built-in", everywhere=False
    )
    assert order.texts[0].document is not None
    wiring.database.write_now(lambda each: each.execute(update(Draft).values(content=None)))
    _, order = read(
        order_from_reviewed, wiring.content, pipe.staff_id, pipe.assignment_id, "built-in", everywhere=False
    )
    assert order.texts == []


def model_order(count: int) -> Order:
    """Texts that a model scored two points too high, whose marks are otherwise as it said."""
    texts = [
        OrderedText({each.name: float(1 + at % 3) for each in RUBRIC.criteria}, str(at),
                    scores={each.name: float(2 + at % 3) for each in RUBRIC.criteria})
        for at in range(count)
    ]  # fmt: skip
    return Order("mock/a", "1", rubric_to_text(RUBRIC), {}, "T", "", "essay", None, None, texts)


def test_a_model_that_is_too_kind_is_brought_down_to_the_marks() -> None:
    *progress, outcome = messages(model_order(40))
    assert progress[-1] == {"done": 40}
    assert all(each["after"] > 0.9 > each["before"] for each in outcome["figures"])
    assert all(each["bias_before"] == 1.0 and abs(each["bias"]) < 0.1 for each in outcome["figures"])


def test_an_order_survives_its_way_to_the_child() -> None:
    order = model_order(3)
    assert order_from_bytes(order.to_bytes()) == order


def test_too_few_texts_are_refused_by_the_child_with_a_reason() -> None:
    *_, outcome = messages(model_order(10))
    assert "at least 25" in outcome["refused"]


def test_a_child_that_dies_leaves_a_run_that_says_so(wiring: Wiring, caplog: pytest.LogCaptureFixture) -> None:
    pipe = make_pipeline(wiring, reader("mock/a"))
    read, write, now = wiring.database.read_now, wiring.database.write_now, wiring.clock.now()
    from feedforward.assessment.calibration_actions import begin_run

    run_id = write(
        begin_run, staff_id=pipe.staff_id, assignment_id=pipe.assignment_id, reader="mock/a", version="1",
        rubric_id=read(task_for_work, pipe.assignment_id).required_rubric_id, source="marked", texts=30, now=now,
    )  # fmt: skip
    broken = Order("mock/a", "1", "no rubric: CANARY", {}, "T", "", "essay", None, None, [])
    start_run(wiring.database, wiring.clock, run_id, broken).join(60)
    row = pipe.rows(CalibrationRow.status, CalibrationRow.problem)[0]
    assert row.status == "refused"
    assert "Nothing was changed; start it again." in row.problem
    assert "CANARY" not in caplog.text + json.dumps(row.problem)


def test_rubrics_are_alike_by_the_names_and_points_of_their_criteria() -> None:
    other = Rubric("Another name", tuple(reversed(RUBRIC.criteria)))
    assert same_scales(RUBRIC, other)
    assert not same_scales(RUBRIC, Rubric("Fewer", RUBRIC.criteria[:1]))
