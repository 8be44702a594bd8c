"""The receipt that a student opened their feedback: written after the page was sent, and never in its way."""

import contextlib

from sqlalchemy.exc import DBAPIError

from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.errors import FeedForwardError
from feedforward.feedback.actions import note_opened


async def remember_opened(database: Database, clock: Clock, student_id: int, draft_id: int) -> None:
    """A receipt that cannot be written now is left out: it must not break the reading."""
    with contextlib.suppress(FeedForwardError, DBAPIError):
        await database.write(note_opened, student_id=student_id, draft_id=draft_id, now=clock.now())
