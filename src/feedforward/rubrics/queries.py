"""Reading rubrics; whoever asks must have reached the id through something that is theirs (an assignment, a draft)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from feedforward.errors import NotFound
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.rubrics.tables import CriterionRow, LevelRow, RubricRow


@dataclass(frozen=True, slots=True)
class RubricOrigin:
    """Where a rubric comes from: when it was saved and what it replaced."""

    created_at: datetime
    replaces_id: int | None


_NAME = select(RubricRow.name).where(RubricRow.id == bindparam("rubric_id"))
_CRITERIA = (
    select(CriterionRow.id, CriterionRow.name, CriterionRow.weight, CriterionRow.description)
    .where(CriterionRow.rubric_id == bindparam("rubric_id"))
    .order_by(CriterionRow.position)
)
_LEVELS = (
    select(LevelRow.criterion_id, LevelRow.label, LevelRow.points, LevelRow.description)
    .join(CriterionRow, CriterionRow.id == LevelRow.criterion_id)
    .where(CriterionRow.rubric_id == bindparam("rubric_id"))
    .order_by(LevelRow.criterion_id, LevelRow.position)
)


def rubric_by_id(connection: Connection, rubric_id: int) -> Rubric:
    """The rubric; each criterion's key is its row's id as text. NotFound where there is none."""
    asked = {"rubric_id": rubric_id}
    name = connection.execute(_NAME, asked).scalar_one_or_none()
    if name is None:
        raise NotFound
    levels: dict[int, list[Level]] = {}
    for row in connection.execute(_LEVELS, asked):
        levels.setdefault(row.criterion_id, []).append(Level(row.label, row.points, row.description))
    criteria = tuple(
        Criterion(str(row.id), row.name, row.weight, row.description, tuple(levels.get(row.id, ())))
        for row in connection.execute(_CRITERIA, asked)
    )
    return Rubric(name, criteria)


def rubric_origin(connection: Connection, rubric_id: int) -> RubricOrigin:
    """When the rubric was saved and which one it replaced; NotFound where there is none."""
    row = connection.execute(
        select(RubricRow.created_at, RubricRow.replaces_id).where(RubricRow.id == rubric_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return RubricOrigin(row.created_at, row.replaces_id)
