"""The durable story of a draft: its readings are planned, each is made once, and the last one merges them.

Workflows carry ids only. What a workflow does stands in our own rows and may be asked for twice (see `desk.py`), so
there are no recorded steps: a workflow that is taken up again starts over, finds what is done, and does the rest. That
halves what the engine writes, and nothing of a draft can reach its tables.
"""

import logging
from collections.abc import Awaitable

from dbos import DBOS

from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.engine import MAKE_READING, PRODUCE_FEEDBACK
from feedforward.assessment.planning import draft_of
from feedforward.logs import without_text

log = logging.getLogger("feedforward.workflow")


class WorkError(Exception):
    """All that the engine may keep of an error: the name of its kind."""


def register_workflows(desk: ReadingDesk) -> None:
    """Give the engine its workflows, under the names that pages enqueue them by."""

    @DBOS.workflow(name=PRODUCE_FEEDBACK)
    async def produce_feedback(draft_id: int) -> None:
        """A submitted draft: every reading the assignment asks for is planned, and handed over as leases allow."""
        await told(desk.begin(draft_id), f"planning draft {draft_id}")

    @DBOS.workflow(name=MAKE_READING)
    async def make_reading(reading_id: str, dispatch: int) -> None:
        """One reading; whichever ends last merges the draft's readings, and then it awaits review."""
        await told(desk.read(reading_id, dispatch), f"reading {reading_id}")
        draft_id = draft_of(reading_id)
        await told(desk.finish(draft_id), f"merging draft {draft_id}")


async def told(work: Awaitable[object], what: str) -> None:
    """Do it. An error goes to the log and, as a code, to the engine, whose tables keep errors; recovery tries again."""
    try:
        await work
    except Exception as error:
        log.error("%s failed: %s", what, without_text(error))
        raise WorkError(type(error).__name__) from None
