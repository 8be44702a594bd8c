"""What an administrator's home shows: counts and the newest acts, never a text. Run it in a thread."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, union_all

from feedforward.accounts.registration_rules import OPEN
from feedforward.accounts.tables import Registration, User
from feedforward.audit.tables import AuditEvent
from feedforward.drafts.tables import Draft
from feedforward.operations.tables import WorkerSeen

NEWEST_EVENTS = 15


@dataclass(frozen=True, slots=True)
class Act:
    """One audit event: who (None: the system itself), what, on what kind of thing."""

    at: datetime
    actor: str | None
    action: str
    subject_kind: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class AdminHome:
    """`people` by role, and those who registered and are not in yet by status; `drafts` by status; `workers` are the
    moments living workers were last seen."""

    people: dict[str, int]
    drafts: dict[str, int]
    workers: tuple[datetime, ...]
    acts: tuple[Act, ...]


# In one statement with the roles: what registered people wait for is looked at as often as they are.
_PEOPLE = union_all(
    select(User.role, func.count()).where(User.status == "active").group_by(User.role),
    select(Registration.status, func.count()).where(Registration.status.in_(OPEN)).group_by(Registration.status),
)
_DRAFTS = select(Draft.status, func.count()).group_by(Draft.status)
_WORKERS = select(WorkerSeen.seen_at).where(WorkerSeen.seen_at > bindparam("since")).order_by(WorkerSeen.seen_at.desc())
_ACTS = (
    select(AuditEvent.at, User.name, AuditEvent.action, AuditEvent.subject_kind, AuditEvent.subject_id)
    .outerjoin(User, User.id == AuditEvent.actor_id)
    .order_by(AuditEvent.id.desc())
    .limit(NEWEST_EVENTS)
)


def admin_home(connection: Connection, since: datetime) -> AdminHome:
    """`since`: how far back a worker must have been seen to count as living."""
    return AdminHome(
        people={row[0]: row[1] for row in connection.execute(_PEOPLE)},
        drafts={row[0]: row[1] for row in connection.execute(_DRAFTS)},
        workers=tuple(connection.execute(_WORKERS, {"since": since}).scalars()),
        acts=tuple(Act(*row) for row in connection.execute(_ACTS)),
    )
