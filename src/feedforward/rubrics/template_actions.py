"""What people do with templates: keep, change, share, copy, and move through their life."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from feedforward.audit.record import record
from feedforward.errors import NotPermitted
from feedforward.rubrics.actions import save_rubric
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric, same_rubric
from feedforward.rubrics.tables import TemplateRow
from feedforward.rubrics.template_queries import TemplateView, own_template
from feedforward.rubrics.template_rules import Move, TemplateChangedMeanwhile, TemplateStatus, moves_from


def keep_template(
    connection: Connection, *, owner_id: int, rubric: Rubric, about: str, status: TemplateStatus, now: datetime
) -> int:
    """A private template with this rubric; its id. RuleBroken where the rubric is not usable."""
    rubric_id = save_rubric(connection, rubric=rubric, user_id=owner_id, now=now, replaces_id=None)
    template_id: int = connection.execute(
        insert(TemplateRow)
        .values(
            owner_id=owner_id, rubric_id=rubric_id, name=rubric.name, about=about, shared=False, status=status,
            version=1, created_at=now, changed_at=now,
        )
        .returning(TemplateRow.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=owner_id, action="template.keep", subject=("template", template_id),
        rubric=rubric_id,
    )  # fmt: skip
    return template_id


def change_template(
    connection: Connection, *, user_id: int, template_id: int, rubric: Rubric, about: str, version: int, now: datetime
) -> bool:
    """New words for the template; False where nothing changed. TemplateChangedMeanwhile where `version` is old."""
    template = own_template(connection, user_id, template_id)
    _require_changeable(template)
    if template.version != version:
        raise TemplateChangedMeanwhile
    before = rubric_by_id(connection, template.rubric_id)
    if same_rubric(before, rubric) and (template.name, template.about) == (rubric.name, about):
        return False
    rubric_id = save_rubric(connection, rubric=rubric, user_id=user_id, now=now, replaces_id=template.rubric_id)
    _change(connection, template, now, {"rubric_id": rubric_id, "name": rubric.name, "about": about})
    record(
        connection, at=now, actor_id=user_id, action="template.change", subject=("template", template_id),
        rubric=rubric_id,
    )  # fmt: skip
    return True


def share_template(connection: Connection, *, user_id: int, template_id: int, shared: bool, now: datetime) -> None:
    """Let everybody who teaches here use it while it is offered, or nobody but its owner."""
    template = own_template(connection, user_id, template_id)
    _require_changeable(template)
    _change(connection, template, now, {"shared": shared})
    record(
        connection, at=now, actor_id=user_id, action="template.share", subject=("template", template_id), shared=shared
    )


def move_template(
    connection: Connection, *, user_id: int, template_id: int, come_from: str, go_to: str, now: datetime
) -> Move:
    """One step in its life, from the state its owner saw; TemplateChangedMeanwhile where that is no step any more."""
    template = own_template(connection, user_id, template_id)
    moves = moves_from(template.status, template.deleted_from)
    move = next((each for each in moves if each.come_from == come_from and each.go_to == go_to), None)
    if move is None:
        raise TemplateChangedMeanwhile
    deleted_from = move.come_from if move.go_to is TemplateStatus.DELETED else None
    deleted_at = now if move.go_to is TemplateStatus.DELETED else None
    _change(connection, template, now, {"status": move.go_to, "deleted_from": deleted_from, "deleted_at": deleted_at})
    record(
        connection, at=now, actor_id=user_id, action="template.move", subject=("template", template_id),
        come_from=str(move.come_from), go_to=str(move.go_to),
    )  # fmt: skip
    return move


def require_changeable(connection: Connection, user_id: int, template_id: int) -> TemplateView:
    """One's own template that can be changed now; NotFound, or NotPermitted for an archived or deleted one."""
    template = own_template(connection, user_id, template_id)
    _require_changeable(template)
    return template


def _require_changeable(template: TemplateView) -> None:
    if not template.status.may_change:
        raise NotPermitted("This template is put away. Take it out of the archive or restore it to change it.")


def _change(connection: Connection, template: TemplateView, now: datetime, values: dict[str, Any]) -> None:
    """One conditional UPDATE, which raises the version; TemplateChangedMeanwhile where somebody else was first."""
    found = connection.execute(
        update(TemplateRow)
        .where(TemplateRow.id == template.id, TemplateRow.version == template.version)
        .values(**values, version=template.version + 1, changed_at=now)
    )
    if not found.rowcount:
        raise TemplateChangedMeanwhile
