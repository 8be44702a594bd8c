"""Saving a rubric: always as new rows, so that what drafts were read against stays as it was."""

from datetime import datetime

from sqlalchemy import Connection, insert

from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.rubrics.rules import Rubric, problems_of
from feedforward.rubrics.tables import CriterionRow, LevelRow, RubricRow


def save_rubric(connection: Connection, *, rubric: Rubric, user_id: int, now: datetime, replaces_id: int | None) -> int:
    """The id of the new rubric. RuleBroken, saying what to change first, where it is not usable."""
    problems = problems_of(rubric)
    if problems:
        raise RuleBroken(problems[0])
    rubric_id: int = connection.execute(
        insert(RubricRow)
        .values(name=rubric.name, created_by=user_id, created_at=now, replaces_id=replaces_id)
        .returning(RubricRow.id)
    ).scalar_one()
    for position, criterion in enumerate(rubric.criteria):
        criterion_id: int = connection.execute(
            insert(CriterionRow)
            .values(
                rubric_id=rubric_id, position=position, name=criterion.name, weight=criterion.weight,
                description=criterion.description,
            )
            .returning(CriterionRow.id)
        ).scalar_one()  # fmt: skip
        lowest_first = sorted(criterion.levels, key=lambda level: level.points)
        connection.execute(
            insert(LevelRow),
            [
                {
                    "criterion_id": criterion_id, "position": step, "label": level.label, "points": level.points,
                    "description": level.description,
                }
                for step, level in enumerate(lowest_first)
            ],
        )  # fmt: skip
    record(
        connection, at=now, actor_id=user_id, action="rubric.save", subject=("rubric", rubric_id), replaces=replaces_id,
        criteria=len(rubric.criteria),
    )  # fmt: skip
    return rubric_id
