"""The durable engine as the rest of the system sees it: names, and enqueueing inside our own transactions."""

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from dbos import DBOSClient

QUEUE = "assessment"
PRODUCE_FEEDBACK = "produce_feedback"
MAKE_READING = "make_reading"
APPLICATION_NAME = "feedforward"
# Workflows of one version are never run by code of another: raise it when the order of steps changes.
APPLICATION_VERSION = "1"
ENGINE_SCHEMA = "engine"


class Engine:
    """Enqueues workflows; arguments are ids only, so that the engine's tables never hold a student's text."""

    def __init__(self, database_address: str) -> None:
        self._address = database_address

    @cached_property
    def _client(self) -> "DBOSClient":
        # Imported here because it takes a second: pages that only read never pay it.
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        return DBOSClient(
            system_database_url=self._address,
            dbos_system_schema=ENGINE_SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION_NAME,
            lazy=True,
        )

    def warm_up(self) -> None:
        """Import and prepare what the first enqueueing needs."""
        _ = self._client

    def enqueue_feedback(self, connection: Connection, draft_id: int, again: str = "") -> None:
        """Start the draft's feedback when this transaction commits; `again` names a later start of the same draft."""
        self._enqueue(connection, PRODUCE_FEEDBACK, f"draft-{draft_id}{again}", draft_id)

    def enqueue_reading(self, connection: Connection, reading_id: str, dispatch: int) -> None:
        """Hand a reading to the workers when this transaction commits."""
        self._enqueue(connection, MAKE_READING, f"reading-{reading_id}-{dispatch}", reading_id, dispatch)

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.destroy()

    def _enqueue(self, connection: Connection, workflow: str, workflow_id: str, *ids: int | str) -> None:
        self._client.enqueue_in_transaction(
            connection,
            {
                "queue_name": QUEUE,
                "workflow_name": workflow,
                "workflow_id": workflow_id,
                "app_version": APPLICATION_VERSION,
            },
            *ids,
        )
