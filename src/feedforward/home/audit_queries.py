"""Reading the audit log by what is asked, newest first, in pages that cost the same wherever they lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, tuple_, union_all

from feedforward.accounts.tables import User
from feedforward.audit.origin import ERASED
from feedforward.audit.tables import AuditEvent
from feedforward.home.audit_asked import SYSTEM, AuditAsked

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Event:
    """One act as the log shows it. `actor` is a name, None where the system itself acted or the account is gone;
    `came_from` None where it was not noted, `erased` where it was and its time is over."""

    id: int
    at: datetime
    actor_id: int | None
    actor: str | None
    action: str
    subject_kind: str
    subject_id: str
    detail: dict[str, Any]
    came_from: str | None
    erased: bool
    seal_id: int | None


_COLUMNS = (
    AuditEvent.id, AuditEvent.at, AuditEvent.actor_id, AuditEvent.action, AuditEvent.subject_kind,
    AuditEvent.subject_id, AuditEvent.detail, AuditEvent.came_from, AuditEvent.seal_id,
)  # fmt: skip


def audit_page(connection: Connection, asked: AuditAsked, limit: int = PER_PAGE) -> tuple[list[Event], int | None]:
    """At most `limit` events, newest first, and the id after which the next page begins (None: this is the last)."""
    narrowed = _conditions(connection, asked)
    if narrowed is None or asked.actions == frozenset():
        return [], None
    rows = connection.execute(_statement(asked, narrowed, limit + 1)).all()
    shown = rows[:limit]
    names = _names(connection, {row.actor_id for row in shown if row.actor_id is not None})
    events = [
        Event(
            id=row.id, at=row.at, actor_id=row.actor_id, actor=names.get(row.actor_id), action=row.action,
            subject_kind=row.subject_kind, subject_id=row.subject_id, detail=row.detail,
            came_from=None if _is_erased(row.came_from) else row.came_from, erased=_is_erased(row.came_from),
            seal_id=row.seal_id,
        )
        for row in shown
    ]  # fmt: skip
    return events, events[-1].id if len(rows) > limit else None


def _is_erased(came_from: str | None) -> bool:
    return came_from is not None and came_from.startswith(ERASED)


def _names(connection: Connection, user_ids: set[int]) -> dict[int | None, str]:
    if not user_ids:
        return {}
    rows = connection.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def _conditions(connection: Connection, asked: AuditAsked) -> list[ColumnElement[bool]] | None:
    """All but the action; None where nothing can fit."""
    found: list[ColumnElement[bool]] = []
    if asked.actor == SYSTEM:
        found.append(AuditEvent.actor_id.is_(None))
    elif asked.actor is not None:
        actor_id = asked.actor if isinstance(asked.actor, int) else _user_id(connection, asked.actor)
        if actor_id is None:
            return None
        found.append(AuditEvent.actor_id == actor_id)
    if asked.subject is not None:
        kind, subject_id = asked.subject
        found += [AuditEvent.subject_kind == kind, AuditEvent.subject_id == subject_id]
    if asked.where is not None:
        # Without its key the index of addresses would not be looked at.
        found += [AuditEvent.came_from == asked.where, AuditEvent.came_from_key.is_not(None)]
    if asked.since is not None:
        found.append(AuditEvent.at >= asked.since)
    if asked.until is not None:
        found.append(AuditEvent.at < asked.until)
    if asked.before is not None:
        at = connection.execute(select(AuditEvent.at).where(AuditEvent.id == asked.before)).scalar()
        if at is None:
            return None
        last = tuple_(literal(at, AuditEvent.at.type), literal(asked.before, AuditEvent.id.type))
        found.append(tuple_(AuditEvent.at, AuditEvent.id) < last)
    return found


def _user_id(connection: Connection, email: str) -> int | None:
    return connection.execute(select(User.id).where(User.email == email)).scalar_one_or_none()


def _statement(asked: AuditAsked, narrowed: Sequence[ColumnElement[bool]], limit: int) -> Select[*tuple[Any, ...]]:
    newest = (AuditEvent.at.desc(), AuditEvent.id.desc())
    every = select(*_COLUMNS).where(*narrowed).order_by(*newest).limit(limit)
    if asked.actions is None:
        return every
    if asked.subject is not None or asked.where is not None or isinstance(asked.actor, int | str):
        # Few rows fit these: they are looked through, and the index of acts, which has many for each, is kept out.
        return every.where(func.coalesce(AuditEvent.action, "").in_(sorted(asked.actions)))
    # The newest of each act, by index, and the newest of those: a rare act is found without reading all the others.
    arms = [select(every.where(AuditEvent.action == each).subquery()) for each in sorted(asked.actions)]
    together = union_all(*arms).subquery()
    return select(together).order_by(together.c.at.desc(), together.c.id.desc()).limit(limit)
