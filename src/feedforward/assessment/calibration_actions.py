"""Calibrations of an assignment's readers: begun, carried on, turned on and off, removed."""

import json
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from feedforward.assignments.actions import task_to_change
from feedforward.audit.record import record
from feedforward.calibration.tables import CalibrationRow
from feedforward.errors import NotFound, RuleBroken

SILENT_AFTER = timedelta(minutes=2)
"""A run that has not said a word for so long has lost the process it ran in."""


def begin_run(
    connection: Connection, *, staff_id: int, assignment_id: int, rubric_id: int, reader: str, version: str,
    source: str, texts: int, now: datetime,
) -> int:  # fmt: skip
    """A new run's id. RuleBroken while another one of the same reader is under way."""
    task_to_change(connection, staff_id, assignment_id)
    same = (CalibrationRow.assignment_id == assignment_id, CalibrationRow.reader == reader)
    connection.execute(
        update(CalibrationRow)
        .where(*same, CalibrationRow.status == "running", CalibrationRow.changed_at < now - SILENT_AFTER)
        .values(status="stopped", changed_at=now)
    )
    if connection.execute(select(CalibrationRow.id).where(*same, CalibrationRow.status == "running")).first():
        raise RuleBroken("This reader is being calibrated already. Wait until that is done.")
    run_id: int = connection.execute(
        insert(CalibrationRow)
        .values(
            assignment_id=assignment_id, rubric_id=rubric_id, reader=reader, version=version, source=source,
            status="running", in_use=False, n=texts, done=0, problem="", created_by=staff_id, created_at=now,
            changed_at=now,
        )
        .returning(CalibrationRow.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=staff_id, action="calibration.begin", subject=("assignment", assignment_id),
        calibration=run_id, reader=reader, texts=texts,
    )  # fmt: skip
    return run_id


def mark_progress(connection: Connection, run_id: int, done: int, now: datetime) -> bool:
    """How many texts are read; False where the run is no longer under way."""
    return _while_running(connection, run_id, {"done": done, "changed_at": now})


def refuse_run(connection: Connection, run_id: int, problem: str, texts: int, now: datetime) -> bool:
    """Nothing was learnt, and why; `texts` is how many could be used."""
    return _while_running(
        connection, run_id, {"status": "refused", "problem": problem, "done": texts, "changed_at": now}
    )


def finish_run(
    connection: Connection, run_id: int, *, fitted: str, figures: str, texts: int, now: datetime
) -> bool:  # fmt: skip
    """Keep what was learnt from `texts` texts; merging does not use it before somebody says so."""
    return _while_running(
        connection, run_id,
        {"status": "fitted", "fitted": fitted, "figures": figures, "n": texts, "done": texts, "changed_at": now},
    )  # fmt: skip


class Change(StrEnum):
    """What an instructor does with a calibration."""

    USE = "use"
    STOP = "stop"
    REMOVE = "remove"


def change_calibration(
    connection: Connection, *, staff_id: int, calibration_id: int, change: str, now: datetime
) -> int:
    """Turn a calibration on (in place of another one of the same reader) or off, or take it away; its assignment's id.

    A removed one's row stays for the scores that name it, without what was fitted; a run ends. RuleBroken where it
    stands so already or was changed meanwhile.
    """
    found = connection.execute(
        select(CalibrationRow.assignment_id, CalibrationRow.reader, CalibrationRow.figures).where(
            CalibrationRow.id == calibration_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    task_to_change(connection, staff_id, found.assignment_id)
    if change == Change.USE:
        if not any(each["usable"] for each in json.loads(found.figures or "[]")):
            raise RuleBroken("This calibration is no better than chance on any criterion, so it cannot be used.")
        connection.execute(
            update(CalibrationRow)
            .where(
                CalibrationRow.assignment_id == found.assignment_id, CalibrationRow.reader == found.reader,
                CalibrationRow.in_use, CalibrationRow.id != calibration_id,
            )
            .values(in_use=False, changed_at=now)
        )  # fmt: skip
    statement = update(CalibrationRow).where(CalibrationRow.id == calibration_id, CalibrationRow.removed_at.is_(None))
    match change:
        case Change.USE:
            statement = statement.where(CalibrationRow.status == "fitted", CalibrationRow.in_use.is_(False))
            statement = statement.values(in_use=True, changed_at=now)
        case Change.STOP:
            statement = statement.where(CalibrationRow.in_use).values(in_use=False, changed_at=now)
        case Change.REMOVE:
            statement = statement.values(in_use=False, removed_at=now, changed_at=now, fitted=None, status="stopped")
        case _:
            raise RuleBroken("Choose what to do with this calibration.")
    if not connection.execute(statement).rowcount:
        raise RuleBroken("Somebody else has changed this calibration meanwhile. Nothing was changed now.")
    record(
        connection, at=now, actor_id=staff_id, action=f"calibration.{change}",
        subject=("assignment", found.assignment_id), calibration=calibration_id, reader=found.reader,
    )  # fmt: skip
    assignment_id: int = found.assignment_id
    return assignment_id


def _while_running(connection: Connection, run_id: int, values: dict[str, object]) -> bool:
    return bool(
        connection.execute(
            update(CalibrationRow)
            .where(CalibrationRow.id == run_id, CalibrationRow.status == "running")
            .values(**values)
        ).rowcount
    )
