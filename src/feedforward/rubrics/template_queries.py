"""Reading templates: one's own in any state, and those others share and offer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from feedforward.accounts.tables import User
from feedforward.errors import NotFound
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.rubrics.tables import TemplateRow
from feedforward.rubrics.template_rules import TemplateStatus

PER_PAGE = 30
_PUT_AWAY = (TemplateStatus.ARCHIVED, TemplateStatus.DELETED)


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as somebody sees it who may: `mine` says whether it is theirs to change."""

    id: int
    rubric_id: int
    name: str
    about: str
    owner_name: str
    mine: bool
    shared: bool
    status: TemplateStatus
    deleted_from: TemplateStatus | None
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, "" for all: `whose` is mine or shared, `status` one of one's own; `usable` leaves
    only what an assignment can be started from. `page` counts from 1."""

    search: str = ""
    whose: str = ""
    status: str = ""
    page: int = 1
    usable: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.whose or self.status)


@dataclass(frozen=True, slots=True)
class TemplateList:
    """One page of templates, the last changed first; `found` counts all that fit."""

    templates: Sequence[TemplateView]
    found: int


_COLUMNS = (
    TemplateRow.id, TemplateRow.rubric_id, TemplateRow.name, TemplateRow.about, TemplateRow.owner_id,
    TemplateRow.shared, TemplateRow.status, TemplateRow.deleted_from, TemplateRow.version, TemplateRow.changed_at,
    User.name.label("owner_name"),
)  # fmt: skip
_OFFERED = and_(TemplateRow.shared.is_(True), TemplateRow.status == TemplateStatus.ACTIVE)


def _view(row: Row[*tuple[Any, ...]], user_id: int) -> TemplateView:
    return TemplateView(
        id=row.id, rubric_id=row.rubric_id, name=row.name, about=row.about, owner_name=row.owner_name,
        mine=row.owner_id == user_id, shared=row.shared, status=TemplateStatus(row.status),
        deleted_from=TemplateStatus(row.deleted_from) if row.deleted_from else None, version=row.version,
        changed_at=row.changed_at,
    )  # fmt: skip


def template_list(connection: Connection, user_id: int, wanted: Wanted) -> TemplateList:
    """One's own templates and those that others share; archived and deleted ones only where asked for."""
    rows = connection.execute(
        select(*_COLUMNS, func.count().over().label("found"))
        .join(User, User.id == TemplateRow.owner_id)
        .where(*_conditions(user_id, wanted))
        .order_by(TemplateRow.changed_at.desc(), TemplateRow.id.desc())
        .limit(PER_PAGE)
        .offset((wanted.page - 1) * PER_PAGE)
    ).all()
    if not rows and wanted.page > 1:
        return template_list(connection, user_id, replace(wanted, page=1))
    return TemplateList([_view(row, user_id) for row in rows], rows[0].found if rows else 0)


def _conditions(user_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    mine = TemplateRow.owner_id == user_id
    own = and_(mine, TemplateRow.status.not_in(_PUT_AWAY))
    if wanted.usable:
        conditions = [TemplateRow.status == TemplateStatus.ACTIVE, or_(mine, TemplateRow.shared.is_(True))]
    elif wanted.status:
        conditions = [mine, TemplateRow.status == wanted.status]
    elif wanted.whose == "mine":
        conditions = [own]
    elif wanted.whose == "shared":
        conditions = [_OFFERED]
    else:
        conditions = [or_(own, _OFFERED)]
    if wanted.search:
        sought = wanted.search.lower()
        columns = (TemplateRow.name, TemplateRow.about, User.name)
        conditions.append(or_(*(func.lower(each).contains(sought, autoescape=True) for each in columns)))
    return conditions


def template_for(connection: Connection, user_id: int, template_id: int) -> TemplateView:
    """The template; NotFound unless it is this person's, or shared and offered."""
    row = connection.execute(
        select(*_COLUMNS)
        .join(User, User.id == TemplateRow.owner_id)
        .where(TemplateRow.id == template_id, or_(TemplateRow.owner_id == user_id, _OFFERED))
    ).one_or_none()
    if row is None:
        raise NotFound
    return _view(row, user_id)


def own_template(connection: Connection, user_id: int, template_id: int) -> TemplateView:
    """The template for its owner; NotFound for everybody else."""
    template = template_for(connection, user_id, template_id)
    if not template.mine:
        raise NotFound
    return template


def template_with_rubric(connection: Connection, user_id: int, template_id: int) -> tuple[TemplateView, Rubric]:
    """The template and its rubric, under the template's name; NotFound as `template_for`."""
    template = template_for(connection, user_id, template_id)
    return template, replace(rubric_by_id(connection, template.rubric_id), name=template.name)
