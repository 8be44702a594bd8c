"""Whether workers are alive, as they marked themselves, and when a schedule last did its work."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from feedforward.operations.tables import ScheduledRun, WorkerSeen


def living_workers(connection: Connection, seen_since: datetime) -> int:
    """How many workers were alive since then."""
    return connection.execute(
        select(func.count()).select_from(WorkerSeen).where(WorkerSeen.seen_at >= seen_since)
    ).scalar_one()


def last_success(connection: Connection, job: str) -> datetime | None:
    """When the last run of a schedule that ended well began; None where there was none in the time runs are kept."""
    return connection.execute(
        select(func.max(ScheduledRun.started_at)).where(
            ScheduledRun.job == job, ScheduledRun.finished_at.is_not(None), ScheduledRun.outcome.not_like("failed%")
        )
    ).scalar_one()
