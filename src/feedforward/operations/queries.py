"""Whether workers are alive, as they marked themselves."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from feedforward.operations.tables import WorkerSeen


def living_workers(connection: Connection, seen_since: datetime) -> int:
    """How many workers were alive since then."""
    return connection.execute(
        select(func.count()).select_from(WorkerSeen).where(WorkerSeen.seen_at >= seen_since)
    ).scalar_one()
