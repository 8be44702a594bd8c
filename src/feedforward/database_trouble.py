"""Which database errors pass by themselves, and how long they are waited out."""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

from feedforward.errors import TemporarilyUnavailable

T = TypeVar("T")

# SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock, lock not available, too many
# connections. https://www.postgresql.org/docs/current/errcodes-appendix.html
_PASSING_STATES = ("40001", "40P01", "55P03", "53300")

UNCERTAIN = "The database was lost while this was being saved. Look first whether it was saved, then send it again."
FULL = "FeedForward cannot save anything: its disk is full. Tell the people who run it, and send this again later."


def passes_by_itself(error: BaseException) -> bool:
    """Whether a database error is of the kind that goes away: busy, serialisation, lost connection."""
    # A connection that is being prepared fails with the driver's own error.
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.OperationalError):
        code = getattr(original, "sqlite_errorcode", 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if not isinstance(error, DBAPIError):
        return False
    return getattr(original, "sqlstate", None) in _PASSING_STATES or is_lost(error)


def is_lost(error: DBAPIError) -> bool:
    """Whether the server went away in the middle: nobody knows what it had done."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return bool(state.startswith(("08", "57P0")))
    return bool(error.connection_invalidated) or isinstance(error, OperationalError)


def is_full(error: DBAPIError | sqlite3.Error) -> bool:
    """Whether the disk (or what the database may use of it) is full."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return (getattr(original, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_FULL
    return getattr(original, "sqlstate", None) == "53100"


def patiently(once: Callable[[], T], end: float) -> T:
    """Try again while the error is of the kind that passes and time is left; then say that we are busy."""
    pause = 0.02
    while time.monotonic() < end:
        try:
            return once()
        except (DBAPIError, sqlite3.Error) as error:
            if is_full(error):
                raise TemporarilyUnavailable(FULL, retry_after=60) from None
            if not passes_by_itself(error):
                raise
        if time.monotonic() + pause > end:
            break
        time.sleep(pause * (0.5 + random.random()))  # noqa: S311 spreads retries, no secret
        pause = min(pause * 2, 0.5)
    raise TemporarilyUnavailable
