"""The durable engine inside a worker: launched under the worker's slot, stopped with it, its old records removed."""

import sqlite3
from datetime import datetime, timedelta

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Engine, create_engine, event

from feedforward.assessment.engine import APPLICATION_NAME, APPLICATION_VERSION, ENGINE_SCHEMA, QUEUE

# Threads of the engine that write to one SQLite file at once only wake each other up: the lock has no queue.
SQLITE_CONNECTIONS = 2
POLLING_SECONDS = 0.1
FINISH_WITHIN = 8
KEEP_RECORDS = timedelta(days=7)
PURGE_AT_ONCE = 500
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def launch_engine(database_address: str, *, slot: int, at_once: int) -> None:
    """Start the engine under this slot's name; it first takes up what the slot's last worker left unfinished."""
    config: DBOSConfig = {
        "name": APPLICATION_NAME,
        "system_database_url": database_address,
        "dbos_system_schema": ENGINE_SCHEMA,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": APPLICATION_VERSION,
        "executor_id": f"slot-{slot}",
        "run_migrations": False,
        "log_level": "WARNING",
        "enable_otlp": False,
    }
    if database_address.startswith("sqlite"):
        config["system_database_engine"] = _sqlite_engine(database_address)
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(
        QUEUE, worker_concurrency=at_once, polling_interval_sec=POLLING_SECONDS, on_conflict="always_update"
    )


def stop_engine() -> None:
    """Let what is under way finish for a moment; the rest is taken up by the next worker."""
    DBOS.destroy(workflow_completion_timeout_sec=FINISH_WITHIN)


async def purge_engine_records(now: datetime) -> int:
    """Forget ended workflows older than a week; how many. What happened stands in our own tables."""
    before = (now - KEEP_RECORDS).isoformat()
    purged = 0
    while True:
        ended = await DBOS.list_workflows_async(
            status=ENDED, end_time=before, limit=PURGE_AT_ONCE, load_input=False, load_output=False
        )
        if not ended:
            return purged
        await DBOS.delete_workflows_async([each.workflow_id for each in ended])
        purged += len(ended)


def _sqlite_engine(address: str) -> Engine:
    """The engine's own connections. Its records may be lost in a power cut: our rows say what is still to be done."""
    engine = create_engine(
        address, hide_parameters=True, pool_size=SQLITE_CONNECTIONS, max_overflow=0, pool_timeout=60,
        connect_args={"check_same_thread": False},
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
            raw.execute(f"PRAGMA {pragma}")

    return engine
