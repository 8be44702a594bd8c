"""Calibrating an assignment's readers: begun from reviewed drafts or a file, turned on and off, removed."""

import asyncio
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.assessment.calibration_actions import Change, begin_run, change_calibration
from feedforward.assessment.calibration_order import Order
from feedforward.assessment.calibration_orders import calibration_to_change, order_from_file, order_from_reviewed
from feedforward.assessment.calibration_pages import CalibrationTyped, calibration_body
from feedforward.assessment.calibration_runs import start_run
from feedforward.assignments.rules import Task
from feedforward.assignments.trail import trail
from feedforward.calibration.marked_file import marked_file
from feedforward.calibration.training import FEWEST
from feedforward.courses.pauses import must_wait
from feedforward.errors import RuleBroken
from feedforward.llm.readers import BUILT_IN
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes

routes = Routes()

BEGUN = "Calibrating has begun. You can leave this page; it goes on."
SAID = {
    Change.USE: "Merging uses this calibration for drafts read from now on. Feedback that is there stays as it is.",
    Change.STOP: "Merging takes the reader’s scores as they are again.",
    Change.REMOVE: "The calibration is removed.",
}
REFRESH_SECONDS = 5


@dataclass(frozen=True, slots=True)
class ReviewedForm:
    reader: str
    scope: str


@dataclass(frozen=True, slots=True)
class MarkedForm:
    file: Upload | None
    text_column: str


@dataclass(frozen=True, slots=True)
class ChangeForm:
    do: str


@routes.get("/assignments/{assignment_id}/calibration")
async def show_calibration(who: Staff, web: Web, assignment_id: int) -> Response:
    return await _page(who, web, assignment_id)


@routes.post("/assignments/{assignment_id}/calibrate/reviewed")
async def calibrate_on_reviewed(who: Staff, web: Web, assignment_id: int, form: ReviewedForm) -> Response:
    typed = CalibrationTyped(reader=form.reader, scope=form.scope)
    try:
        task, order = await web.database.read_slow(
            order_from_reviewed, web.content, who.user_id, assignment_id, form.reader,
            everywhere=form.scope == "everywhere",
        )  # fmt: skip
        return await _begin(who, web, task, order, "reviewed")
    except RuleBroken as broken:
        return await _page(who, web, assignment_id, typed, broken, "reviewed")


@routes.post("/assignments/{assignment_id}/calibrate/marked")
async def calibrate_on_marked(who: Staff, web: Web, assignment_id: int, form: MarkedForm) -> Response:
    view = await web.database.read_slow(calibration_to_change, who.user_id, assignment_id, web.clock.now())
    try:
        if view.rubric is None:
            raise RuleBroken("This assignment has no rubric yet. Build it first.")
        if form.file is None:
            raise RuleBroken("Choose a file of marked texts.", "file")
        pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
        if pause is not None:
            return pause
        file = await asyncio.to_thread(marked_file, form.file.data, view.rubric, text_column=form.text_column or "text")
        if len(file.lines) < FEWEST:
            raise RuleBroken(
                f"Of {len(file.lines) + file.left_out} lines, {len(file.lines)} have a text of 20 words and all marks; "
                f"at least {FEWEST} are needed.", "file",
            )  # fmt: skip
        order = await web.database.read(order_from_file, view.task, view.rubric, file)
        return await _begin(who, web, view.task, order, "marked")
    except RuleBroken as broken:
        typed = CalibrationTyped(text_column=form.text_column)
        return await _page(who, web, assignment_id, typed, broken, "marked")


@routes.post("/calibrations/{calibration_id}")
async def change_one(who: Staff, web: Web, calibration_id: int, form: ChangeForm) -> Response:
    assignment_id = await web.database.write(
        change_calibration, staff_id=who.user_id, calibration_id=calibration_id, change=form.do, now=web.clock.now()
    )
    return web.see(urls.assignment_calibration(assignment_id), said=SAID[Change(form.do)])


async def _begin(who: Staff, web: Web, task: Task, order: Order, source: str) -> Response:
    if len(order.texts) < FEWEST:
        erased = " whose text is not erased yet" if order.reader == BUILT_IN else ""
        raise RuleBroken(f"There are {len(order.texts)} such drafts{erased}; at least {FEWEST} are needed.")
    run_id = await web.database.write(
        begin_run, staff_id=who.user_id, assignment_id=task.assignment_id, rubric_id=task.required_rubric_id,
        reader=order.reader, version=order.version, source=source, texts=len(order.texts), now=web.clock.now(),
    )  # fmt: skip
    start_run(web.database, web.clock, run_id, order)
    return web.see(urls.assignment_calibration(task.assignment_id), said=BEGUN)


async def _page(
    who: Staff, web: Web, assignment_id: int, typed: CalibrationTyped | None = None, broken: RuleBroken | None = None,
    form_in: str = "",
) -> Response:  # fmt: skip
    view = await web.database.read_slow(calibration_to_change, who.user_id, assignment_id, web.clock.now())
    errors = {} if broken is None else {broken.field or "": broken.message}
    body = calibration_body(view=view, typed=typed or CalibrationTyped(), errors=errors, form_in=form_in)
    waits = any(run.status == "running" and not run.silent for run in view.runs)
    return web.page(
        title=f"Calibrate a reader of {view.task.title}", body=body, breadcrumbs=trail(view.task),
        status=422 if broken else 200, wide=True, refresh_seconds=REFRESH_SECONDS if waits and not broken else None,
    )  # fmt: skip
