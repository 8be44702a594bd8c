"""That a provider's key was used: noted with the first call of an hour, in the transaction that claims it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from feedforward.assessment.calls import Claim, WorkerIdentity, claim_call
from feedforward.audit.record import record
from feedforward.audit.tables import AuditEvent

NOTED_EVERY = timedelta(hours=1)
_LATELY = (
    select(AuditEvent.id)
    .where(
        AuditEvent.action == "key.use", AuditEvent.at > bindparam("since"),
        AuditEvent.subject_id == bindparam("provider"),
    )
    .limit(1)
)  # fmt: skip


def claim_with_key(
    connection: Connection, reading_id: str, dispatch: int, worker: WorkerIdentity, now: datetime, lasts: timedelta,
    provider: str | None,
) -> Claim | None:  # fmt: skip
    """`claim_call`, and a note that the key of `provider` is used (None: it has none). Each call has a row of its own
    in `calls`; the audit log says in which hours the key was in use, and by which worker."""
    claim = claim_call(connection, reading_id, dispatch, worker, now, lasts)
    if claim is None or provider is None:
        return claim
    name = provider[:40]
    if connection.execute(_LATELY, {"since": now - NOTED_EVERY, "provider": name}).first() is None:
        record(
            connection, at=now, actor_id=None, action="key.use", subject=("provider", name), worker=worker.slot,
            call=claim.call_id,
        )  # fmt: skip
    return claim
