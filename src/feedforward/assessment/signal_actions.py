"""Choosing what the built-in reader looks at."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from feedforward.assessment.built_in.topics import Topic
from feedforward.assessment.tables import CriterionSignals
from feedforward.assignments.actions import raise_version, task_to_change
from feedforward.audit.record import record


def choose_signals(
    connection: Connection, *, staff_id: int, assignment_id: int, chosen: Mapping[str, tuple[Topic, ...]],
    version: int, now: datetime,
) -> None:  # fmt: skip
    """Keep what was chosen, by folded criterion name; every other criterion is looked at as its words say.

    ChangedMeanwhile where `version` is not the assignment's stored one.
    """
    task_to_change(connection, staff_id, assignment_id)
    raise_version(connection, assignment_id, version)
    connection.execute(delete(CriterionSignals).where(CriterionSignals.assignment_id == assignment_id))
    if chosen:
        connection.execute(
            insert(CriterionSignals),
            [
                {
                    "assignment_id": assignment_id, "criterion": name, "topics": "\n".join(topics),
                    "edited_by": staff_id, "changed_at": now,
                }
                for name, topics in chosen.items()
            ],
        )  # fmt: skip
    record(
        connection, at=now, actor_id=staff_id, action="assignment.choose_signals",
        subject=("assignment", assignment_id), chosen=len(chosen),
    )  # fmt: skip
