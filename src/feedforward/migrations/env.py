"""What Alembic runs: on the connection `schema.migrate` hands in, for our own tables only."""

from typing import Any

from alembic import context

from feedforward.schema import metadata

connection = context.config.attributes["connection"]
tables = metadata()


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """The engine's tables lie in the same SQLite file and are not ours to change."""
    return kind != "table" or name in tables.tables


context.configure(connection=connection, target_metadata=tables, include_name=is_ours, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
