"""Reading what was chosen for the built-in reader to look at."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from feedforward.assessment.built_in.topics import Topic
from feedforward.assessment.tables import CriterionSignals
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.rules import Task
from feedforward.drafts.tables import Draft
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric, fold

_CHOSEN = select(CriterionSignals.criterion, CriterionSignals.topics).where(
    CriterionSignals.assignment_id == bindparam("assignment_id")
)
_DRAFT = select(Draft.id).where(Draft.assignment_id == bindparam("assignment_id")).limit(1)


@dataclass(frozen=True, slots=True)
class SignalsView:
    """An assignment with its rubric (None: not built yet) and what was chosen, by criterion key."""

    task: Task
    rubric: Rubric | None
    chosen: dict[str, tuple[Topic, ...]]
    has_drafts: bool


def chosen_topics(connection: Connection, assignment_id: int, rubric: Rubric) -> dict[str, tuple[Topic, ...]]:
    """By criterion key, what a person chose; criteria that are looked at as their words say are not there."""
    rows = connection.execute(_CHOSEN, {"assignment_id": assignment_id})
    by_name = {row.criterion: _topics(row.topics) for row in rows}
    return {each.key: by_name[fold(each.name)] for each in rubric.criteria if fold(each.name) in by_name}


def signals_to_change(connection: Connection, staff_id: int, assignment_id: int) -> SignalsView:
    """For somebody who may change the assignment; NotFound or NotPermitted otherwise."""
    task = task_to_change(connection, staff_id, assignment_id)
    drafts = connection.execute(_DRAFT, {"assignment_id": assignment_id}).first() is not None
    if task.rubric_id is None:
        return SignalsView(task, None, {}, drafts)
    rubric = rubric_by_id(connection, task.rubric_id)
    return SignalsView(task, rubric, chosen_topics(connection, assignment_id, rubric), drafts)


def _topics(stored: str) -> tuple[Topic, ...]:
    """A topic that a later version no longer knows is left out."""
    return tuple(Topic(word) for word in stored.split("\n") if word in set(Topic))
