"""Worker slots: numbers that one living worker at a time owns, freed by the system when it dies."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from feedforward.database import Database
from feedforward.errors import RuleBroken

# An advisory lock is two numbers; the first marks ours among all of the database's users.
LOCK_FAMILY = 0x46465753


class WorkerSlot:
    """A claimed slot. `still_ours` asks whether the claim holds; a worker that lost it must stop at once."""

    def __init__(self, number: int, still_ours: Callable[[], bool], let_go: Callable[[], None]) -> None:
        self.number = number
        self.still_ours = still_ours
        self.let_go = let_go


def claim_worker_slot(database: Database, data_folder: Path, slots: int) -> WorkerSlot:
    """The lowest free slot; RuleBroken where all are taken."""
    for number in range(slots):
        slot = optional_slot(database, data_folder, number)
        if slot is not None:
            return slot
    raise RuleBroken(f"All {slots} worker slots are taken. Stop a worker, or raise FEEDFORWARD_WORKER_SLOTS.")


@contextmanager
def every_worker_slot(database: Database, data_folder: Path, slots: int) -> Iterator[None]:
    """Hold all slots, so that no worker runs meanwhile; RuleBroken where one does."""
    with ExitStack() as held:
        for number in range(slots):
            slot = optional_slot(database, data_folder, number)
            if slot is None:
                raise RuleBroken("A worker is running. Stop every worker first, then run this again.")
            held.callback(slot.let_go)
        yield


def optional_slot(database: Database, data_folder: Path, number: int) -> WorkerSlot | None:
    """This very slot; None where a living worker has it."""
    return _claim_file(data_folder, number) if database.is_sqlite else _claim_lock(database, number)


def _claim_file(data_folder: Path, number: int) -> WorkerSlot | None:
    folder = data_folder / "workers"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / f"slot-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return WorkerSlot(number, lambda: True, lambda: os.close(handle))


def _claim_lock(database: Database, number: int) -> WorkerSlot | None:
    # A connection of its own, outside the pool's recycling: the lock lives exactly as long as it does.
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    taken = connection.execute(
        text("select pg_try_advisory_lock(:family, :number)"), {"family": LOCK_FAMILY, "number": number}
    ).scalar_one()
    if not taken:
        connection.close()
        return None
    return WorkerSlot(number, lambda: _answers(connection), connection.close)


def _answers(connection: Connection) -> bool:
    try:
        connection.execute(text("select 1"))
    except DBAPIError:
        return False
    return True
